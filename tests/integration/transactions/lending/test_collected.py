"""Loans on collection sheets: asked for, told apart, ended, and more than the rest (M5, M11)."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from contracts.money import parse_taka
from contracts.transactions.collection import (
    AUTHORISE_HANDOVER,
    COUNT_HANDOVER,
    DECLARE_HANDOVER,
    GET_SHEET,
    HOLD_SHEET,
    ISSUE_SPECIAL_SHEET,
    LIST_UNALLOCATED,
    SHEET_AUTHORISED,
    SUBMIT_SHEET,
)
from contracts.transactions.ledger import READ_OWN_PASSBOOK
from contracts.transactions.lending import LOAN_CLOSED
from contracts.transactions.savings_errors import MoneyOnItsWay
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.field import notes
from tests.support.loans import card, lend, repay, standing, taka

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

SERIALS = count(1)
"""One device numbers the receipts of all of its sheets (rule P3)."""

pytestmark = pytest.mark.rule("L1")


class Meeting:
    """A special sheet of the samity on the open day, in the officer's hands."""

    def __init__(self, branch: Branch, on: Any = MONDAY) -> None:
        self.branch, self.id = branch, new_id()
        branch.harness.watch.advance(timedelta(seconds=1))
        branch.ask(
            ISSUE_SPECIAL_SHEET, branch.officer, id=self.id, samity_id=id_of("Jhumka"), on=on.isoformat()
        )
        held = branch.ask(HOLD_SHEET, branch.officer, id=self.id)
        self.epoch, self.series = held["epoch"], held["receipt_series"]

    def row(self, account_id: str, amount: int, name: str = "Rahima", **more: Any) -> dict[str, Any]:
        return {
            "row_id": new_id(),
            "version": 1,
            "member_id": id_of(name),
            "account_id": account_id,
            "attendance": "present",
            "amount": f"{amount}.00",
            "nothing_received": None,
            "note": None,
            "paid_by": "self",
            "second_payment": False,
            "receipt_number": f"{self.series}-{next(SERIALS):06d}",
            "recorded_at": "2026-11-23T05:00:00.000000Z",
            "change_reason": None,
            **more,
        }

    def submit(self, *rows: dict[str, Any]) -> dict[str, Any]:
        total = sum(parse_taka(row["amount"]) for row in rows)
        return self.branch.ask(
            SUBMIT_SHEET,
            self.branch.officer,
            sheet_id=self.id,
            submission_id=new_id(),
            epoch=self.epoch,
            total=taka(total),
            rows=list(rows),
        )

    def book(self, amount: int, *others: Meeting) -> None:
        """Hand over, count and post this sheet and others."""
        branch, handover_id, count_id = self.branch, new_id(), new_id()
        sheets = [self.id, *(other.id for other in others)]
        branch.harness.watch.advance(timedelta(seconds=1))
        branch.ask(
            DECLARE_HANDOVER,
            branch.officer,
            id=handover_id,
            sheet_ids=sheets,
            declared_total=f"{amount}.00",
        )
        branch.ask(
            COUNT_HANDOVER,
            branch.accountant,
            handover_id=handover_id,
            count_id=count_id,
            denominations=notes(amount),
        )
        branch.ask(AUTHORISE_HANDOVER, branch.accountant, handover_id=handover_id, count_id=count_id)


def account(branch: Branch, account_id: str) -> dict[str, Any]:
    return next(one for one in branch.passbook("Rahima")["accounts"] if one["account_id"] == account_id)


class TestOnTheSheet:
    def test_a_loan_stands_there_with_what_is_due(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "100.00")

        sheet = branch.ask(GET_SHEET, branch.officer, id=Meeting(branch).id)

        (rahima,) = [member for member in sheet["rows"] if member["member_id"] == id_of("Rahima")]
        (shown,) = [one for one in rahima["accounts"] if one["kind"] == "loan"]
        assert (shown["account_id"], shown["balance"], shown["expected"]) == (loan_id, "9946.15", False)
        assert shown["loan"] == {
            "number": 1,
            "instalments": 46,
            "opening_due": "0.00",
            "opening_advance": "100.00",
            "recoverable": "0.00",
            "due": "0.00",
            "outstanding": "9946.15",
        }

    @pytest.mark.rule("M10")
    def test_a_regular_sheet_waits_for_loans_that_are_due(self, branch: Branch) -> None:
        loan_id = lend(branch)

        with branch.harness.service().books() as books:
            early = books.collection.expected(id_of("Jhumka"), MONDAY + timedelta(days=14))
            due = books.collection.expected(id_of("Jhumka"), MONDAY + timedelta(days=15))
            (asked,) = books.loans.on_sheet(id_of("Jhumka"), MONDAY + timedelta(days=22))

        assert loan_id not in {one.account_id for one in early}
        assert loan_id in {one.account_id for one in due}
        assert (asked.number, asked.opening_due, asked.recoverable, asked.due) == (2, 24_200, 24_200, 48_400)


