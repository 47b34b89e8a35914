"""What a report by hand is asked for, and how its cells are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.hand_book import Entry, HandBook, Loan, Woman

Row = dict[str, Any]
ALL_CASH = ("1110", "1120", "1130", "1140")


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the book, the branches, a day and a period; a samity or a member where needed."""

    book: HandBook
    branches: tuple[str, ...]
    on: date
    begin: date
    end: date
    open_on: date
    samity: str = ""
    member: str = ""

    def entries(self, until: date = date.max) -> list[Entry]:
        return [one for one in self.book.entries if one.branch in self.branches and one.on <= until]

    def period(self) -> list[Entry]:
        return [one for one in self.entries(self.end) if one.on >= self.begin]

    def of_member(self, name: str) -> Wanted:
        return replace(self, member=name)

    def of_samity(self, code: str) -> Wanted:
        return replace(self, samity=code)

    def loans(self) -> list[Loan]:
        return [one for one in self.book.loans.values() if one.her.branch in self.branches]

    def women(self) -> list[Woman]:
        return [one for one in self.book.women.values() if one.branch in self.branches]


def taka(paisa: int) -> str:
    return f"{'-' if paisa < 0 else ''}{abs(paisa) // 100}.{abs(paisa) % 100:02}"


def rate(part: int, whole: int) -> str | None:
    """In percent with two places, a half upwards; of nothing there is none."""
    return None if whole <= 0 else taka((part * 20_000 + whole) // (2 * whole))


def about(her: Woman) -> Row:
    return {"member_code": her.code, "member": her.name, "branch": her.branch}


def of_loan(loan: Loan) -> Row:
    return {**about(loan.her), "loan_code": loan.code}
