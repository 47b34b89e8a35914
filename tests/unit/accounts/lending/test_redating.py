"""Instalments that are not due yet move around holidays and with their samity; what they ask for stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.lending.redating import NewDay, Pace, around_holidays, days_gone, to_weekday
from accounts.domain.lending.schedule import Row, make_schedule
from accounts.domain.lending.terms import Frequency, HolidayRule, LoanTerms

PAID_OUT = date(2025, 1, 7)
FIRST = date(2025, 1, 22)  # a Wednesday
A_DAY = timedelta(days=1)
WEEKLY = Pace(Frequency.WEEKLY, 1, HolidayRule.SKIP_EXTEND)
WEDNESDAY, THURSDAY, SUNDAY = 5, 6, 2


def rows_of(
    frequency: Frequency = Frequency.WEEKLY,
    instalments: int = 46,
    rule: HolidayRule = HolidayRule.SKIP_EXTEND,
    holidays: tuple[date, ...] = (),
) -> tuple[Row, ...]:
    terms = LoanTerms(
        principal=1_000_000,
        annual_rate_percent=Decimal(24),
        instalments=instalments,
        frequency=frequency,
        holiday_rule=rule,
    )
    return make_schedule(terms, disbursed_on=PAID_OUT, first_due_on=FIRST, holidays=holidays).rows


def amounts(rows: tuple[Row, ...]) -> tuple[int, int]:
    return sum(row.principal for row in rows), sum(row.charge for row in rows)


@pytest.mark.rule("L3")
def test_a_meeting_on_a_holiday_is_dropped_and_the_rest_is_a_week_later() -> None:
    rows = rows_of()

    moved = around_holidays(rows, WEEKLY, {date(2025, 3, 26)}, after=date(2025, 3, 1))

    assert [row.due_on for row in moved[:9]] == [row.due_on for row in rows[:9]]
    assert moved[9].due_on == date(2025, 4, 2)
    assert moved[-1].due_on == rows[-1].due_on + timedelta(days=7)


@pytest.mark.rule("L3")
def test_holidays_declared_one_by_one_end_where_they_do_when_all_were_known() -> None:
    """Example B of the domain's brief: four Wednesdays, the last instalment on 31 December."""
    known, rows = set(), rows_of()
    for holiday in (date(2025, 3, 26), date(2025, 4, 2), date(2025, 6, 11), date(2025, 10, 1)):
        known.add(holiday)
        rows = around_holidays(rows, WEEKLY, known, after=holiday - 30 * A_DAY)

    assert rows[-1].due_on == date(2025, 12, 31)
    assert [row.due_on for row in rows] == [row.due_on for row in rows_of(holidays=tuple(known))]


def test_what_is_past_stays_even_on_a_day_that_is_a_holiday_now() -> None:
    rows = rows_of()

    assert around_holidays(rows, WEEKLY, {date(2025, 3, 26)}, after=date(2025, 3, 26)) == rows


def test_the_missed_instalment_is_paid_with_the_next() -> None:
    rows = rows_of(rule=HolidayRule.NEXT_DOUBLE)
    pace = Pace(Frequency.WEEKLY, 1, HolidayRule.NEXT_DOUBLE)

    moved = around_holidays(rows, pace, {date(2025, 3, 26)}, after=date(2025, 3, 1))

    assert len(moved) == 45
    assert moved[9].due_on == date(2025, 4, 2)
    assert moved[9].total == rows[9].total + rows[10].total
    assert moved[9].balance == rows[10].balance


def test_the_last_one_is_paid_at_one_more_meeting() -> None:
    rows = rows_of(rule=HolidayRule.NEXT_DOUBLE)
    last = rows[-1].due_on
    pace = Pace(Frequency.WEEKLY, 1, HolidayRule.NEXT_DOUBLE)

    moved = around_holidays(rows, pace, {last, last + 7 * A_DAY}, after=PAID_OUT)

    assert moved[-1].due_on == last + 14 * A_DAY


@pytest.mark.rule("L3")
def test_a_monthly_loan_goes_on_behind_months_that_are_shut_throughout() -> None:
    """A cyclone in April and May: what is due then and all that follows is two months later."""
    rows, pace = rows_of(Frequency.MONTHLY, 12), Pace(Frequency.MONTHLY, 1, HolidayRule.SKIP_EXTEND)
    shut = {date(2025, 4, 1) + number * A_DAY for number in range(61)}

    moved = around_holidays(rows, pace, shut, after=date(2025, 3, 31))

    assert moved[:3] == rows[:3]
    months, later = ([row.due_on.year * 12 + row.due_on.month for row in each[3:]] for each in (rows, moved))
    assert later == [month + 2 for month in months]
    assert [row.due_on.weekday() for row in moved] == [row.due_on.weekday() for row in rows]
    assert amounts(moved) == amounts(rows)


def test_a_monthly_meeting_moves_inside_its_month() -> None:
    rows = rows_of(Frequency.MONTHLY, 12)
    pace = Pace(Frequency.MONTHLY, 1, HolidayRule.SKIP_EXTEND)

    moved = around_holidays(rows, pace, {date(2025, 2, 22)}, after=date(2025, 2, 1))

    assert moved[1].due_on == date(2025, 2, 15)
    assert [row.due_on for row in moved[2:]] == [row.due_on for row in rows[2:]]