class TestBooked:
    def test_a_row_waits_then_pays_charge_and_principal(self, branch: Branch, book: connection) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)

        answer = meeting.submit(meeting.row(loan_id, 242))

        assert [row["outcome"] for row in answer["rows"]] == ["pending"]
        assert (account(branch, loan_id)["balance"], account(branch, loan_id)["pending_in"]) == (
            "10000.00",
            "242.00",
        )
        assert standing(branch, loan_id)["has_pending"]
        assert invariants.broken(book, invariants.LEDGER) == {}
        book.rollback()
        meeting.book(242)
        shown = standing(branch, loan_id)
        assert (shown["paid_principal"], shown["paid_charge"], shown["has_pending"]) == (
            "195.85",
            "46.15",
            False,
        )
        assert invariants.broken(book, invariants.LEDGER) == {}

    @pytest.mark.rule("P2", "M1")
    def test_she_is_told_what_is_left(self, branch: Branch) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 242), meeting.row(id_of("savings of Rahima"), 50))
        meeting.book(292)

        (told,) = branch.harness.told(SHEET_AUTHORISED)

        assert {(line["amount"], line["balance"], line["owed"]) for line in told["lines"]} == {
            (24_200, 980_415, True),
            (5_000, 5_000, False),
        }

    def test_two_rows_and_two_sheets_follow_each_other(self, branch: Branch) -> None:
        loan_id, first, second = lend(branch), Meeting(branch), Meeting(branch)
        first.submit(first.row(loan_id, 40), first.row(loan_id, 100, second_payment=True))
        second.submit(second.row(loan_id, 344))

        first.book(484, second)

        principal, charge = declining(MONDAY).told_apart(48_400)
        shown = card(branch, loan_id)
        assert (shown["paid_principal"], shown["paid_charge"]) == (taka(principal), taka(charge))

    def test_the_passbook_shows_one_line_a_row(self, branch: Branch) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 242))
        before = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))["lines"]
        meeting.book(242)
        after = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))["lines"]

        assert [(line["status"], line["amount"]) for line in before] == [
            ("pending", "242.00"),
            ("confirmed", "10000.00"),
        ]
        assert [(line["amount"], line["principal"], line["service_charge"]) for line in after] == [
            ("242.00", "195.85", "46.15"),
            ("10000.00", "10000.00", "0.00"),
        ]


@pytest.mark.rule("M5", "M11")
class TestMoreThanTheRest:
    def test_the_last_row_ends_the_loan(self, branch: Branch, book: connection) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 11_121))

        meeting.book(11_121)

        (told,) = branch.harness.told(LOAN_CLOSED)
        assert (told["loan_id"], told["status"]) == (loan_id, "repaid")
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_the_surplus_is_saved(self, branch: Branch) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 11_200))

        meeting.book(11_200)

        assert branch.balance_of("Rahima") == "79.00"
        (told,) = branch.harness.told(SHEET_AUTHORISED)
        assert [(line["amount"], line["owed"]) for line in told["lines"]] == [
            (1_112_100, True),
            (7_900, False),
        ]

    def test_or_waits_without_an_account(self, branch: Branch, book: connection) -> None:
        loan_id, meeting = lend(branch, terms={"surplus_to": "unallocated"}), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 11_200))

        meeting.book(11_200)

        (waiting,) = branch.ask(LIST_UNALLOCATED, branch.manager, office_id=branch.id)["items"]
        assert (waiting["amount"], waiting["code"], waiting["sheet_id"]) == (
            "79.00",
            "LOAN_SURPLUS",
            meeting.id,
        )
        assert branch.trial_balance()["2210"] == ("0.00", "79.00")
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_money_for_a_loan_that_has_ended_is_taken(self, branch: Branch) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        repay(branch, loan_id, "11121.00")

        answer = meeting.submit(meeting.row(loan_id, 242))

        assert [(row["outcome"], row["code"]) for row in answer["rows"]] == [
            ("unallocated", "ACCOUNT_CLOSED")
        ]

    def test_a_loan_that_ends_by_another_sheet_meanwhile(self, branch: Branch, book: connection) -> None:
        loan_id, first, second = lend(branch), Meeting(branch), Meeting(branch)
        first.submit(first.row(loan_id, 11_121))
        second.submit(second.row(loan_id, 242))
        first.book(11_121)
        assert invariants.broken(book, invariants.LEDGER) == {}
        book.rollback()

        second.book(242)

        assert branch.balance_of("Rahima") == "242.00"
        assert standing(branch, loan_id)["status"] == "repaid"
        assert invariants.broken(book, invariants.LEDGER) == {}

    @pytest.mark.rule("M1")
    def test_the_counter_does_not_end_a_loan_while_money_is_on_its_way(self, branch: Branch) -> None:
        loan_id, meeting = lend(branch), Meeting(branch)
        meeting.submit(meeting.row(loan_id, 242))

        with pytest.raises(MoneyOnItsWay):
            repay(branch, loan_id, "11121.00")

        assert repay(branch, loan_id, "10879.00")["status"] == "running"
        meeting.book(242)
        assert standing(branch, loan_id)["status"] == "repaid"
