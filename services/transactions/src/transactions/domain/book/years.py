"""How a book begins and its years end: balances brought in, results brought to the fund. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from contracts.errors import InvalidPayload
from contracts.money import NOTHING, Paisa, format_taka
from contracts.transactions.book_errors import OpeningTooLate, YearNotOver
from transactions.domain.book.additions import BankAccount
from transactions.domain.book.manual import Line, told_lines, total
from transactions.domain.chart import Chart, Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay, fiscal_year
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.statements import LedgerTotal

_TWO_SIDES = 2
_CLOSERS = UUID("a9b9d5f4-51f3-5d0a-8a5e-3f0c2f7b7a10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an office owns and owes on the eve of its first day; the id becomes the entry's (rule P13)."""

    id: str
    office_id: str
    on: date
    lines: tuple[Line, ...]
    reference: str
    maker_id: str
    made_at: datetime

    @property
    def difference(self) -> Paisa:
        """What is more on the debit side, in paisa; less than nothing where credit is more."""
        return Paisa(total(self.lines, Side.DEBIT) - total(self.lines, Side.CREDIT))

    @property
    def balanced_lines(self) -> tuple[Line, ...]:
        """Its lines with what they differ by in suspense, until members' balances are brought in."""
        if not self.difference:
            return self.lines
        side = Side.CREDIT if self.difference > 0 else Side.DEBIT
        return (*self.lines, Line(Ledgers.OPENING_SUSPENSE.code, side, Paisa(abs(self.difference))))

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        lines = "|".join(
            f"{line.ledger},{line.bank_account_id or ''},{line.side},{line.amount}" for line in self.lines
        )
        return fingerprint(
            "opening",
            office_id=self.office_id,
            on=self.on.isoformat(),
            lines=lines,
            reference=self.reference,
            maker_id=self.maker_id,
        )

    def facts(self, chart: Chart, banks: Collection[BankAccount]) -> dict[str, Any]:
        """Return what the checker compares with the old books, and what is booked when he agrees."""
        return {
            "on": self.on.isoformat(),
            "lines": [line.plain for line in self.lines],
            **told_lines(self.balanced_lines, chart, banks),
            "evidence": self.reference,
        }


def require_over(on: date, today: date) -> None:
    """Let a branch be cut over on a day that is over, or today.

    Raises:
        OpeningTooLate: the day is to come.
    """
    if on > today:
        raise OpeningTooLate(on=on.isoformat(), today=today.isoformat())


