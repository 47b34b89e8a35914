"""What must be so before an officer has left, and who may sign what (P8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.officer_leaving_errors import (
    LeavingIsOver,
    LeavingUnfinished,
    ListHasMoved,
    NotYoursToSign,
)
from contracts.transactions.officer_leaving_words import LeavingCheck
from transactions.domain.officer_leavings import (
    Leaving,
    Line,
    Standing,
    checklist,
    digest_of,
    drawn,
    passbooks_of,
    require_finished,
    require_handed_over,
    require_running,
    require_signer,
)
from transactions.domain.passbook_checks import Drawable

pytestmark = pytest.mark.rule("P8")
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
LEAVING = Leaving(
    id="l",
    office_id="o",
    officer_id="leaves",
    successor_id="follows",
    reason="r",
    begun_by="manager",
    begun_on=date(2026, 11, 23),
    begun_at=AT,
    fingerprint="f",
)
LINES = [
    Line(member_id="a", savings=Paisa(10000), loans=Paisa(0)),
    Line(member_id="b", savings=Paisa(2500), loans=Paisa(700000)),
]
UNSIGNED = drawn("s", LINES, number=1, at=AT)
SIGNED = replace(UNSIGNED, officer_signed_at=AT, successor_signed_at=AT)
FREE = Standing(
    open_sheets=0,
    open_handovers=0,
    cash=Paisa(0),
    receivable=Paisa(0),
    samities=frozenset(),
    may_work=False,
)


def missing(standing: Standing = FREE, sheet=SIGNED, now: str | None = None) -> set[LeavingCheck]:
    checks = checklist([sheet], standing, {"s": digest_of(LINES) if now is None else now})
    return {check for check, done in checks.items() if not done}


def test_a_list_adds_its_lines_up() -> None:
    assert (UNSIGNED.members, UNSIGNED.savings, UNSIGNED.loans) == (2, 12500, 700000)


def test_nothing_is_missing_where_all_is_so() -> None:
    assert missing() == set()
    require_finished(checklist([SIGNED], FREE, {"s": digest_of(LINES)}))


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"open_sheets": 1}, LeavingCheck.NOTHING_OPEN),
        ({"open_handovers": 1}, LeavingCheck.NOTHING_OPEN),
        ({"cash": Paisa(1)}, LeavingCheck.NO_CASH),
        ({"cash": Paisa(-1)}, LeavingCheck.NO_CASH),
        ({"samities": frozenset({"s"})}, LeavingCheck.SAMITIES_GIVEN),
        ({"may_work": True}, LeavingCheck.ACCESS_OFF),
    ],
)
def test_each_thing_holds_him_by_itself(change: dict[str, object], check: LeavingCheck) -> None:
    standing = replace(FREE, **change)

    assert missing(standing) == {check}
    with pytest.raises(LeavingUnfinished) as refusal:
        require_finished(checklist([SIGNED], standing, {"s": digest_of(LINES)}))
    assert refusal.value.facts["missing"] == [str(check)]


def test_what_he_owes_is_listed_and_holds_him_not() -> None:
    assert missing(replace(FREE, receivable=Paisa(50000))) == set()


@pytest.mark.parametrize(
    "sheet",
    [
        UNSIGNED,
        replace(UNSIGNED, officer_signed_at=AT),
        replace(UNSIGNED, successor_signed_at=AT),
    ],
)
def test_both_sign(sheet) -> None:
    assert missing(sheet=sheet) == {LeavingCheck.LISTS_SIGNED}


def test_what_moves_after_both_have_signed_is_no_longer_his() -> None:
    assert missing(now="another") == set()


def test_as_long_as_the_samity_is_his_signatures_count_for_the_balances_that_were_signed() -> None:
    still_his = replace(FREE, samities=frozenset({"s"}))

    assert missing(still_his, now="another") == {LeavingCheck.SAMITIES_GIVEN, LeavingCheck.LISTS_SIGNED}


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"samities": frozenset({"s"})}, LeavingCheck.SAMITIES_GIVEN),
        ({"open_sheets": 1}, LeavingCheck.NOTHING_OPEN),
        ({"open_handovers": 1}, LeavingCheck.NOTHING_OPEN),
    ],
)
def test_a_list_is_signed_when_nothing_of_his_can_move_it(
    change: dict[str, object], check: LeavingCheck
) -> None:
    require_handed_over("s", replace(FREE, samities=frozenset({"another"})))

    with pytest.raises(LeavingUnfinished) as refusal:
        require_handed_over("s", replace(FREE, **change))
    assert refusal.value.facts["missing"] == [str(check)]


@given(
    st.lists(
        st.builds(
            Line,
            member_id=st.text("abc", min_size=1, max_size=3),
            savings=st.integers(0, 10**6).map(Paisa),
            loans=st.integers(0, 10**6).map(Paisa),
        ),
        unique_by=lambda line: line.member_id,
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_one_paisa_more_is_another_list_and_the_order_is_none(lines: list[Line], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(lines))
    assert digest_of(shuffled) == digest_of(lines)
    at = data.draw(st.integers(0, len(lines) - 1))
    more = [*lines]
    more[at] = replace(more[at], savings=Paisa(more[at].savings + 1))
    assert digest_of(more) != digest_of(lines)


def test_only_the_two_sign_and_only_what_still_holds() -> None:
    now = digest_of(LINES)
    assert require_signer(LEAVING, UNSIGNED, person_id="leaves", number=1, now=now) is True
    assert require_signer(LEAVING, UNSIGNED, person_id="follows", number=1, now=now) is False
    with pytest.raises(NotYoursToSign):
        require_signer(LEAVING, UNSIGNED, person_id="manager", number=1, now=now)
    for number, digest in ((2, now), (1, "another")):
        with pytest.raises(ListHasMoved):
            require_signer(LEAVING, UNSIGNED, person_id="follows", number=number, now=digest)


def test_nothing_follows_the_end() -> None:
    require_running(LEAVING)
    with pytest.raises(LeavingIsOver):
        require_running(replace(LEAVING, finished_by="manager", finished_at=AT))


@pytest.mark.rule("P5")
def test_all_passbooks_of_his_samities_are_due_in_thirty_days_and_not_his_to_look_at() -> None:
    def member(name: str, samity: str) -> Drawable:
        return Drawable(member_id=name, samity_id=samity, officer_id="leaves", dormant=False, absences=0)

    checks = passbooks_of(LEAVING, [member("a", "s"), member("b", "s"), member("c", "other")], {"s"})

    assert [one.member_id for one in checks] == ["a", "b"]
    assert {one.due_on for one in checks} == {LEAVING.begun_on + timedelta(days=30)}
    assert {one.officer_id for one in checks} == {"leaves"}
