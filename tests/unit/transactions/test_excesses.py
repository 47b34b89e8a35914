"""What was counted too much: whose it is, when it may become income, whose passbooks are drawn for it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.excess_errors import ExcessSmaller, ExcessTooYoung, PassbooksNotSeen
from transactions.domain.chart import CHART, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.excesses import Excess, Settling, entry_of, receipt_of, require_income, require_left
from transactions.domain.passbook_checks import Drawable, draw_of_samities

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.rule("M7")

EXCESS = "5f1d7f0b-2f0f-5d0a-9a51-6c0c8f1f7a01"
REQUEST = "5f1d7f0b-2f0f-5d0a-9a51-6c0c8f1f7a02"
COUNTED_ON = date(2026, 11, 23)
NINETY_DAYS_LATER = date(2027, 2, 21)
"""Seven days of November, 31 of December, 31 of January, 21 of February."""


def excess(**changes: Any) -> Excess:
    known = {"amount": Paisa(5000), "left": Paisa(5000), "passbooks_open": 0, "officer_id": "rahim"}
    return Excess(id=EXCESS, office_id="office", on=COUNTED_ON, **{**known, **changes})


def settling(member_id: str | None, amount: int) -> Settling:
    return Settling(
        id=REQUEST,
        excess_id=EXCESS,
        member_id=member_id,
        amount=Paisa(amount),
        reason="she paid twice",
        maker_id="accountant",
    )


def test_it_becomes_income_on_the_ninetieth_day_and_not_before() -> None:
    require_income(excess(), NINETY_DAYS_LATER)

    with pytest.raises(ExcessTooYoung) as refusal:
        require_income(excess(), date(2027, 2, 20))

    assert refusal.value.facts == {"from_on": "2027-02-21"}
    assert [excess().may_be_income(on) for on in (date(2027, 2, 20), NINETY_DAYS_LATER)] == [False, True]


def test_it_becomes_no_income_while_a_passbook_is_to_be_seen() -> None:
    with pytest.raises(PassbooksNotSeen) as refusal:
        require_income(excess(passbooks_open=2), NINETY_DAYS_LATER)

    assert refusal.value.facts == {"count": 2}
    assert not excess(passbooks_open=2).may_be_income(NINETY_DAYS_LATER)


def test_no_more_is_given_than_is_left_and_nothing_of_nothing() -> None:
    require_left(excess(left=Paisa(2000)), Paisa(2000))

    for left, amount in ((2000, 2001), (0, 0)):
        with pytest.raises(ExcessSmaller):
            require_left(excess(left=Paisa(left)), Paisa(amount))


@pytest.mark.parametrize(("member", "ledger"), [("amina", "2210"), (None, "4520")])
def test_it_goes_from_nobodys_to_hers_or_to_income(member: str | None, ledger: str) -> None:
    entry = entry_of(excess(), settling(member, 2000), OpenDay("office", date(2026, 11, 30)), "manager")

    debit, credit = entry.postings
    assert (debit.side, debit.amount, debit.row_id) == (Side.DEBIT, 2000, EXCESS)
    assert (credit.side, credit.amount) == (Side.CREDIT, 2000)
    ids = {code: OfficeAccount(CHART[code], "office", member).id for code in ("2210", "4520")}
    assert credit.account_id == ids[ledger]
    assert (entry.maker_id, entry.checker_id, entry.reason) == ("accountant", "manager", "she paid twice")


@pytest.mark.rule("M2")
def test_hers_keeps_the_day_on_which_it_was_really_received() -> None:
    receipt = receipt_of(excess(), settling("amina", 2000), "amina")

    assert (receipt.value_on, receipt.amount, receipt.code) == (COUNTED_ON, 2000, "FOUND_IN_EXCESS")


@pytest.mark.rule("P5")
@given(st.lists(st.integers(0, 4), max_size=90), st.sets(st.integers(0, 4)), st.text(max_size=8))
def test_of_each_samity_one_in_twenty_is_drawn_and_of_no_other(
    of: list[int], samities: set[int], seed: str
) -> None:
    members = [
        Drawable(member_id=f"{number}", samity_id=f"{samity}", officer_id="rahim", dormant=False, absences=0)
        for number, samity in enumerate(of)
    ]
    wanted = {f"{samity}" for samity in samities}

    drawn = draw_of_samities(members, sorted(wanted), seed=seed)

    there = Counter(member.samity_id for member in members if member.samity_id in wanted)
    assert Counter(member.samity_id for member in drawn) == {
        samity: (count + 19) // 20 for samity, count in there.items()
    }
    assert draw_of_samities(members[::-1], sorted(wanted), seed=seed) == drawn
