"""Interest on savings: the trade's example, another system's figures, and a second way of counting."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import NOTHING, Paisa
from transactions.domain.chart import Ledgers
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.earning import BookedDay, Earner, Past
from transactions.domain.savings.interest import (
    Account,
    InterestMethod,
    InterestRules,
    Rate,
    accruals,
    compounded_daily,
    month_interest,
)

PEERS = {
    peer["id"]: peer
    for peer in json.loads((Path(__file__).parents[2] / "support" / "peer_savings.json").read_text())[
        "vectors"
    ]
}
UNITS = 10_000
"""The other system keeps four decimals."""
START = date(2025, 1, 1)
SIX_PERCENT = (Rate(date(2020, 1, 1), 600),)


def half_even(numerator: int, denominator: int) -> int:
    """The rounding of the other system, by the standard library."""
    return int((Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), ROUND_HALF_EVEN))


def peer(name: str, days: int) -> tuple[int, tuple[int, ...]]:
    """The balance at the start and what is posted each day, in the other system's units."""
    told: dict[str, Any] = PEERS[name]
    amounts = [
        Decimal(event.get("deposit", "0").split()[0])
        - Decimal(event.get("withdraw", "0"))
        - Decimal(event.get("fee", "0"))
        for event in told["events"]
    ]
    balance = int(sum(amounts, Decimal(0)) * UNITS)
    rate = int(Decimal(told["params"]["annual_rate_percent"]) * 100)
    least = int(Decimal(told["params"].get("min_balance_for_interest", "0")) * UNITS)
    return balance, compounded_daily(balance, rate, days, minimum_balance=least, divide=half_even)


def units(text: str) -> int:
    return int(Decimal(text) * UNITS)


def test_one_day_and_the_next_are_what_another_system_posts() -> None:
    _, (first,) = peer("SAV-001", 1)
    _, (_, second) = peer("SAV-002", 2)

    assert first == units(PEERS["SAV-001"]["expected"]["interest"])
    assert second == units(PEERS["SAV-002"]["expected"]["interest"])


def test_two_days_after_a_withdrawal_with_a_fee_are_what_another_system_holds() -> None:
    balance, posted = peer("SAV-005", PEERS["SAV-005"]["expected"]["after_days"])

    assert balance + sum(posted) == units(PEERS["SAV-005"]["expected"]["balance"])


def test_below_the_minimum_nothing_is_earned() -> None:
    assert PEERS["SAV-008"]["expected"]["interest"] is None
    assert sum(peer("SAV-008", 30)[1]) == 0


def rules(method: InterestMethod, **more: Any) -> InterestRules:
    return InterestRules(**{"method": method, "rates": SIX_PERCENT} | more)


def test_the_average_of_opening_and_closing_makes_seventy_eight_taka_in_half_a_year() -> None:
    monthly = [Movement(date(2025, month, 15), Paisa(200_00)) for month in range(7, 13)]
    account = Account(date(2024, 1, 1), [Movement(date(2024, 1, 1), Paisa(2_000_00)), *monthly])

    owed = accruals(rules(InterestMethod.AVERAGE_OPEN_CLOSE), account, date(2025, 7, 1), 6)

    assert sum(owed) == 78_00


def test_each_method_looks_at_its_own_balance() -> None:
    moved = [Movement(START, Paisa(1_000_00)), Movement(date(2025, 2, 11), Paisa(-400_00))]
    account = Account(START, [*moved, Movement(date(2025, 2, 21), Paisa(900_00))])
    february = {method: month_interest(rules(method), account, date(2025, 2, 1)) for method in InterestMethod}

    assert february[InterestMethod.MONTHLY_MINIMUM] == Fraction(600_00 * 6, 1200)
    assert february[InterestMethod.MONTHLY_LAST] == Fraction(1_500_00 * 6, 1200)
    assert february[InterestMethod.AVERAGE_OPEN_CLOSE] == Fraction(1_250_00 * 6, 1200)
    assert february[InterestMethod.DAILY_PRODUCT] == Fraction(
        (10 * 1_000_00 + 10 * 600_00 + 8 * 1_500_00) * 6, 36500
    )