def entry_of_opening(opening: Opening, chart: Chart, checker_id: str) -> Entry:
    """Return the one entry of the day on which an office is cut over.

    Raises:
        InvalidPayload: its lines come to nothing at all.
    """
    lines = opening.balanced_lines
    if len(lines) < _TWO_SIDES:
        raise InvalidPayload.of(lines="REQUIRED")
    return Entry(
        id=opening.id,
        office_id=opening.office_id,
        kind=EntryKind.OPENING,
        business_on=opening.on,
        value_on=opening.on,
        maker_id=opening.maker_id,
        checker_id=checker_id,
        reason=opening.reference,
        fingerprint=opening.fingerprint,
        postings=tuple(
            Posting(line.account(opening.office_id, chart).id, line.side, line.amount, opening.id)
            for line in lines
        ),
    )


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A year from 1 July to 30 June, by its name: `2025-26`."""

    name: str

    @classmethod
    def of(cls, name: str) -> "FiscalYear":
        """Return the year of a name.

        Raises:
            InvalidPayload: the second part does not follow the first.
        """
        year = cls(name)
        if fiscal_year(year.ends_on) != name:
            raise InvalidPayload.of(year="NOT_A_YEAR")
        return year

    @property
    def ends_on(self) -> date:
        """30 June."""
        return date(int(self.name[:4]) + 1, 6, 30)

    @property
    def last_month(self) -> date:
        """1 June, by which its month is known."""
        return self.ends_on.replace(day=1)

    def require_over(self, day: OpenDay) -> None:
        """Let a year be closed once the office posts in the next one (rule M15).

        Raises:
            YearNotOver: it still posts in this one.
        """
        if day.on <= self.ends_on:
            raise YearNotOver(year=self.name, on=day.on.isoformat())


@dataclass(frozen=True, slots=True)
class Result:
    """What ledgers of income and expense have come to, each on the side on which it grows, in paisa."""

    amounts: tuple[tuple[Ledger, Paisa], ...]

    @property
    def surplus(self) -> Paisa:
        """Income less expense; less than nothing where more was spent."""
        return Paisa(
            sum(
                amount if ledger.ledger_class.grows_on is Side.CREDIT else -amount
                for ledger, amount in self.amounts
            )
        )


def result_of(totals: Iterable[LedgerTotal], chart: Chart) -> Result:
    """Return the result that totals tell, by code; a ledger that came to nothing is left out."""
    held: defaultdict[str, int] = defaultdict(int)
    for one in totals:
        held[one.code] += one.debits - one.credits
    amounts = []
    for code in sorted(held):
        ledger = chart[code]
        if ledger.ledger_class.is_result and held[code]:
            grows_on_debit = ledger.ledger_class.grows_on is Side.DEBIT
            amounts.append((ledger, Paisa(held[code] if grows_on_debit else -held[code])))
    return Result(tuple(amounts))


def closer_of(ledger: Ledger, office_id: str) -> OfficeAccount:
    """Return the account under a ledger that takes its years' results out.

    It is one of its own, free to stand on either side: what was paid of a loan's charge stays on the loan's.
    """
    free = replace(ledger, floor=None)
    return OfficeAccount(free, office_id, str(uuid5(_CLOSERS, f"{office_id}:{ledger.code}")))


def accounts_of_closing(result: Result, office_id: str) -> Iterator[OfficeAccount]:
    """Yield all accounts that a year's entry posts on."""
    yield OfficeAccount(Ledgers.OWN_FUND, office_id)
    for ledger, _ in result.amounts:
        yield closer_of(ledger, office_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who asked for a year's closing, who agreed, and the id of its entry."""

    id: str
    maker_id: str
    checker_id: str


def entry_of_year(result: Result, year: FiscalYear, day: OpenDay, signed: Signed) -> Entry | None:
    """Return the entry that brings a year's result to the fund; None where nothing was earned or spent."""
    if not result.amounts:
        return None
    postings = [
        Posting(
            closer_of(ledger, day.office_id).id,
            ledger.ledger_class.grows_on.other if amount > 0 else ledger.ledger_class.grows_on,
            Paisa(abs(amount)),
            signed.id,
        )
        for ledger, amount in result.amounts
    ]
    if result.surplus != NOTHING:
        side = Side.CREDIT if result.surplus > 0 else Side.DEBIT
        fund = OfficeAccount(Ledgers.OWN_FUND, day.office_id).id
        postings.append(Posting(fund, side, Paisa(abs(result.surplus)), signed.id))
    return Entry(
        id=signed.id,
        office_id=day.office_id,
        kind=EntryKind.YEAR_CLOSING,
        business_on=day.on,
        value_on=year.ends_on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        reason=year.name,
        postings=tuple(postings),
    )


def facts_of_result(result: Result, year: FiscalYear) -> dict[str, Any]:
    """Return what the checker of a year's closing sees."""
    return {"year": year.name, "surplus": format_taka(result.surplus)}


def opening_of_facts(
    opening_id: str, office_id: str, maker_id: str, made_at: datetime, facts: Mapping[str, Any]
) -> Opening:
    """Return the opening balances that an approval's facts tell."""
    return Opening(
        id=opening_id,
        office_id=office_id,
        on=date.fromisoformat(facts["on"]),
        lines=tuple(Line.of(line) for line in facts["lines"]),
        reference=facts["evidence"],
        maker_id=maker_id,
        made_at=made_at,
    )
