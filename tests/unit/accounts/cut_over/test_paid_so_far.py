"""What the old books took on deposits for a term has days, so that nothing of it counts as missed (P13)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.cut_over.branch import OldSavings
from accounts.domain.cut_over.plan import paid_so_far
from contracts.accounts.product_words import Family
from contracts.money import Paisa

pytestmark = pytest.mark.rule("P13")
ON = date(2026, 11, 26)


def account(deposited: int, amount: int | None = 500_00) -> OldSavings:
    return OldSavings(
        row=2,
        source_id="S-1",
        member="M-1",
        product="DPS",
        opened_on=date(2026, 8, 31),
        amount=None if amount is None else Paisa(amount),
        months=36,
        deposited=Paisa(deposited),
        withdrawn=Paisa(0),
        interest=Paisa(0),
        balance=Paisa(deposited),
        last_receipt=None,
    )


def test_instalments_are_a_month_apart_and_none_is_after_the_day() -> None:
    """The last day of August, of September and of October; the fourth was paid ahead, the fifth in part."""
    assert paid_so_far(account(2_100_00), Family.TERM, ON) == (
        (date(2026, 8, 31), 500_00),
        (date(2026, 9, 30), 500_00),
        (date(2026, 10, 31), 500_00),
        (ON, 500_00),
        (ON, 100_00),
    )


def test_a_lump_was_paid_when_it_was_opened() -> None:
    assert paid_so_far(account(20_000_00, 20_000_00), Family.LUMP, ON) == ((date(2026, 8, 31), 20_000_00),)


@pytest.mark.parametrize("family", [Family.GENERAL, Family.VOLUNTARY])
def test_other_savings_have_no_instalments(family: Family) -> None:
    assert paid_so_far(account(2_000_00, None), family, ON) == ()


@given(deposited=st.integers(0, 10**8), amount=st.integers(100_00, 10**6))
def test_nothing_that_was_deposited_is_left_out(deposited: int, amount: int) -> None:
    parts = paid_so_far(account(deposited, amount), Family.TERM, ON)

    assert sum(part for _, part in parts) == deposited
    assert all(on <= ON for on, _ in parts)