@pytest.mark.parametrize(
    "refusal",
    [
        {"withdrawal_stops_interest": True},
        {"minimum_age_months": 3},
        {"minimum_balance": Paisa(2_000_00)},
        {"rates": (Rate(date(2025, 3, 1), 600),)},
    ],
)
@pytest.mark.parametrize("method", list(InterestMethod))
def test_a_month_may_earn_nothing(method: InterestMethod, refusal: dict[str, Any]) -> None:
    account = Account(START, [Movement(START, Paisa(1_000_00)), Movement(date(2025, 2, 11), Paisa(-100_00))])

    assert month_interest(rules(method, **refusal), account, date(2025, 2, 1)) == 0


MOVES = st.lists(st.tuples(st.integers(0, 364), st.integers(-50_000, 200_000)), max_size=30)
RATES = st.lists(st.tuples(st.integers(0, 364), st.integers(0, 1200)), max_size=4)


def by_hand(moves: list[tuple[int, int]], rates: list[tuple[int, int]], least: int) -> Fraction:
    """A year's daily product, a day after another."""
    total = Fraction(0)
    for day in range(365):
        balance = sum(amount for moved, amount in moves if moved <= day)
        rate = next((bps for begun, bps in reversed(rates) if begun <= day), 0)
        if balance >= max(least, 0):
            total += Fraction(balance * rate, 3_650_000)
    return total


@given(MOVES, RATES, st.integers(0, 100_000))
def test_a_year_of_accruals_is_the_year_rounded_once(
    moves: list[tuple[int, int]], rates: list[tuple[int, int]], least: int
) -> None:
    rates = sorted(dict(rates).items())
    account = Account(
        START, [Movement(START + timedelta(days=day), Paisa(amount)) for day, amount in sorted(moves)]
    )
    said = InterestRules(
        method=InterestMethod.DAILY_PRODUCT,
        rates=[Rate(START + timedelta(days=day), bps) for day, bps in rates],
        minimum_balance=Paisa(least),
    )

    owed = accruals(said, account, START, 12)

    assert abs(sum(owed) - by_hand(moves, rates, least)) <= Fraction(1, 2)


def saver(moved: list[Movement], **terms: Any) -> Earner:
    """An account of the terms that are given, of which interest was never posted."""
    agreement = Agreement(
        account_id="hers",
        member_id="she",
        office_id="here",
        ledger=Ledgers.GENERAL_SAVINGS.code,
        opened_on=START,
        terms={"annual_rate_bps": 600, **terms},
    )
    return Earner(agreement=agreement, opening=0, movements=moved, counted_to=None, provided=NOTHING)


LAST_DAYS = [date(2025, month, 1) - timedelta(days=1) for month in range(2, 13)] + [date(2025, 12, 31)]
TERMS = st.fixed_dictionaries(
    {
        "interest_method": st.sampled_from([None, *InterestMethod]),
        "interest_minimum_age_months": st.integers(0, 3),
        "interest_withdrawal_stops": st.booleans(),
    }
)


@pytest.mark.rule("M15")
@given(MOVES, TERMS)
def test_what_is_put_aside_month_by_month_is_what_is_posted(
    moves: list[tuple[int, int]], terms: dict[str, Any]
) -> None:
    """Also where money of an earlier month is known only later: the next month takes it in."""
    moved = [Movement(START + timedelta(days=day), Paisa(amount)) for day, amount in sorted(moves)]
    aside = NOTHING
    for number, last in enumerate(LAST_DAYS):
        known = [each for place, each in enumerate(moved) if place % 3 or number > 5]
        aside = Paisa(aside + replace(saver(known, **terms), provided=aside).accrual(last))

    assert aside == saver(moved, **terms).earned(LAST_DAYS[-1])