@pytest.mark.rule("L3")
def test_a_monthly_meeting_never_moves_to_a_day_that_is_gone() -> None:
    """On Friday the 21st the last Saturday is declared a holiday: a week earlier would be late already."""
    rows, today = rows_of(Frequency.MONTHLY, 12), date(2025, 2, 21)
    pace = Pace(Frequency.MONTHLY, 1, HolidayRule.SKIP_EXTEND)

    moved = around_holidays(rows, pace, {date(2025, 2, 22), *days_gone(today)}, after=today)

    assert moved[0] == rows[0]
    assert moved[1].due_on == date(2025, 3, 22)
    assert all(later.due_on > earlier.due_on for earlier, later in pairwise(moved))
    assert amounts(moved) == amounts(rows)


@pytest.mark.parametrize(
    ("weekday", "from_on", "first_moved"),
    [
        (THURSDAY, date(2025, 3, 1), date(2025, 3, 6)),
        (SUNDAY, date(2025, 3, 1), date(2025, 3, 2)),
        (SUNDAY, date(2025, 3, 5), date(2025, 3, 9)),
    ],
)
def test_instalments_follow_their_samity_to_another_day(
    weekday: int, from_on: date, first_moved: date
) -> None:
    rows = rows_of()
    changed = next(number for number, row in enumerate(rows) if row.due_on >= from_on)

    moved = to_weekday(rows, WEEKLY, NewDay(weekday, from_on), (), earliest_first=FIRST)

    assert moved[:changed] == rows[:changed]
    assert moved[changed].due_on == first_moved
    assert {(after.due_on - before.due_on).days for before, after in zip(rows, moved, strict=True)} <= {
        0,
        (first_moved - rows[changed].due_on).days,
    }


@pytest.mark.rule("L3")
def test_a_monthly_instalment_never_moves_before_the_change_around_a_holiday() -> None:
    """From Monday, 24 February on a samity meets on Thursdays, and the last one of the month is a holiday."""
    rows = rows_of(Frequency.MONTHLY, 12)[:1] + tuple(
        replace(row, due_on=row.due_on + 4 * A_DAY) for row in rows_of(Frequency.MONTHLY, 12)[1:]
    )
    new_day = NewDay(THURSDAY, date(2025, 2, 24))
    pace = Pace(Frequency.MONTHLY, 1, HolidayRule.SKIP_EXTEND)

    moved = to_weekday(rows, pace, new_day, {date(2025, 2, 27)}, earliest_first=FIRST)

    assert [row.due_on for row in rows[:2]] == [FIRST, date(2025, 2, 26)]
    assert moved[0] == rows[0]
    assert all(row.due_on >= new_day.from_on for row in moved[1:])
    assert moved[1].due_on == date(2025, 3, 27)


def test_the_first_instalment_is_never_sooner_than_the_law_allows() -> None:
    moved = to_weekday(rows_of(), WEEKLY, NewDay(SUNDAY, date(2025, 1, 15)), (), earliest_first=FIRST)

    assert moved[0].due_on == date(2025, 1, 26)


days = st.dates(date(2025, 1, 8), date(2026, 2, 1))


@given(
    holidays=st.sets(days, max_size=30),
    rule=st.sampled_from(HolidayRule),
    frequency=st.sampled_from((Frequency.WEEKLY, Frequency.DAILY)),
    every=st.integers(1, 3),
    after=days,
)
def test_nothing_is_lost_and_nothing_falls_on_a_holiday(
    holidays: set[date], rule: HolidayRule, frequency: Frequency, every: int, after: date
) -> None:
    terms = LoanTerms(
        principal=777_700,
        annual_rate_percent=Decimal(20),
        instalments=20,
        frequency=frequency,
        every=every,
        holiday_rule=rule,
    )
    rows = make_schedule(terms, disbursed_on=PAID_OUT).rows

    moved = around_holidays(rows, Pace(frequency, every, rule), holidays, after=after)

    dates = [row.due_on for row in moved]
    assert amounts(moved) == amounts(rows)
    assert dates == sorted(set(dates))
    assert not {on for on in dates if on > after} & holidays
    assert [row for row in moved if row.due_on <= after] == [row for row in rows if row.due_on <= after]
    assert [row.number for row in moved] == list(range(1, len(moved) + 1))
    assert moved[-1].balance == 0


@given(weekday=st.integers(1, 6), from_on=days, holidays=st.sets(days, max_size=10))
def test_a_samitys_new_day_keeps_order_and_amounts(weekday: int, from_on: date, holidays: set[date]) -> None:
    rows = rows_of(holidays=tuple(holidays))

    moved = to_weekday(rows, WEEKLY, NewDay(weekday, from_on), holidays, earliest_first=FIRST)

    dates = [row.due_on for row in moved]
    assert amounts(moved) == amounts(rows)
    assert dates == sorted(set(dates))
    assert not {on for on in dates if on >= from_on} & holidays
    assert {(on.weekday() + 2) % 7 + 1 for on in dates if on >= from_on} <= {weekday}
