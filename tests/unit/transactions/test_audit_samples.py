"""Samples: who knows the seed draws the same again, and everything is as likely as everything else (P12)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import InvalidPayload
from contracts.transactions.audit_sample_errors import NothingToDraw, NotOfMembers
from contracts.transactions.audit_sample_words import SampleOf
from transactions.domain.audit_samples import Wanted, draw, require_members, require_over, require_period

pytestmark = pytest.mark.rule("P12")

THINGS = st.sets(st.uuids().map(str), min_size=1, max_size=60)
SEEDS = st.text("0123456789abcdef", min_size=8, max_size=8)


def wanted(of: SampleOf = SampleOf.MEMBERS, to_on: date = date(2026, 11, 30)) -> Wanted:
    return Wanted(office_id="branch", of=of, from_on=date(2026, 11, 1), to_on=to_on, size=5)


@given(THINGS, SEEDS, st.integers(1, 70))
def test_as_many_as_are_wanted_of_what_there_is(things: set[str], seed: str, size: int) -> None:
    drawn = draw(things, seed=seed, size=size)

    assert len(drawn) == len(set(drawn)) == min(size, len(things))
    assert set(drawn) <= things


@given(THINGS, SEEDS, st.integers(1, 70))
def test_who_knows_the_seed_draws_the_same_again(things: set[str], seed: str, size: int) -> None:
    drawn = draw(sorted(things), seed=seed, size=size)

    assert draw(sorted(things, reverse=True), seed=seed, size=size) == drawn
    assert draw(sorted(things), seed=seed, size=len(things))[:size] == drawn


def test_nothing_is_likelier_than_anything_else() -> None:
    """Of twenty things five, a thousand times: each about 250 times; four deviations are 55 either way."""
    things = [f"thing {number}" for number in range(20)]
    drawn = Counter(one for number in range(1000) for one in draw(things, seed=f"{number}", size=5))

    assert set(drawn) == set(things)
    assert all(195 <= times <= 305 for times in drawn.values())


def test_of_nothing_nothing_is_drawn() -> None:
    with pytest.raises(NothingToDraw):
        draw((), seed="seed", size=5)


def test_a_period_ends_after_it_begins_and_letters_go_to_members() -> None:
    require_period(wanted(to_on=date(2026, 11, 1)))
    require_members(wanted())
    with pytest.raises(InvalidPayload):
        require_period(wanted(to_on=date(2026, 10, 31)))
    with pytest.raises(NotOfMembers):
        require_members(wanted(SampleOf.ENTRIES))


def test_letters_wait_until_the_branch_has_closed_their_day() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    for on in (date(2026, 11, 1), monday):
        require_over(on, monday)
    for last_closed in (monday, None):
        with pytest.raises(InvalidPayload):
            require_over(tuesday, last_closed)