@given(MOVES, RATES, st.integers(0, 100_000), st.integers(1, 364))
def test_days_counted_at_once_are_the_days_of_the_months(
    moves: list[tuple[int, int]], rates: list[tuple[int, int]], least: int, through: int
) -> None:
    rates = sorted(dict(rates).items())
    moved = [Movement(START + timedelta(days=day), Paisa(amount)) for day, amount in sorted(moves)]
    dated = [{"from_on": (START + timedelta(days=day)).isoformat(), "bps": bps} for day, bps in rates]
    terms = {"interest_rates": dated, "interest_minimum_balance": f"{least // 100}.{least % 100:02d}"}
    total = Fraction(0)
    for day in range(through + 1):
        balance = sum(amount for since, amount in moves if since <= day)
        rate = next((bps for begun, bps in reversed(rates) if begun <= day), 0 if rates else 600)
        total += Fraction(balance * rate, 3_650_000) if balance >= max(least, 0) else 0

    posted = saver(moved, **terms).earned(START + timedelta(days=through))

    assert abs(posted - total) <= Fraction(1, 2)


FEW_MOVES = st.lists(st.tuples(st.integers(0, 364), st.integers(0, 200_000)), max_size=6)


@pytest.mark.rule("M2")
@given(FEW_MOVES, st.integers(0, 180), st.integers(-20_000, 50_000))
def test_late_money_changes_each_half_year_by_what_it_would_have_earned(
    moves: list[tuple[int, int]], on: int, amount: int
) -> None:
    """Put right afterwards, or known in time: the same interest, though each is rounded by itself."""
    ends = [date(2025, 6, 30), date(2025, 12, 31)]
    moved = [Movement(START + timedelta(days=day), Paisa(each)) for day, each in sorted(moves)]
    late = Movement(START + timedelta(days=on), amount)

    known = sorted([*moved, late], key=lambda each: each.on)
    without, right = half_years(moved, ends), half_years(known, ends)
    days: dict[date, BookedDay] = {}
    for each in known:
        total = days[each.on].total if each.on in days else 0
        days[each.on] = BookedDay(each.on, total + each.amount, 0)
    for end, interest in zip(ends, without, strict=True):
        total = days[end].total if end in days else 0
        days[end] = BookedDay(end, total + interest, interest)
    past = Past(
        agreement=saver([]).agreement,
        days=[days[on] for on in sorted(days)],
        late=[late],
        counted=ends,
    )
    put_right = {each.on: each.amount for each in past.corrections()}

    assert [each + put_right.get(end, 0) for each, end in zip(without, ends, strict=True)] == right


def half_years(moved: list[Movement], ends: list[date]) -> list[int]:
    """What is posted at each end, day after day counted, each posting earning in the next half-year."""
    posted: list[int] = []
    first = START
    for end in ends:
        total = Fraction(0)
        for number in range((end - first).days + 1):
            day = first + timedelta(days=number)
            balance = sum(each.amount for each in moved if each.on <= day) + sum(posted)
            total += Fraction(max(0, balance) * 600, 3_650_000)
        posted.append(int(total + Fraction(1, 2)))
        first = end + timedelta(days=1)
    return posted


def test_a_broken_month_counts_its_days_whatever_the_method() -> None:
    """1,000 taka from New Year to the 14th of March: two months by the average, then fourteen days."""
    moved = [Movement(START, Paisa(1_000_00))]
    exact = Fraction(500_00 * 6, 1200) + Fraction(1_000_00 * 6, 1200) + Fraction(14 * 1_000_00 * 6, 36_500)

    earned = saver(moved, interest_method="average_open_close").earned(date(2025, 3, 14))

    assert earned == int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("eligible", "months"), [(None, 12), (True, 12), (False, 8)], ids=["silent", "eligible", "not eligible"]
)
def test_a_sleeping_member_earns_as_her_terms_say(eligible: bool | None, months: int) -> None:
    """Last seen on the 1st of January 2025, asleep from the 1st of September on: eight months were agreed."""
    hers = saver(
        [Movement(START, Paisa(12_000_00))],
        interest_method="monthly_last",
        interest_dormant_eligible=eligible,
        dormant_after_months=8,
    )
    asleep = replace(hers, agreement=replace(hers.agreement, dormant_since=START))

    assert asleep.earned(date(2025, 12, 31)) == months * 60_00
    assert hers.earned(date(2025, 12, 31)) == 12 * 60_00
