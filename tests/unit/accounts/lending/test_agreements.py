"""What is agreed for a day: when the first instalment is due, how payments are told apart, what she saves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.calendar import weekday_of
from accounts.domain.lending.agreements import Meetings, PlannedPayout, agree, first_due_on, split_of
from accounts.domain.lending.calendar import weekday_months_after
from accounts.domain.lending.eligibility import saved_in, savings_needed, week_of
from accounts.domain.lending.law import Law
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.terms import Amortization, FlatSplit, Frequency, Method
from accounts.domain.tenures import Tenure
from contracts.accounts.lending_errors import OnlyHolidays
from contracts.money import Paisa

WEEKLY = InstalmentPlan(
    code="W46", frequency=Frequency.WEEKLY, instalments=46, annual_rate_percent=Decimal(24)
)
MONTHLY = replace(WEEKLY, code="M12", frequency=Frequency.MONTHLY, instalments=12)
PRODUCT = LoanProduct(
    code="JAG",
    version=1,
    effective_on=date(2020, 1, 1),
    name_bn="জাগরণ",
    name_en="Jagoron",
    category="jagoron",
    fund="own",
    least=Paisa(1_000_00),
    most=Paisa(90_000_00),
    plans=(WEEKLY, MONTHLY),
    savings_share_bps=500,
    savings_share_later_bps=1500,
)
LAW = Law(
    effective_on=date(2019, 7, 1), cap_percent=Decimal(24), first_due_days=15, compulsory_savings_bps=600
)
WEDNESDAYS = Meetings([Tenure(date(2020, 1, 1), 5)])


def planned(plan: InstalmentPlan, on: date) -> PlannedPayout:
    return PlannedPayout(
        loan_id="l",
        product=replace(PRODUCT, plans=(plan,)),
        plan_code=plan.code,
        principal=Paisa(10_000_00),
        samity_id="s",
        branch_id="b",
        on=on,
    )


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


class TestWeeks:
    def test_a_branch_counts_from_saturday(self) -> None:
        saturday = date(2026, 11, 28)
        assert [weekday_of(saturday + timedelta(days=number)) for number in range(7)] == [1, 2, 3, 4, 5, 6, 7]

    @given(days)
    def test_a_week_is_seven_days_from_a_saturday(self, day: date) -> None:
        first, last = week_of(day)
        assert first <= day <= last
        assert (weekday_of(first), weekday_of(last)) == (1, 7)
        assert (last - first).days == 6


class TestFirstDue:
    def test_is_example_b(self) -> None:
        # Paid out on Tuesday, 7 January 2025, samity on Wednesdays, 15 days: 22 January (domain 4.6).
        assert first_due_on(WEEKLY, date(2025, 1, 7), WEDNESDAYS) == date(2025, 1, 22)

    def test_goes_past_holidays_by_weeks(self) -> None:
        closed = replace(WEDNESDAYS, holidays={date(2025, 1, 22), date(2025, 1, 29)})
        assert first_due_on(WEEKLY, date(2025, 1, 7), closed) == date(2025, 2, 5)

    def test_is_on_the_day_that_the_samity_will_meet_by_then(self) -> None:
        moves = Meetings([Tenure(date(2020, 1, 1), 5), Tenure(date(2025, 1, 20), 2)])
        # From 20 January on it meets on Sundays.
        assert first_due_on(WEEKLY, date(2025, 1, 7), moves) == date(2025, 1, 26)

    def test_one_payment_after_the_harvest_is_not_due_after_the_grace(self) -> None:
        harvest = replace(MONTHLY, every=6, instalments=1)
        assert first_due_on(harvest, date(2025, 1, 7), WEDNESDAYS) == date(2025, 7, 9)

    def test_daily_instalments_rest_on_fridays_only(self) -> None:
        daily = replace(WEEKLY, frequency=Frequency.DAILY)
        # The fifteenth day after Thursday, 9 January is Friday, the 24th.
        assert first_due_on(daily, date(2025, 1, 9), WEDNESDAYS) == date(2025, 1, 25)
        payout = planned(daily, date(2025, 1, 9))
        rows = agree(payout, daily, WEDNESDAYS, LAW).schedule.rows
        assert 7 not in {weekday_of(row.due_on) for row in rows}
        assert len(rows) == 46

    def test_a_samity_that_never_meets_has_no_schedule(self) -> None:
        first = date(2025, 1, 7)
        closed = {first + timedelta(days=number) for number in range(800)}
        with pytest.raises(OnlyHolidays):
            first_due_on(WEEKLY, first, replace(WEDNESDAYS, holidays=closed))

    @given(days, st.integers(1, 6), st.integers(0, 60))
    def test_is_a_meeting_after_grace_and_period_and_the_first_such(
        self, paid_on: date, weekday: int, grace: int
    ) -> None:
        due = first_due_on(
            replace(WEEKLY, grace_days=grace), paid_on, Meetings([Tenure(date(2020, 1, 1), weekday)])
        )
        least = max(grace, 7)
        assert weekday_of(due) == weekday
        assert least <= (due - paid_on).days < least + 7


class TestMonths:
    @given(days, st.integers(0, 40))
    def test_keep_weekday_and_week_of_the_month(self, day: date, months: int) -> None:
        later = weekday_months_after(day, months)
        assert later.weekday() == day.weekday()
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        nth, found = (day.day - 1) // 7, (later.day - 1) // 7
        # The fifth of a weekday is the last where a month has four.
        assert found == nth or (nth == 4 and found == 3 and (later + timedelta(days=7)).month != later.month)

    def test_a_holiday_moves_it_a_week_within_its_month(self) -> None:
        closed = replace(WEDNESDAYS, holidays={date(2025, 3, 12), date(2025, 4, 9)})
        payout = planned(MONTHLY, date(2025, 1, 7))
        rows = agree(payout, MONTHLY, closed, LAW).schedule.rows
        # A month after 7 January, the next Wednesday is the second of February.
        assert [row.due_on for row in rows[:3]] == [date(2025, 2, 12), date(2025, 3, 19), date(2025, 4, 16)]


class TestSplit:
    def test_is_proportional_where_the_schedule_is(self) -> None:
        flat = replace(PRODUCT.terms(Paisa(10_000_00), WEEKLY), method=Method.FLAT)
        assert split_of(flat) == "proportional"
        others = (
            replace(flat, method=Method.DECLINING),
            replace(flat, flat_split=FlatSplit.EVEN),
            replace(flat, amortization=Amortization.EQUAL_PRINCIPAL),
            replace(flat, principal_grace=1),
            replace(flat, interest_grace=1),
        )
        assert {split_of(terms) for terms in others} == {"by_instalment"}


class TestSavings:
    @pytest.mark.parametrize(
        ("principal", "cycle", "needed"),
        [(10_000_00, 1, 500_00), (10_000_00, 2, 1_500_00), (10_000_01, 1, 500_01), (10_000_00, 9, 1_500_00)],
    )
    def test_a_share_of_the_loan_greater_from_the_second_on(
        self, principal: int, cycle: int, needed: int
    ) -> None:
        assert savings_needed(PRODUCT, Paisa(principal), cycle) == needed

    def test_count_on_her_savings_accounts_without_what_is_promised_away(self) -> None:
        book = [
            {"account_id": "a", "balance": 800_00, "pending_out": 100_00},
            {"account_id": "b", "balance": 50_00, "pending_out": 0},
            {"account_id": "not savings", "balance": 9_000_00, "pending_out": 0},
        ]
        assert saved_in({"a", "b", "c"}, book) == 750_00
