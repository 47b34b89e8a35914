"""Which class a loan gets, in a freeze and after a reschedule; and charge in advance (4.9, L1, D8)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.money import Paisa
from tests.support.class_runs import (
    JUNE_END,
    LAKH,
    aged,
    classes_of,
    entries_of,
    income_of,
    lend_the_worked_example,
    run,
    snapshot,
)
from tests.support.loan_book import LENT_BY_HAND, once, weekly
from transactions.domain.lending.schedules import Amounts
from transactions.verify import faults_in

if TYPE_CHECKING:
    from tests.support.branch import Branch
    from tests.support.loan_book import LoanBook


pytestmark = LENT_BY_HAND


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

    def test_is_sealed_and_agrees_with_the_book_when_the_day_is_closed(
        self, book: LoanBook, branch: Branch
    ) -> None:
        lend_the_worked_example(book)
        loan_id = book.lend(weekly(date(2026, 7, 6), 4, Amounts(Paisa(100_00), Paisa(10_00))))
        book.pay(loan_id, Amounts(Paisa(100_00), Paisa(10_00)), date(2026, 6, 28))
        run(branch)

        branch.count_vault("closing", {})
        branch.close_day()

        assert faults_in(branch.harness.process) == ()
        assert len(entries_of(branch, "loan_loss") + entries_of(branch, "charge_advance")) == 2

    def test_comes_back_into_income_when_its_loan_has_ended(self, book: LoanBook, branch: Branch) -> None:
        loan_id = book.lend(weekly(date(2026, 7, 6), 2, Amounts(Paisa(100_00), Paisa(10_00))))
        book.pay(loan_id, Amounts(Paisa(100_00), Paisa(10_00)), date(2026, 6, 28))
        run(branch)
        book.pay(loan_id, Amounts(Paisa(100_00)), date(2026, 7, 2))
        book.end(loan_id, date(2026, 7, 2))

        assert run(branch, date(2026, 7, 31))["advance_booked"] == "-10.00"
