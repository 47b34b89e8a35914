"""What is in the file, the old ledger and the book, side by side; the rest is in suspense (P13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.cut_over.totals import Key, Sum, compare, left_in_suspense
from contracts.accounts.cut_over_words import CutOverSheet
from contracts.money import Paisa

pytestmark = pytest.mark.rule("P13")
GS: Key = (CutOverSheet.SAVINGS, "GS")
JAG: Key = (CutOverSheet.LOANS, "JAG")


def test_differences_are_told_by_product_and_add_up_in_suspense() -> None:
    """The old ledger owes 120 where accounts say 100, and has lent 90 where loans say 95: 25 are credited."""
    file = {GS: Sum(2, Paisa(100_00)), JAG: Sum(1, Paisa(95_00))}

    compared = compare(file, {GS: Paisa(120_00), JAG: Paisa(90_00)}, None)

    assert {one.product: one.difference for one in compared} == {"GS": 20_00, "JAG": -5_00}
    assert left_in_suspense(compared) == -25_00
    assert not any(one.is_whole for one in compared)


def test_a_book_that_took_in_less_is_not_whole() -> None:
    file = {GS: Sum(2, Paisa(100_00))}

    (whole,) = compare(file, {}, {GS: Sum(2, Paisa(100_00))})
    (fewer,) = compare(file, {}, {GS: Sum(1, Paisa(100_00))})
    (none,) = compare(file, {}, {})

    assert (whole.is_whole, fewer.is_whole, none.is_whole) == (True, False, False)
    assert whole.difference is None


_SUMS = st.dictionaries(
    st.tuples(st.sampled_from([CutOverSheet.SAVINGS, CutOverSheet.LOANS]), st.sampled_from("ABC")),
    st.integers(0, 10**9),
)


@given(file=_SUMS, ledger=_SUMS)
def test_suspense_is_what_a_trial_balance_of_both_would_differ_by(
    file: dict[Key, int], ledger: dict[Key, int]
) -> None:
    typed = {**dict.fromkeys(file, 0), **ledger}
    compared = compare(
        {key: Sum(1, Paisa(amount)) for key, amount in file.items()},
        {key: Paisa(amount) for key, amount in typed.items()},
        None,
    )

    def net(sums: dict[Key, int]) -> int:
        """What stands on the debit side: loans less savings."""
        return sum(amount if key[0] is CutOverSheet.LOANS else -amount for key, amount in sums.items())

    assert left_in_suspense(compared) == net(typed) - net(file)
