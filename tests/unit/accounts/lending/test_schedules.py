"""Schedules to the paisa: worked examples, an independent system's figures, and what holds for any terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accounts.domain.lending.apr import annual_percentage_rate
from contracts.accounts.lending_errors import (
    GraceTooLong,
    InstalmentBelowCharge,
    NothingInGrace,
    NothingPerInstalment,
    OnlyHolidays,
    ScheduleImpossible,
)
from contracts.errors import InvalidPayload
from contracts.money import format_taka
from tests.support.quotes import HOLIDAYS_OF_2025, WEEKLY, in_words, peers, schedule_of

if TYPE_CHECKING:
    from accounts.domain.lending.schedule import Schedule

CASES = 2000
SIX_HUNDRED = {"instalment_multiple": "600.00", "multiple_rounding": "NEAREST"}


@pytest.mark.parametrize("peer", peers(), ids=lambda peer: str(peer["id"]))
def test_a_schedule_is_what_another_system_asserts(peer: dict[str, Any]) -> None:
    schedule = schedule_of(peer["quote"])
    ours = {
        row[0]: {
            "due_date": row[1],
            "total": row[2],
            "principal": row[3],
            "interest": row[4],
            "balance": row[5],
            "due_offset_days": (date.fromisoformat(row[1]) - schedule.disbursed_on).days,
        }
        for row in in_words(schedule)
    }

    for theirs in peer["expected_rows"]:
        told = theirs.keys() & ours[theirs["n"]].keys()
        assert {name: ours[theirs["n"]][name] for name in told} == {name: theirs[name] for name in told}
    assert len(ours) == len(peer["expected_rows"])


def figures(schedule: Schedule, *numbers: int) -> list[tuple[str, ...]]:
    return [row[2:] for row in in_words(schedule) if row[0] in numbers]


def test_example_a_declining_by_weeks() -> None:
    schedule = schedule_of(WEEKLY)

    assert figures(schedule, 1, 2, 3, 20, 45, 46) == [
        ("242.00", "195.85", "46.15", "9804.15"),
        ("242.00", "196.75", "45.25", "9607.40"),
        ("242.00", "197.66", "44.34", "9409.74"),
        ("242.00", "213.75", "28.25", "5906.48"),
        ("242.00", "239.83", "2.17", "229.85"),
        ("231.00", "229.85", "1.15", "0.00"),
    ]
    assert format_taka(schedule.charge) == "1121.00"


def test_example_b_declining_by_days_with_holidays() -> None:
    schedule = schedule_of(WEEKLY | {"interest_basis": "DAILY", "holidays": HOLIDAYS_OF_2025})

    assert figures(schedule, 1, 2, 45) == [
        ("246.00", "147.37", "98.63", "9852.63"),
        ("246.00", "200.65", "45.35", "9651.98"),
        ("246.00", "243.83", "2.17", "228.15"),
    ]
    assert figures(schedule, 46)[0][:2] == ("229.00", "228.15")
    assert schedule.rows[-1].due_on == date(2025, 12, 31)
    assert format_taka(schedule.charge) == "1299.00"
    assert round(annual_percentage_rate(schedule), 2) == Decimal("23.93")


def test_example_c_flat_is_split_in_proportion() -> None:
    schedule = schedule_of(WEEKLY | {"method": "FLAT", "annual_rate_percent": "12.5"})

    assert figures(schedule, 1, 3, 46) == [
        ("245.00", "217.78", "27.22", "9782.22"),
        ("245.00", "217.77", "27.23", "9346.67"),
        ("225.00", "200.00", "25.00", "0.00"),
    ]
    assert format_taka(schedule.charge) == "1250.00"


def test_the_monthly_example() -> None:
    monthly = {"frequency": "MONTHLY", "instalments": 12, "first_due_on": None}
    schedule = schedule_of(WEEKLY | monthly)

    assert {row[2] for row in in_words(schedule)[:-1]} == {"946.00"}
    assert in_words(schedule)[-1][2] == "941.00"
    assert format_taka(schedule.charge) == "1347.00"


def test_over_rounding_leaves_fewer_instalments_and_none_of_nothing() -> None:
    flat = WEEKLY | {"method": "FLAT", "annual_rate_percent": "12.5", "instalment_multiple": "25.00"}

    schedule = schedule_of(flat)

    assert [len(schedule.rows), figures(schedule, 1)[0][0], figures(schedule, 45)[0][0]] == [
        45,
        "250.00",
        "250.00",
    ]


@pytest.mark.rule("L2")
def test_flat_is_within_the_cap_or_not_by_its_calendar() -> None:
    flat = WEEKLY | {"method": "FLAT", "annual_rate_percent": "12.5"}

    unbroken = annual_percentage_rate(schedule_of(flat))
    with_holidays = annual_percentage_rate(schedule_of(flat | {"holidays": HOLIDAYS_OF_2025}))

    assert unbroken > 24 > with_holidays
    assert round(with_holidays, 1) == Decimal("23.1")


def test_the_yearly_rate_discounts_every_payment_back_to_the_principal() -> None:
    schedule = schedule_of(WEEKLY)
    daily = annual_percentage_rate(schedule) / 36500

    worth = sum(
        (row.total / (1 + daily) ** (row.due_on - schedule.disbursed_on).days for row in schedule.rows),
        Decimal(0),
    )

    assert abs(worth - schedule.principal) < Decimal("0.000001")


def test_an_instalment_by_days_is_the_exact_level_payment() -> None:
    exact = schedule_of(
        WEEKLY | {"interest_basis": "DAILY", "instalment_multiple": None, "round_last": False}
    )
    level = exact.rows[0].total

    left, before = Fraction(exact.principal), exact.disbursed_on
    for row in exact.rows:
        left = left * (1 + Fraction(24, 100) * (row.due_on - before).days / 365) - level
        before = row.due_on

    assert abs(left) < 46


@pytest.mark.rule("L3")
def test_a_holiday_is_skipped_or_paid_with_the_next() -> None:
    fourth = {"holidays": ["2025-02-12"]}

    skipped = schedule_of(WEEKLY | fourth)
    doubled = schedule_of(WEEKLY | fourth | {"holiday_rule": "NEXT_DOUBLE"})

    assert [skipped.rows[3].due_on, len(skipped.rows)] == [date(2025, 2, 19), 46]
    assert [doubled.rows[3].due_on, len(doubled.rows)] == [date(2025, 2, 19), 45]
    assert doubled.rows[3].total == 2 * doubled.rows[2].total
    assert doubled.charge == schedule_of(WEEKLY).charge


def test_a_monthly_meeting_on_a_holiday_stays_within_its_month() -> None:
    monthly = {"frequency": "MONTHLY", "instalments": 3, "first_due_on": "2025-01-22"}

    later = schedule_of(WEEKLY | monthly | {"holidays": ["2025-02-22"]})
    earlier = schedule_of(WEEKLY | monthly | {"first_due_on": "2025-01-27", "holidays": ["2025-02-27"]})

    assert later.rows[1].due_on == date(2025, 2, 15)
    assert earlier.rows[1].due_on == date(2025, 2, 20)


def test_a_last_day_of_the_month_comes_back_after_a_short_month() -> None:
    schedule = schedule_of(WEEKLY | {"frequency": "MONTHLY", "instalments": 3, "first_due_on": "2025-01-31"})

    assert [row.due_on for row in schedule.rows] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"principal_grace": 46}, GraceTooLong),
        ({"principal_grace": 2, "interest_grace": 2}, NothingInGrace),
        ({"principal_grace": 2, "annual_rate_percent": "0"}, NothingInGrace),
        (
            {"annual_rate_percent": "100", "frequency": "MONTHLY", "instalments": 60} | SIX_HUNDRED,
            InstalmentBelowCharge,
        ),
        ({"principal": "1.00", "instalments": 600, "instalment_multiple": None}, NothingPerInstalment),
    ],
)
def test_a_schedule_that_cannot_be_made_is_refused(
    terms: dict[str, Any], refusal: type[ScheduleImpossible]
) -> None:
    with pytest.raises(refusal):
        schedule_of(WEEKLY | terms)


def test_holidays_without_end_are_refused() -> None:
    february = [f"2025-02-{day:02d}" for day in (1, 8, 15, 22)]
    monthly = {"frequency": "MONTHLY", "first_due_on": "2025-01-22"}
    with pytest.raises(OnlyHolidays):
        schedule_of(WEEKLY | monthly | {"holidays": february})


def test_a_first_instalment_on_the_day_of_the_payout_is_refused() -> None:
    with pytest.raises(InvalidPayload):
        schedule_of(WEEKLY | {"first_due_on": "2025-01-07"})


def with_grace(quote: dict[str, Any], grace: tuple[int, int]) -> dict[str, Any]:
    """So many instalments come first that ask for less; what is refused anyhow proves nothing here."""
    principal, interest = grace if Decimal(quote["annual_rate_percent"]) else (0, sum(grace))
    instalments = quote["instalments"] + principal + interest
    return quote | {"instalments": instalments, "principal_grace": principal, "interest_grace": interest}


AGREED = st.fixed_dictionaries(
    {
        "principal": st.integers(1000, 1_000_000).map(lambda taka: f"{taka}.00"),
        "annual_rate_percent": st.integers(0, 600_000).map(lambda rate: f"{Decimal(rate) / 10_000:f}"),
        "instalments": st.integers(1, 60),
        "frequency": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
        "every": st.integers(1, 3),
        "method": st.sampled_from(["DECLINING", "FLAT"]),
        "amortization": st.sampled_from(["EQUAL_INSTALMENTS", "EQUAL_PRINCIPAL"]),
        "interest_basis": st.sampled_from(["PERIOD", "DAILY"]),
        "day_count": st.sampled_from(["ACTUAL_365", "ACTUAL_360", "THIRTY_360"]),
        "rounding": st.sampled_from(["HALF_EVEN", "HALF_UP"]),
        "instalment_multiple": st.sampled_from([None, "1.00", "5.00", "10.00"]),
        "multiple_rounding": st.sampled_from(["UP", "NEAREST"]),
        "round_last": st.booleans(),
        "flat_split": st.sampled_from(["PROPORTIONAL", "EVEN"]),
        "disbursed_on": st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat),
        "holiday_rule": st.sampled_from(["SKIP_EXTEND", "NEXT_DOUBLE"]),
    }
)
LONGEST_GRACE = 4
GRACE = st.integers(-LONGEST_GRACE, LONGEST_GRACE).map(lambda count: (max(count, 0), max(-count, 0)))
"""Of the principal or of the charge, never of both."""
TERMS = st.builds(with_grace, AGREED, GRACE)
AWAY = st.sets(st.integers(1, 400), max_size=25)


def made(quote: dict[str, Any]) -> Schedule:
    try:
        return schedule_of(quote)
    except ScheduleImpossible:
        assume(condition=False)
        raise


@settings(max_examples=CASES)
@given(TERMS, AWAY)
def test_any_schedule_pays_back_the_principal_and_nothing_is_owed_after_it(
    quote: dict[str, Any], away: set[int]
) -> None:
    start = date.fromisoformat(quote["disbursed_on"])
    holidays = {start + timedelta(days=days) for days in away}

    rows = made(quote | {"holidays": sorted(day.isoformat() for day in holidays)}).rows

    days = [row.due_on for row in rows]
    assert sum(row.principal for row in rows) == int(Decimal(quote["principal"]) * 100)
    assert all(row.total > 0 and row.principal >= 0 and row.charge >= 0 for row in rows)
    assert all(row.balance >= 0 for row in rows)
    assert rows[-1].balance == 0
    assert days == sorted(set(days))
    assert holidays.isdisjoint(days)
    assert days[0] > start


@settings(max_examples=CASES)
@given(TERMS)
def test_level_payments_are_equal_except_in_grace_and_the_last(quote: dict[str, Any]) -> None:
    rows = made(quote | {"amortization": "EQUAL_INSTALMENTS"}).rows
    free = max(quote["principal_grace"], quote["interest_grace"] and quote["interest_grace"] + 1)

    assert len({row.total for row in rows[free:-1]}) <= 1


@settings(max_examples=CASES)
@given(TERMS, st.integers(0, 600_000))
def test_more_rate_is_never_less_charge(quote: dict[str, Any], other: int) -> None:
    exact = quote | {"instalment_multiple": None, "round_last": False, "principal_grace": 0}
    rates = sorted([Decimal(quote["annual_rate_percent"]), Decimal(other) / 10_000])

    less, more = (made(exact | {"annual_rate_percent": f"{rate:f}"}) for rate in rates)

    assert less.charge <= more.charge
