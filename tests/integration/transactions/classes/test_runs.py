"""A branch's month-end run over its loans: classes, provision, charge in advance (M15, L1, D8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from chassis.config import spell_driver
from contracts.errors import IdConflict, NotFound
from contracts.money import Paisa
from contracts.transactions.classes import GET_CLASS_RUN, LIST_CLASSES, RUN_CLASSES
from contracts.transactions.classes_errors import ClassRunAsked, InterestNotFinished, LaterMonthClassed
from contracts.transactions.interest import RUN_INTEREST
from contracts.transactions.interest_errors import MonthNotOver, MonthNotSettled
from contracts.transactions.ledger import CLOSE_DAY
from contracts.transactions.ledger_errors import DayIsClosing
from tests.support.branch import id_of, new_id
from tests.support.loan_book import once, weekly
from transactions.batch.duties import TransactionsBatch
from transactions.domain.lending.schedules import Amounts
from transactions.models.classes import loan_classes
from transactions.models.collection import unallocated_receipts
from transactions.operations import class_runs
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from launcher.database import DatabaseUrls
    from tests.support.branch import Branch
    from tests.support.loan_book import LoanBook

JUNE_END = date(2026, 6, 30)
LAKH = 100_000_00
NOT_LATE = date(2026, 7, 15)


def ask(branch: Branch, month: date, run_id: str | None = None) -> dict[str, Any]:
    return branch.ask(
        RUN_CLASSES,
        branch.accountant,
        id=run_id or new_id(),
        office_id=branch.id,
        month=month.isoformat(),
    )


def run(branch: Branch, month: date = JUNE_END) -> dict[str, Any]:
    """Ask for a month and let the batch process carry it out."""
    asked = ask(branch, month)
    assert branch.harness.take_steps("run_classes", by=TransactionsBatch) == 1
    return branch.ask(GET_CLASS_RUN, branch.accountant, id=asked["id"])


def classes_of(branch: Branch, month: date = JUNE_END) -> dict[str, Any]:
    return branch.ask(LIST_CLASSES, branch.manager, office_id=branch.id, month=month.isoformat())


def snapshot(branch: Branch, loan_id: str, month: date = JUNE_END) -> Any:
    with branch.harness.service().books() as books:
        where = (loan_classes.c.loan_id == loan_id, loan_classes.c.month == month.replace(day=1))
        return books.work.session.execute(sa.select(loan_classes).where(*where)).one()


def aged(days: int, principal: int, at: date = JUNE_END) -> Any:
    """A loan whose only instalment is that many days old; 0 is not due yet."""
    return once(at - timedelta(days=days) if days else at + timedelta(days=15), principal)


def lend_the_worked_example(book: LoanBook) -> None:
    """100 lakh regular, 4 watchful, 2 sub-standard, 1 doubtful, half a lakh bad (domain 4.9)."""
    for days, principal in ((0, 100 * LAKH), (10, 4 * LAKH), (100, 2 * LAKH), (300, LAKH), (400, LAKH // 2)):
        book.lend(aged(days, principal))


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


class TestARunThatIsKilled:
    def test_goes_on_where_it_was_and_writes_nothing_twice(self, book: LoanBook, branch: Branch) -> None:
        """Killed after the first chunk, within the second, and within the booking."""
        lend_the_worked_example(book)
        run_id = ask(branch, JUNE_END)["id"]

        assert go_on(branch, run_id)
        die_in(branch, run_id)
        assert progress(branch, run_id) == ("running", 2, 5)
        while progress(branch, run_id)[1] < 5:
            assert go_on(branch, run_id)
        die_in(branch, run_id)
        assert (entries_of(branch, "loan_loss"), progress(branch, run_id)) == ([], ("running", 5, 5))
        assert not go_on(branch, run_id)
        assert not go_on(branch, run_id)

        assert progress(branch, run_id) == ("finished", 5, 5)
        assert classes_of(branch)["loans"] == 5
        assert branch.trial_balance()["2410"] == ("0.00", "295000.00")

    def test_waits_while_its_branch_closes_a_day(self, book: LoanBook, branch: Branch) -> None:
        """What it books goes onto the day that comes next."""
        lend_the_worked_example(book)
        run_id = ask(branch, JUNE_END)["id"]
        branch.count_vault("closing", {})
        branch.ask(CLOSE_DAY, branch.manager, office_id=branch.id, on=branch.day()["on"])

        with pytest.raises(DayIsClosing):
            branch.harness.take_steps("run_classes", by=TransactionsBatch)
        branch.harness.take_steps("close_day", by=TransactionsBatch)
        while go_on(branch, run_id):
            pass

        assert [row.business_on for row in entries_of(branch, "loan_loss")] == [date(2026, 11, 24)]


def go_on(branch: Branch, run_id: str) -> bool:
    with branch.harness.service().books() as books:
        return class_runs.advance(books, run_id, limit=2)


def die_in(branch: Branch, run_id: str) -> None:
    with pytest.raises(RuntimeError, match="killed"):
        _go_on_and_die(branch, run_id)


def _go_on_and_die(branch: Branch, run_id: str) -> None:
    with branch.harness.service().books() as books:
        class_runs.advance(books, run_id, limit=2)
        raise RuntimeError("killed")


def progress(branch: Branch, run_id: str) -> tuple[str, int, int]:
    told = branch.ask(GET_CLASS_RUN, branch.accountant, id=run_id)
    return told["state"], told["done"], told["total"]


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


class TestAClass:
    def test_of_a_freeze_is_no_worse_than_on_its_eve(self, book: LoanBook, branch: Branch) -> None:
        """January to September 2020: 20 days late on the eve stays watchful; what was in time, regular."""
        march = date(2020, 3, 31)
        late = book.lend(once(date(2019, 12, 11), LAKH))
        in_time = book.lend(once(date(2020, 1, 5), LAKH))
        younger = book.lend(once(date(2020, 2, 20), LAKH))

        run(branch, march)

        found = [snapshot(branch, loan_id, march) for loan_id in (late, in_time, younger)]
        assert [(row.loan_class, row.days, row.days_frozen) for row in found] == [
            (1, 111, 20),
            (0, 86, 0),
            (0, 40, None),
        ]

    def test_ages_again_after_the_freeze(self, book: LoanBook, branch: Branch) -> None:
        late = book.lend(once(date(2019, 12, 11), LAKH))

        run(branch, date(2020, 10, 31))

        row = snapshot(branch, late, date(2020, 10, 31))
        assert (row.loan_class, row.days, row.days_frozen) == (3, 325, None)

    def test_in_a_freeze_may_become_better(self, book: LoanBook, branch: Branch) -> None:
        """213 days late on the eve, and 44 of 44 weeks paid in March."""
        late = book.lend(weekly(date(2019, 6, 1), 60, Amounts(Paisa(1000))))
        book.pay(late, Amounts(Paisa(44_000)), date(2020, 3, 20))

        run(branch, date(2020, 3, 31))

        row = snapshot(branch, late, date(2020, 3, 31))
        assert (row.loan_class, row.days, row.days_frozen) == (0, 0, 213)

    def test_that_is_kept_after_a_reschedule_is_not_better_for_new_dates(
        self, book: LoanBook, branch: Branch
    ) -> None:
        kept = book.lend(aged(0, LAKH), kept_class=2)

        run(branch)

        row = snapshot(branch, kept)
        assert (row.loan_class, row.days, row.kept_class) == (2, 0, 2)

    def test_that_is_kept_ends_with_so_many_good_instalments(self, book: LoanBook, branch: Branch) -> None:
        """Rescheduled on 1 May: kept while fewer than two of the instalments due since are paid."""
        each = Amounts(Paisa(100_00))
        later = weekly(date(2026, 5, 4), 12, each, begins_on=date(2026, 5, 1))
        two, one = (book.lend(weekly(date(2025, 9, 1), 12, each), kept_class=3) for _ in range(2))
        for loan_id, weeks in ((two, 9), (one, 1)):
            book.replace(loan_id, 2, later, date(2026, 5, 1), good_instalments=2)
            book.pay(loan_id, Amounts(Paisa(100_00 * weeks)), date(2026, 6, 29))

        run(branch)

        found = [snapshot(branch, loan_id) for loan_id in (two, one)]
        assert [(row.loan_class, row.days, row.kept_class) for row in found] == [(0, 0, None), (3, 50, 3)]

    def test_is_of_the_month_end_whatever_was_paid_since(self, book: LoanBook, branch: Branch) -> None:
        loan_id = book.lend(aged(100, LAKH))
        book.pay(loan_id, Amounts(Paisa(LAKH)), date(2026, 7, 2))
        book.end(loan_id, date(2026, 11, 23))

        run(branch)

        row = snapshot(branch, loan_id)
        assert (row.loan_class, row.outstanding, row.overdue) == (2, LAKH, LAKH)

    def test_is_not_given_to_what_was_paid_or_not_yet_lent(self, book: LoanBook, branch: Branch) -> None:
        paid = book.lend(aged(100, LAKH))
        book.pay(paid, Amounts(Paisa(LAKH)), date(2026, 5, 2))
        book.end(paid, date(2026, 5, 2))
        book.lend(once(date(2026, 9, 1), LAKH))

        assert run(branch)["total"] == 0
        assert classes_of(branch)["items"] == []


@pytest.mark.rule("L1")
class TestChargeInAdvance:
    def test_is_a_liability_until_its_due_date(self, book: LoanBook, branch: Branch) -> None:
        """Four instalments of 10 taka charge from 22 June: two are due in June, all four were paid."""
        loan_id = book.lend(weekly(date(2026, 6, 22), 4, Amounts(Paisa(100_00), Paisa(10_00))))
        book.pay(loan_id, Amounts(Paisa(300_00), Paisa(40_00)), date(2026, 6, 23))

        june, held = run(branch), branch.trial_balance()
        july = run(branch, date(2026, 7, 31))

        assert (june["advance_booked"], held["2320"]) == ("20.00", ("0.00", "20.00"))
        assert income_of(branch, JUNE_END) == 20_00
        assert (july["advance_booked"], income_of(branch, date(2026, 7, 31))) == ("-20.00", 40_00)

    def test_is_held_apart_for_each_product(self, book: LoanBook, branch: Branch) -> None:
        for product in ("JAG", "BUN"):
            loan_id = book.lend(
                weekly(date(2026, 7, 6), 4, Amounts(Paisa(100_00), Paisa(10_00))), product_code=product
            )
            book.pay(loan_id, Amounts(Paisa(100_00), Paisa(10_00)), date(2026, 6, 28))

        done = run(branch)

        assert done["advance_booked"] == "20.00"
        assert len(entries_of(branch, "charge_advance")) == 2

    def test_comes_back_into_income_when_its_loan_has_ended(self, book: LoanBook, branch: Branch) -> None:
        loan_id = book.lend(weekly(date(2026, 7, 6), 2, Amounts(Paisa(100_00), Paisa(10_00))))
        book.pay(loan_id, Amounts(Paisa(100_00), Paisa(10_00)), date(2026, 6, 28))
        run(branch)
        book.pay(loan_id, Amounts(Paisa(100_00)), date(2026, 7, 2))
        book.end(loan_id, date(2026, 7, 2))

        assert run(branch, date(2026, 7, 31))["advance_booked"] == "-10.00"


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


def rows_of(branch: Branch, question: str, **values: Any) -> list[Any]:
    with branch.harness.service().books() as books:
        return list(books.work.session.execute(sa.text(question), values))


def entries_of(branch: Branch, kind: str) -> list[Any]:
    return rows_of(branch, "SELECT * FROM entries WHERE kind = :kind ORDER BY value_on, id", kind=kind)


def income_of(branch: Branch, on: date) -> int:
    """Return the branch's service charge by value date, in paisa."""
    (row,) = rows_of(
        branch,
        "SELECT sum(CASE side WHEN 'credit' THEN amount ELSE -amount END) AS income FROM postings"
        " JOIN accounts ON accounts.id = account_id WHERE ledger = '4110' AND value_on <= :on",
        on=on,
    )
    return int(row.income)


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
