"""What staff read of the age of loans: totals of an office's subtree, and the register of overdue loans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound
from contracts.money import Paisa
from contracts.transactions.classes import LIST_CLASS_RUNS, LIST_CLASSES, LIST_OVERDUE_LOANS, RUN_CLASSES
from contracts.transactions.classes_errors import ClassesTooEarly
from contracts.transactions.ledger import CLOSE_DAY
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.loan_book import LENT_BY_HAND, LoanBook, once, weekly
from tests.support.purse import area_manager
from transactions.batch.duties import TransactionsBatch
from transactions.domain.lending.schedules import Amounts
from transactions.queries import classes as questions

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = LENT_BY_HAND

OCTOBER = date(2026, 10, 31)


def overdue(branch: Branch, **more: Any) -> dict[str, Any]:
    return branch.ask(LIST_OVERDUE_LOANS, branch.manager, office_id=branch.id, **more)


class TestTheRegister:
    def test_tells_whom_to_see_about_a_loan(self, book: LoanBook) -> None:
        """Two weeks of 100 taka are 10 and 3 days late on Monday; what is due that day is not."""
        first = MONDAY - timedelta(days=10)
        loan_id = book.lend(weekly(first, 3, Amounts(Paisa(100_00))), "Salma")
        book.pay(loan_id, Amounts(Paisa(60_00)), MONDAY)

        (told,) = overdue(book.branch)["items"]

        assert (told["loan_id"], told["member_id"], told["member_code"]) == (
            loan_id,
            id_of("Salma"),
            "B001.Salma",
        )
        assert (told["samity_id"], told["officer_id"]) == (id_of("Jhumka"), book.branch.officer.person_id)
        assert (told["oldest_unpaid_on"], told["days"], told["loan_class"]) == (
            first.isoformat(),
            10,
            "watchful",
        )
        assert (told["overdue"], told["outstanding"]) == ("140.00", "240.00")

    def test_leaves_out_what_is_paid_or_due_today(self, book: LoanBook) -> None:
        book.lend(once(MONDAY, 100_00))
        paid = book.lend(weekly(MONDAY - timedelta(days=7), 2, Amounts(Paisa(100_00))))
        book.pay(paid, Amounts(Paisa(100_00)), MONDAY)

        assert overdue(book.branch)["items"] == []

    def test_shows_an_earlier_day_as_it_was(self, book: LoanBook) -> None:
        loan_id = book.lend(once(date(2026, 10, 1), 100_00))
        book.pay(loan_id, Amounts(Paisa(100_00)), date(2026, 11, 2))
        book.end(loan_id, MONDAY)

        (told,) = overdue(book.branch, on="2026-10-31")["items"]

        assert (overdue(book.branch)["items"], told["days"], told["overdue"]) == ([], 30, "100.00")

    def test_is_read_while_the_day_is_closing(self, book: LoanBook, branch: Branch) -> None:
        book.lend(once(MONDAY - timedelta(days=4), 100_00))
        branch.count_vault("closing", {})
        branch.ask(CLOSE_DAY, branch.manager, office_id=branch.id, on=MONDAY.isoformat())

        assert [item["days"] for item in overdue(branch)["items"]] == [4]

    def test_looks_at_no_day_to_come(self, branch: Branch) -> None:
        with pytest.raises(ClassesTooEarly):
            overdue(branch, on="2026-11-24")

    def test_goes_page_by_page_from_the_oldest(self, book: LoanBook, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(questions, "PAGE", 2)
        lent = {book.lend(once(MONDAY - timedelta(days=days), 100_00)): days for days in (5, 30, 5, 12, 200)}

        seen, after, pages = [], None, 0
        while pages == 0 or after:
            page = overdue(book.branch, after=after)
            seen += page["items"]
            after, pages = page["next"], pages + 1

        assert [item["days"] for item in seen] == [200, 30, 12, 5, 5]
        assert ({item["loan_id"] for item in seen}, pages) == (lent.keys(), 3)

    def test_is_for_nobody_of_another_branch(self, branches: tuple[Branch, Branch], book: LoanBook) -> None:
        with pytest.raises(NotFound):
            branches[1].ask(LIST_OVERDUE_LOANS, branches[1].manager, office_id=book.branch.id)


class TestTotals:
    def test_of_an_area_are_those_of_its_branches(
        self, branches: tuple[Branch, Branch], book: LoanBook
    ) -> None:
        """4 taka of 16 are late in one branch, 1 of 1 in the other: 5 of 17 is 29.41 %."""
        there = branches[1]
        there.open_samity("Bokul", active=False)
        there.admit("Amena", "Bokul")
        there.open_day()
        other = LoanBook(there)
        book.lend(once(OCTOBER - timedelta(days=1), 4_00))
        book.lend(once(OCTOBER + timedelta(days=9), 12_00), fund="pksf")
        other.lend(once(OCTOBER - timedelta(days=40), 1_00), "Amena")
        for branch in (book.branch, there):
            branch.ask(
                RUN_CLASSES, branch.accountant, id=new_id(), office_id=branch.id, month=OCTOBER.isoformat()
            )
        book.branch.harness.take_steps("run_classes", by=TransactionsBatch)

        area = area_manager(book.branch)
        told = book.branch.ask(LIST_CLASSES, area, office_id=id_of("A01"), month=OCTOBER.isoformat())

        assert (told["branches"], told["loans"], told["outstanding"], told["at_risk"]) == (
            2,
            3,
            "17.00",
            "5.00",
        )
        assert told["par_bps"] == 2941
        by_group = {(one["fund"], one["loan_class"]): one["outstanding"] for one in told["items"]}
        assert by_group == {
            ("own", "watchful"): "4.00",
            ("own", "sub_standard"): "1.00",
            ("pksf", "regular"): "12.00",
        }

    def test_tell_which_branch_is_done(
        self, branches: tuple[Branch, Branch], book: LoanBook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(questions, "PAGE", 1)
        here, there = book.branch, branches[1]
        there.open_day()
        for branch in (here, there):
            branch.ask(
                RUN_CLASSES, branch.accountant, id=new_id(), office_id=branch.id, month=OCTOBER.isoformat()
            )
            if branch is here:
                here.harness.take_steps("run_classes", by=TransactionsBatch)

        asked = {"office_id": id_of("A01"), "month": OCTOBER.isoformat()}
        first = here.ask(LIST_CLASS_RUNS, area_manager(here), **asked)
        second = here.ask(LIST_CLASS_RUNS, area_manager(here), after=first["next"], **asked)

        told = [(one["office_id"], one["state"]) for one in (*first["items"], *second["items"])]
        assert (told, second["next"]) == ([(here.id, "finished"), (there.id, "running")], None)

    def test_of_a_month_without_runs_are_none(self, branch: Branch) -> None:
        told = branch.ask(LIST_CLASSES, branch.manager, office_id=branch.id, month="2026-09-10")

        assert (told["month"], told["value_on"], told["branches"], told["items"]) == (
            "2026-09-01",
            "2026-09-30",
            0,
            [],
        )
