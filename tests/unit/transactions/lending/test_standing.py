"""Schedules, payments and standing of loans against `domain.md` §4 and a computation of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.lending_words import Split
from tests.support.agreed import Agreed, declining, flat
from transactions.domain.lending.payments import allocate
from transactions.domain.lending.schedules import NONE, Amounts, Schedule
from transactions.domain.lending.standing import charge_in_advance, oldest_unpaid_on, standing_of

TUESDAY = date(2025, 1, 7)
A, C = declining(TUESDAY), flat(TUESDAY)

pytestmark = pytest.mark.rule("L1")


def schedule_of(agreed: Agreed, begins_on: date = TUESDAY) -> Schedule:
    rows = tuple((on, Amounts(Paisa(principal), Paisa(charge))) for on, principal, charge in agreed.rows)
    return Schedule.of_rows(begins_on, Split(agreed.split), rows)


def pay(schedule: Schedule, amounts: list[int], paid: Amounts = NONE) -> tuple[Amounts, int]:
    """Pay one amount after the other; return what is paid then, and what was too much."""
    surplus = 0
    for amount in amounts:
        allocation = allocate(schedule, paid, Paisa(amount))
        paid, surplus = paid + allocation.loan, surplus + allocation.surplus
    return paid, surplus


@st.composite
def agreements(draw: st.DrawFn) -> Agreed:
    """Draw any schedule, of both splits; a row may ask for charge alone or principal alone."""
    amounts = draw(
        st.lists(
            st.tuples(st.integers(0, 50_000), st.integers(0, 9_000)).filter(lambda row: sum(row) > 0),
            min_size=1,
            max_size=30,
        ).filter(lambda rows: sum(principal for principal, _ in rows) > 0)
    )
    days = draw(st.lists(st.integers(1, 40), min_size=len(amounts), max_size=len(amounts)))
    on, rows = TUESDAY, []
    for gap, (principal, charge) in zip(days, amounts, strict=True):
        on += timedelta(days=gap)
        rows.append((on, principal, charge))
    return Agreed(draw(st.sampled_from(("proportional", "by_instalment"))), tuple(rows))


PAYMENTS = st.lists(st.integers(1, 120_000), min_size=1, max_size=12)
ANY_DAY = st.integers(-5, 1300).map(lambda days: TUESDAY + timedelta(days=days))


class TestTheWorkedExamples:
    def test_the_independent_rows_are_those_of_the_domain(self) -> None:
        assert [A.rows[number][1:] for number in (0, 1, 2, 19, 44, 45)] == [
            (19_585, 4_615),
            (19_675, 4_525),
            (19_766, 4_434),
            (21_375, 2_825),
            (23_983, 217),
            (22_985, 115),
        ]
        assert (A.charge, C.charge) == (112_100, 125_000)
        assert [C.rows[number][1:] for number in (0, 2, 45)] == [
            (21_778, 2_722),
            (21_777, 2_723),
            (20_000, 2_500),
        ]

    def test_example_a_settled_after_its_twentieth_instalment(self) -> None:
        schedule = schedule_of(A)
        paid, _ = pay(schedule, [24_200] * 20)

        standing = standing_of(schedule, paid, schedule.due_on[19])

        assert (standing.outstanding, standing.payoff, standing.rebate) == (590_648, 590_648, 37_452)
        assert (standing.due, standing.overdue, standing.oldest_unpaid_on) == (0, 0, None)

    def test_each_instalment_of_the_flat_example_is_told_apart_as_the_domain_says(self) -> None:
        schedule, paid = schedule_of(C), NONE
        for _, principal, charge in C.rows:
            loan = allocate(schedule, paid, Paisa(principal + charge)).loan
            assert (loan.principal, loan.charge) == (principal, charge)
            paid += loan

    def test_between_two_due_dates_charge_is_earned_by_days(self) -> None:
        schedule = schedule_of(A)

        assert schedule.earned(TUESDAY) == 0
        assert schedule.earned(TUESDAY + timedelta(days=5)) == 1_538  # 46.15 × 5/15 = 15.383…
        assert schedule.earned(schedule.due_on[0] + timedelta(days=3)) == 4_615 + 1_939  # 45.25 × 3/7

    def test_lateness_and_maturity_add_no_charge(self) -> None:
        schedule = schedule_of(A)
        years_later = schedule.matures_on + timedelta(days=1000)

        standing = standing_of(schedule, NONE, years_later)

        assert (standing.payoff, standing.rebate) == (1_112_100, 0)
        assert (standing.overdue, standing.days) == (1_112_100, (years_later - schedule.due_on[0]).days)

    def test_today_is_due_and_not_overdue(self) -> None:
        schedule = schedule_of(A)

        today = standing_of(schedule, NONE, schedule.due_on[0])
        tomorrow = standing_of(schedule, NONE, schedule.due_on[0] + timedelta(days=1))

        assert (today.due, today.overdue, today.oldest_unpaid_on, today.days) == (24_200, 0, None, 0)
        assert (tomorrow.due, tomorrow.overdue, tomorrow.overdue_principal) == (24_200, 24_200, 19_585)
        assert (tomorrow.oldest_unpaid_on, tomorrow.days) == (schedule.due_on[0], 1)

    def test_advance_and_charge_paid_before_its_date(self) -> None:
        schedule = schedule_of(A)
        paid, _ = pay(schedule, [24_200 * 3])

        standing = standing_of(schedule, paid, schedule.due_on[0])

        assert (standing.due, standing.advance) == (0, 48_400)
        assert charge_in_advance(schedule, paid.charge, schedule.due_on[0]) == 4_525 + 4_434


class TestAnyLoan:
    @pytest.mark.rule("M11")
    @given(agreements(), PAYMENTS)
    def test_the_parts_make_up_the_amount_and_never_more_than_the_loan(
        self, agreed: Agreed, amounts: list[int]
    ) -> None:
        schedule, paid = schedule_of(agreed), NONE
        for amount in amounts:
            allocation = allocate(schedule, paid, Paisa(amount))
            assert allocation.loan.total + allocation.surplus == amount
            assert min(allocation.loan.principal, allocation.loan.charge, allocation.surplus) >= 0
            paid += allocation.loan
            assert paid.principal <= agreed.principal
            assert paid.charge <= agreed.charge
            assert allocation.surplus == 0 or paid == schedule.whole

    @given(agreements(), PAYMENTS, st.randoms(use_true_random=False))
    def test_the_order_of_payments_does_not_matter(self, agreed: Agreed, amounts: list[int], random) -> None:
        schedule = schedule_of(agreed)
        shuffled = random.sample(amounts, len(amounts))

        paid, surplus = pay(schedule, amounts)

        assert pay(schedule, shuffled) == (paid, surplus)
        assert (paid.principal, paid.charge) == agreed.told_apart(paid.total)

    @given(agreements(), PAYMENTS, st.integers(0, 11), st.integers(1, 120_000))
    def test_a_payment_after_one_was_undone_heals_the_split(
        self, agreed: Agreed, amounts: list[int], which: int, next_amount: int
    ) -> None:
        schedule, paid, rows = schedule_of(agreed), NONE, []
        for amount in amounts:
            rows.append(allocate(schedule, paid, Paisa(amount)).loan)
            paid += rows[-1]
        undone = rows[which % len(rows)]
        paid = paid - undone

        healed, _ = pay(schedule, [next_amount], paid)

        assert healed.total == min(paid.total + next_amount, schedule.whole.total)
        if next_amount >= undone.total:
            assert (healed.principal, healed.charge) == agreed.told_apart(healed.total)

    @given(agreements(), ANY_DAY, ANY_DAY)
    def test_earned_charge_grows_from_nothing_to_the_whole(
        self, agreed: Agreed, one: date, other: date
    ) -> None:
        schedule = schedule_of(agreed)
        earlier, later = sorted((one, other))

        assert 0 <= schedule.earned(earlier) <= schedule.earned(later) <= agreed.charge
        assert schedule.earned(TUESDAY) == 0
        assert schedule.earned(schedule.matures_on) == agreed.charge
        for on in schedule.due_on:
            assert schedule.earned(on) == agreed.due_by(on)[1]

    @given(agreements(), PAYMENTS, ANY_DAY)
    def test_due_advance_overdue_and_payoff_are_what_the_rows_say(
        self, agreed: Agreed, amounts: list[int], on: date
    ) -> None:
        schedule = schedule_of(agreed)
        paid, _ = pay(schedule, amounts)
        (principal_due, charge_due), before = agreed.due_by(on), agreed.due_by(on - timedelta(days=1))

        standing = standing_of(schedule, paid, on)

        assert standing.due - standing.advance == principal_due + charge_due - paid.total
        assert min(standing.due, standing.advance) == 0
        assert standing.overdue == max(0, sum(before) - paid.total)
        assert standing.overdue_principal == max(0, before[0] - paid.principal)
        assert standing.outstanding == agreed.principal - paid.principal
        assert standing.payoff == max(0, standing.outstanding + schedule.earned(on) - paid.charge)
        assert standing.payoff + standing.rebate == standing.outstanding + standing.remaining_charge

    @given(agreements(), PAYMENTS, ANY_DAY)
    def test_the_oldest_unpaid_row_is_the_first_whose_principal_is_not_covered(
        self, agreed: Agreed, amounts: list[int], on: date
    ) -> None:
        schedule = schedule_of(agreed)
        paid, _ = pay(schedule, amounts)
        left, expected = paid.principal, None
        for due_on, principal, _ in agreed.rows:
            left -= principal
            if left < 0:
                expected = due_on if due_on < on else None
                break

        assert oldest_unpaid_on(schedule, paid.principal, on) == expected


class TestWhatIsNoSchedule:
    def test_days_follow_each_other(self) -> None:
        row = (TUESDAY, Amounts(Paisa(100)))
        with pytest.raises(ValueError, match="follow"):
            Schedule.of_rows(TUESDAY, Split.BY_INSTALMENT, [row, row])

    def test_there_is_a_row(self) -> None:
        with pytest.raises(ValueError, match="day for every"):
            Schedule.of_rows(TUESDAY, Split.BY_INSTALMENT, [])
