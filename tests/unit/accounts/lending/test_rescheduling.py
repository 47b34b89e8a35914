"""What is unpaid of a running loan is spread anew: sums stay, days rise, none is a holiday (L1)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.domain.lending.redating import Pace
from accounts.domain.lending.rescheduling import Begun, Parts, Wish, new_rows, rescheduled
from accounts.domain.lending.terms import Frequency, HolidayRule
from contracts.accounts.lending_errors import InstalmentBelowCharge, NothingPerInstalment
from contracts.accounts.reschedule_errors import NothingToReschedule, RescheduleDayUnfit
from contracts.money import Paisa
from contracts.transactions.lending_words import Split

if TYPE_CHECKING:
    from accounts.domain.lending.schedule import Row

pytestmark = pytest.mark.rule("L1")
MONDAY = date(2026, 11, 23)
A_WEEK = timedelta(days=7)
WEEKLY = Pace(Frequency.WEEKLY, 1, HolidayRule.SKIP_EXTEND)
PAGE = (Path(__file__).resolve().parents[4] / "docs" / "lending.md").read_text()


def parts(principal: int, charge: int) -> Parts:
    return Parts(Paisa(principal), Paisa(charge))


def begun(
    paid: tuple[int, int], whole: tuple[int, int] = (10_000_00, 1_129_00), split: Split = Split.BY_INSTALMENT
) -> Begun:
    return Begun(parts(*whole), parts(*paid), split)


def in_instalments(number: int, first: date = MONDAY + A_WEEK) -> Wish:
    return Wish(first, number, None)


def of_amount(taka: int, first: date = MONDAY + A_WEEK) -> Wish:
    return Wish(first, None, Paisa(taka * 100))


def plain(row: Row) -> tuple[date, int, int]:
    return row.due_on, row.principal, row.charge


def test_what_was_paid_is_one_row_of_the_day_and_the_rest_is_spread() -> None:
    """6,000 taka are left with 600 of charge: ten times 660, each 600 and 60."""
    rows = rescheduled(begun((4_000_00, 529_00)), in_instalments(10), MONDAY, WEEKLY, ())

    assert plain(rows[0]) == (MONDAY, 4_000_00, 529_00)
    assert [plain(row) for row in rows[1:]] == [
        (MONDAY + number * A_WEEK, 600_00, 60_00) for number in range(1, 11)
    ]
    assert [row.balance for row in rows] == [6_000_00 - number * 600_00 for number in range(11)]


def test_an_amount_says_how_many_instalments_there_are() -> None:
    """6,600 taka at 500: thirteen of 500 and a last one of 100."""
    rows = rescheduled(begun((4_000_00, 529_00)), of_amount(500), MONDAY, WEEKLY, ())

    assert [row.total for row in rows[1:]] == [500_00] * 13 + [100_00]


def test_without_a_payment_all_is_spread() -> None:
    rows = rescheduled(begun((0, 0)), in_instalments(53), MONDAY, WEEKLY, ())

    assert len(rows) == 53
    assert new_rows(rows, MONDAY) == rows


def test_a_meeting_on_a_holiday_is_left_out_and_the_number_stays() -> None:
    rows = rescheduled(begun((0, 0)), in_instalments(4), MONDAY, WEEKLY, {MONDAY + 2 * A_WEEK})

    assert [row.due_on for row in rows] == [MONDAY + number * A_WEEK for number in (1, 3, 4, 5)]


def test_monthly_instalments_keep_the_weekday_of_the_month() -> None:
    pace = Pace(Frequency.MONTHLY, 1, HolidayRule.SKIP_EXTEND)
    first = date(2026, 12, 14)

    rows = rescheduled(begun((0, 0)), in_instalments(3, first), MONDAY, pace, {date(2027, 1, 11)})

    assert [row.due_on for row in rows] == [first, date(2027, 1, 18), date(2027, 2, 8)]


def test_what_is_refused() -> None:
    with pytest.raises(NothingToReschedule):
        rescheduled(begun((10_000_00, 1_000_00)), in_instalments(3), MONDAY, WEEKLY, ())
    with pytest.raises(RescheduleDayUnfit):
        rescheduled(begun((0, 0)), in_instalments(3, MONDAY), MONDAY, WEEKLY, ())
    with pytest.raises(NothingPerInstalment):
        rescheduled(begun((9_999_00, 1_129_00)), in_instalments(3), MONDAY, WEEKLY, ())
    with pytest.raises(NothingPerInstalment):
        rescheduled(begun((0, 0)), of_amount(1), MONDAY, WEEKLY, ())
    with pytest.raises(InstalmentBelowCharge):
        rescheduled(begun((9_999_99, 0)), in_instalments(500), MONDAY, WEEKLY, ())


days = st.dates(MONDAY, MONDAY + timedelta(days=700))


@given(
    principal=st.integers(100, 5_000_000),
    charge=st.integers(0, 1_200_000),
    share=st.fractions(0, 1),
    wish=st.one_of(
        st.builds(in_instalments, st.integers(1, 120)), st.builds(of_amount, st.integers(50, 5_000))
    ),
    split=st.sampled_from(Split),
    frequency=st.sampled_from(Frequency),
    every=st.integers(1, 3),
    holidays=st.sets(days, max_size=20),
)
def test_sums_are_kept_days_rise_and_every_instalment_is_more_than_nothing(
    *,
    principal: int,
    charge: int,
    share: Fraction,
    wish: Wish,
    split: Split,
    frequency: Frequency,
    every: int,
    holidays: set[date],
) -> None:
    paid = int((principal + charge) * share)
    if split is Split.PROPORTIONAL:
        of_principal = int(Fraction(paid * principal, principal + charge) + Fraction(1, 2))
    else:
        of_principal = max(paid - charge, int(paid * Fraction(principal, principal + charge)))
    loan = begun((of_principal, paid - of_principal), (principal, charge), split)
    try:
        rows = rescheduled(loan, wish, MONDAY, Pace(frequency, every, HolidayRule.SKIP_EXTEND), holidays)
    except (NothingToReschedule, RescheduleDayUnfit, NothingPerInstalment, InstalmentBelowCharge):
        assume(False)

    new = [row for row in rows if row.due_on > MONDAY]
    dates = [row.due_on for row in rows]
    assert sum(row.principal for row in rows) == principal
    assert sum(row.charge for row in rows) == charge
    assert sum(row.total for row in rows if row.due_on <= MONDAY) == paid
    assert dates == sorted(set(dates))
    assert not {row.due_on for row in new} & holidays
    assert all(row.principal > 0 and row.charge >= 0 for row in new)
    assert {row.total % 100 for row in new[:-1]} <= {0}
    assert len({row.total for row in new[:-1]}) <= 1
    if split is Split.PROPORTIONAL:
        reached = 0
        for row in rows:
            reached += row.total
            told = sum(one.principal for one in rows[: rows.index(row) + 1])
            assert told == int(Fraction(reached * principal, principal + charge) + Fraction(1, 2))


def test_the_example_of_the_page_is_what_its_terms_make() -> None:
    """The table under "Rescheduling a loan" in docs/lending.md."""
    section = PAGE.split("## Rescheduling a loan")[1].split("\n## ")[0]
    (told,) = re.findall(r"```json\n(.+?)\n```", section)
    terms = json.loads(told)
    whole, paid = (
        tuple(int(Decimal(terms[name][part]) * 100) for part in ("principal", "charge"))
        for name in ("whole", "paid")
    )
    wish = in_instalments(terms["instalments"], date.fromisoformat(terms["first_due_on"]))

    rows = rescheduled(begun(paid, whole), wish, date.fromisoformat(terms["on"]), WEEKLY, ())

    made = {
        str(row.number): [row.due_on.isoformat()]
        + [f"{Decimal(amount) / 100:.2f}" for amount in (row.total, row.principal, row.charge, row.balance)]
        for row in rows
    }
    lines = re.findall(r"^\| (\d+) \| (.+) \|$", section, re.MULTILINE)
    assert {"1", "2", str(len(rows))} <= {number for number, _ in lines}
    for number, cells in lines:
        assert made[number] == [cell.strip() for cell in cells.split("|")]
