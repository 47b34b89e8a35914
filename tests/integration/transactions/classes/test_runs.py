"""A branch's month-end run over its loans: classes, provision, charge in advance (M15, L1, D8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from chassis.config import spell_driver
from contracts.errors import IdConflict, NotFound
from contracts.money import Paisa
from contracts.transactions.classes import CANCEL_CLASS_RUN, GET_CLASS_RUN, LIST_CLASSES, RUN_CLASSES
from contracts.transactions.classes_errors import (
    ClassRunAsked,
    ClassRunEnded,
    InterestNotFinished,
    LaterMonthClassed,
)
from contracts.transactions.interest import RUN_INTEREST
from contracts.transactions.interest_errors import MonthNotOver, MonthNotSettled
from tests.support.branch import id_of, new_id
from tests.support.class_runs import (
    JUNE_END,
    LAKH,
    aged,
    ask,
    classes_of,
    entries_of,
    go_on,
    lend_the_worked_example,
    progress,
    rows_of,
    run,
)
from tests.support.loan_book import LENT_BY_HAND, weekly
from transactions.batch.duties import TransactionsBatch
from transactions.domain.lending.schedules import Amounts
from transactions.models.collection import unallocated_receipts
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from launcher.database import DatabaseUrls
    from tests.support.branch import Branch
    from tests.support.loan_book import LoanBook


pytestmark = LENT_BY_HAND


@pytest.mark.rule("M15")
class TestCancelling:
    def test_lets_another_run_go_on_from_there(self, book: LoanBook, branch: Branch) -> None:
        lend_the_worked_example(book)
        first = ask(branch, JUNE_END)["id"]
        assert go_on(branch, first)

        cancelled = branch.ask(CANCEL_CLASS_RUN, branch.accountant, id=first)

        assert (cancelled["state"], cancelled["done"]) == ("cancelled", 2)
        assert not go_on(branch, first)
        with pytest.raises(ClassRunEnded):
            branch.ask(CANCEL_CLASS_RUN, branch.accountant, id=first)
        second = ask(branch, JUNE_END)["id"]
        assert progress(branch, second) == ("running", 2, 5)
        while go_on(branch, second):
            pass
        assert progress(branch, second) == ("finished", 5, 5)
        assert classes_of(branch)["provision"] == "295000.00"
        assert len(entries_of(branch, "loan_loss")) == 1

    def test_is_for_a_run_that_has_not_ended(self, book: LoanBook, branch: Branch) -> None:
        done = run(branch)

        with pytest.raises(ClassRunEnded) as refusal:
            branch.ask(CANCEL_CLASS_RUN, branch.accountant, id=done["id"])

        assert refusal.value.facts == {"state": "finished"}


@pytest.mark.rule("M15")
class TestARunOfJune:
    def test_sets_aside_two_lakh_and_ninety_five_thousand_for_the_worked_example(
        self, book: LoanBook, branch: Branch
    ) -> None:
        lend_the_worked_example(book)

        done = run(branch)

        told = classes_of(branch)
        provision = {item["loan_class"]: item["provision"] for item in told["items"]}
        assert provision == {
            "regular": "100000.00",
            "watchful": "20000.00",
            "sub_standard": "50000.00",
            "doubtful": "75000.00",
            "bad": "50000.00",
        }
        assert (done["state"], done["done"], done["total"]) == ("finished", 5, 5)
        assert done["provision_needed"] == done["provision_booked"] == told["provision"] == "295000.00"
        balances = branch.trial_balance()
        assert (balances["5210"], balances["2410"]) == (("295000.00", "0.00"), ("0.00", "295000.00"))

    def test_values_what_it_books_at_the_calendar_month_end(self, book: LoanBook, branch: Branch) -> None:
        lend_the_worked_example(book)
        run(branch)

        rows = entries_of(branch, "loan_loss")

        assert [(row.business_on, row.value_on) for row in rows] == [(date(2026, 11, 23), JUNE_END)]

    def test_books_the_change_against_what_stands_and_gives_back_what_is_not_needed(
        self, book: LoanBook, branch: Branch
    ) -> None:
        """Half-yearly: 10 lakh are 400 days late in December (10 lakh aside), and paid before June (none)."""
        december = date(2025, 12, 31)
        late = book.lend(aged(400, 10 * LAKH, december))
        book.lend(aged(0, 100 * LAKH))
        assert run(branch, december)["provision_booked"] == "1000000.00"
        book.pay(late, Amounts(Paisa(10 * LAKH)), date(2026, 2, 1))

        june = run(branch)

        assert (june["provision_needed"], june["provision_booked"]) == ("100000.00", "-900000.00")
        assert branch.trial_balance()["2410"] == ("0.00", "100000.00")

    def test_of_another_month_books_no_provision_but_tells_it(self, book: LoanBook, branch: Branch) -> None:
        book.lend(aged(400, LAKH, date(2026, 7, 31)))

        july = run(branch, date(2026, 7, 31))

        assert (july["provision_needed"], july["provision_booked"]) == ("100000.00", "0.00")
        assert "2410" not in branch.trial_balance()

    def test_is_done_once_for_a_branch_and_month(self, book: LoanBook, branch: Branch) -> None:
        lend_the_worked_example(book)
        first = run(branch)

        again = ask(branch, JUNE_END, first["id"])
        with pytest.raises(ClassRunAsked) as refused:
            ask(branch, JUNE_END)

        assert again["state"] == "finished"
        assert refused.value.facts == {"run_id": first["id"], "state": "finished"}

    def test_is_not_asked_for_under_the_id_of_another(self, book: LoanBook, branch: Branch) -> None:
        first = run(branch)
        with pytest.raises(IdConflict):
            ask(branch, date(2026, 7, 31), first["id"])

    def test_comes_after_the_month_is_over(self, branch: Branch) -> None:
        with pytest.raises(MonthNotOver) as refused:
            ask(branch, date(2026, 11, 1))

        assert refused.value.facts == {"month": "2026-11", "on": "2026-11-23"}

    def test_comes_after_the_interest_of_its_month(self, branch: Branch) -> None:
        branch.ask(
            RUN_INTEREST,
            branch.accountant,
            id=new_id(),
            office_id=branch.id,
            kind="provision",
            month=JUNE_END.isoformat(),
        )
        with pytest.raises(InterestNotFinished):
            ask(branch, JUNE_END)
        branch.harness.take_steps("run_interest", by=TransactionsBatch)

        assert run(branch)["state"] == "finished"

    def test_comes_before_the_runs_of_later_months(self, book: LoanBook, branch: Branch) -> None:
        run(branch, date(2026, 7, 31))

        with pytest.raises(LaterMonthClassed) as refused:
            ask(branch, JUNE_END)

        assert refused.value.facts == {"month": "2026-07"}

    def test_waits_for_money_that_has_no_account_yet(self, database: DatabaseUrls, branch: Branch) -> None:
        leave_unallocated(database, branch, JUNE_END)

        with pytest.raises(MonthNotSettled) as refused:
            ask(branch, JUNE_END)

        assert refused.value.facts == {"unallocated": 1}

    def test_is_for_nobody_of_another_branch(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        done = run(branch)
        there = branches[1]

        with pytest.raises(NotFound):
            there.ask(RUN_CLASSES, there.accountant, id=new_id(), office_id=branch.id, month="2026-05-01")
        with pytest.raises(NotFound):
            there.ask(GET_CLASS_RUN, there.accountant, id=done["id"])
        with pytest.raises(NotFound):
            there.ask(LIST_CLASSES, there.manager, office_id=branch.id, month="2026-06-01")


def test_a_total_that_is_not_its_loans_is_found_by_verify(
    database: DatabaseUrls, book: LoanBook, branch: Branch
) -> None:
    lend_the_worked_example(book)
    run(branch)
    assert faults_in(branch.harness.process) == ()

    engine = sa.create_engine(spell_driver(database.owner))
    with engine.begin() as books:
        books.execute(sa.text("ALTER TABLE loan_classes DISABLE TRIGGER USER"))
        books.execute(sa.text("UPDATE loan_classes SET loan_class = 0 WHERE loan_class = 4"))
    engine.dispose()

    assert {fault.code for fault in faults_in(branch.harness.process)} == {"CLASS_TOTAL_IS_NOT_THE_LOANS"}


def test_par_and_classes_are_what_the_raw_postings_say(book: LoanBook, branch: Branch) -> None:
    """Recomputed row by row from schedules and postings, without the code under test."""
    each = Amounts(Paisa(500_00), Paisa(50_00))
    for number in range(24):
        loan_id = book.lend(weekly(date(2025, 9, 1) + timedelta(days=11 * number), 40, each))
        paid = (number * 7) % 30
        if paid:
            book.pay(loan_id, Amounts(Paisa(500_00 * paid - 100), Paisa(50_00)), date(2026, 6, 1))
        book.pay(loan_id, Amounts(Paisa(500_00)), date(2026, 7, 3))

    run(branch)

    told = classes_of(branch)
    expected = recomputed(branch, JUNE_END)
    outstanding, late = sum(one[1] for one in expected), sum(one[1] for one in expected if one[0] > 0)
    counted = {item["loan_class"]: item["loans"] for item in told["items"]}
    assert (told["outstanding"], told["at_risk"]) == (f"{outstanding // 100}.00", f"{late // 100}.00")
    assert told["par_bps"] == (late * 20_000 + outstanding) // (2 * outstanding)
    assert counted == class_counts(days for days, _ in expected)


def class_counts(days: Iterable[int]) -> dict[str, int]:
    """Domain 4.9: 0, to 30, to 180, to 365, more."""
    edges = {"regular": (0, 0), "watchful": (1, 30), "sub_standard": (31, 180), "doubtful": (181, 365)}
    found = dict.fromkeys((*edges, "bad"), 0)
    for one in days:
        found[next((name for name, (low, high) in edges.items() if low <= one <= high), "bad")] += 1
    return {name: count for name, count in found.items() if count}


def recomputed(branch: Branch, on: date) -> list[tuple[int, int]]:
    """Each loan's days and outstanding principal on a day, from its postings by value date."""
    found = []
    for loan in rows_of(branch, "SELECT id, account_id, principal FROM loans ORDER BY id"):
        held, oldest = 0, None
        for line in rows_of(
            branch, "SELECT side, amount, value_on FROM postings WHERE account_id = :id", id=loan.account_id
        ):
            if line.value_on <= on:
                held += line.amount if line.side == "debit" else -line.amount
        (schedule,) = rows_of(
            branch, "SELECT due_on, principal FROM loan_schedules WHERE loan_id = :id", id=loan.id
        )
        for due_on, due in zip(schedule.due_on, schedule.principal, strict=True):
            if due > loan.principal - held and oldest is None:
                oldest = due_on
        found.append(((on - oldest).days if oldest and oldest < on else 0, held))
    return found


def leave_unallocated(database: DatabaseUrls, branch: Branch, on: date) -> None:
    """Leave money without an account, as a sheet's row would."""
    engine = sa.create_engine(spell_driver(database.owner))
    with engine.begin() as books:
        (name,) = (key["name"] for key in sa.inspect(books).get_foreign_keys("unallocated_receipts"))
        books.execute(sa.text(f"ALTER TABLE unallocated_receipts DROP CONSTRAINT {name}"))
        books.execute(
            sa.insert(unallocated_receipts).values(
                row_id=new_id(),
                member_id=id_of("Rahima"),
                office_id=branch.id,
                amount=100,
                code="ACCOUNT_CLOSED",
                value_on=on,
                state="open",
            )
        )
    engine.dispose()
