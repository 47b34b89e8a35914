"""Whose passbooks are drawn: one in twenty of each officer, every samity within a year, the quiet sooner."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import PersonExcluded
from contracts.money import Paisa
from contracts.transactions.passbook_check_errors import PassbookIncomplete, PassbookInMotion
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.accounts import MemberAccount
from transactions.domain.passbook_checks import (
    Check,
    Drawable,
    check_of,
    compared,
    draw,
    require_checker,
    state_after,
)

pytestmark = pytest.mark.rule("P5")

BRANCHES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 4), st.booleans(), st.integers(0, 6)),
    min_size=1,
    max_size=120,
)
"""Members by officer, by which of his samities, and how they are."""


def people(drawn: list[tuple[str, int, bool, int]]) -> list[Drawable]:
    return [
        Drawable(
            member_id=f"member {number}",
            samity_id=f"samity {officer}{samity}",
            officer_id=f"officer {officer}",
            dormant=dormant,
            absences=absences,
        )
        for number, (officer, samity, dormant, absences) in enumerate(drawn)
    ]


@given(BRANCHES, st.text("0123456789abcdef", min_size=8, max_size=8))
def test_of_each_officer_at_least_one_in_twenty_and_no_stranger(
    drawn: list[tuple[str, int, bool, int]], seed: str
) -> None:
    members = people(drawn)
    found = draw(members, seed=seed, looked_at={})

    wanted = Counter(member.officer_id for member in members)
    came = Counter(member.officer_id for member in found)
    assert all(20 * came[officer] >= count for officer, count in wanted.items())
    assert len(set(found)) == len(found)
    assert set(found) <= set(members)
    turns = -(-len({member.samity_id for member in members}) // 12)
    assert len(found) <= sum(-(-count // 20) for count in wanted.values()) + turns


@given(BRANCHES, st.text("0123456789abcdef", min_size=8, max_size=8))
def test_who_knows_the_seed_draws_the_same_again(drawn: list[tuple[str, int, bool, int]], seed: str) -> None:
    members = people(drawn)

    assert draw(members[::-1], seed=seed, looked_at={}) == draw(members, seed=seed, looked_at={})


@pytest.mark.parametrize("samities", [1, 7, 12, 13, 40])
def test_every_samity_comes_within_any_twelve_months(samities: int) -> None:
    members = [
        Drawable(member_id=f"{s} {n}", samity_id=f"{s}", officer_id=f"{s % 3}", dormant=False, absences=0)
        for s in range(samities)
        for n in range(3)
    ]
    looked_at: dict[str, date] = {}
    months = [date(2026 + month // 12, month % 12 + 1, 1) for month in range(36)]
    seen = []
    for month in months:
        found = draw(members, seed=month.isoformat(), looked_at=looked_at)
        seen.append({member.samity_id for member in found})
        looked_at |= dict.fromkeys(seen[-1], month)

    everything = {member.samity_id for member in members}
    assert all(set().union(*seen[at : at + 12]) == everything for at in range(len(seen) - 11))


@pytest.mark.parametrize("quiet", [{"dormant": True}, {"absences": 3}])
def test_who_is_dormant_or_often_absent_is_drawn_far_more_often(quiet: dict[str, int]) -> None:
    common = {"officer_id": "his", "dormant": False, "absences": 2}
    members = [
        Drawable(member_id=f"{n}", samity_id="one", **(common | (quiet if n % 2 else {}))) for n in range(20)
    ]
    drawn = Counter(
        int(member.member_id) % 2
        for number in range(400)
        for member in draw(members, seed=f"seed {number}", looked_at={})
    )
    assert drawn[1] > 2 * drawn[0] > 0


@pytest.mark.parametrize(
    ("on", "due_on"), [(date(2026, 12, 1), date(2026, 12, 31)), (date(2026, 12, 28), date(2027, 1, 11))]
)
def test_there_is_the_month_for_looking_and_two_weeks_at_least(on: date, due_on: date) -> None:
    assert drawn_check(on).due_on == due_on


def drawn_check(on: date = date(2026, 12, 1)) -> Check:
    member = Drawable(member_id="she", samity_id="one", officer_id="officer", dormant=False, absences=0)
    return check_of(member, "branch", on)


def account(name: str, balance: int, ledger: str = "2110", pending_in: int = 0) -> MemberAccount:
    return MemberAccount(
        id=name,
        member_id="she",
        office_id="branch",
        code=name,
        ledger=ledger,
        product_name_bn="",
        product_name_en="",
        balance=Paisa(balance),
        pending_in=Paisa(pending_in),
        pending_out=Paisa(500),
        closed=False,
    )


def test_the_paper_has_her_savings_on_their_way_and_never_what_is_only_promised() -> None:
    papers = compared([account("savings", 10_000, pending_in=2_000)], {"savings": Paisa(12_000)})

    assert state_after(papers) is PassbookCheckState.MATCHED
    one_off = compared(
        [account("savings", 10_000), account("loan", 70_000, "1310")],
        {"savings": Paisa(10_001), "loan": Paisa(70_000)},
    )
    assert state_after(one_off) is PassbookCheckState.DIFFERS


@pytest.mark.parametrize("typed", [{}, {"savings": 1, "another": 1}, {"another": 1}])
def test_each_account_is_typed_and_no_other(typed: dict[str, int]) -> None:
    with pytest.raises(PassbookIncomplete):
        compared([account("savings", 1)], {key: Paisa(value) for key, value in typed.items()})


def test_a_loan_is_compared_when_its_instalment_is_in_the_book() -> None:
    with pytest.raises(PassbookInMotion):
        compared([account("loan", 70_000, "1310", pending_in=500)], {"loan": Paisa(70_000)})


def test_nobody_looks_at_what_he_wrote_himself_or_at_his_kin() -> None:
    require_checker(drawn_check(), "manager", ())
    for person, kin in (("officer", ()), ("manager", ("she",))):
        with pytest.raises(PersonExcluded):
            require_checker(drawn_check(), person, kin)
