"""Findings: step after step; the office answers, and nobody judges his own answer (rule P12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import IdConflict, InvalidPayload, MakerIsChecker, PersonExcluded
from contracts.transactions.finding_errors import FindingMovedOn, FindingNotWaiting
from contracts.transactions.finding_words import FindingAbout, FindingState, FindingStep
from transactions.domain.findings import (
    Finding,
    Step,
    awaited_by,
    fingerprint_of_step,
    is_taken,
    require_deadline,
    require_may_step,
    require_subject_said,
    state_of,
)

pytestmark = pytest.mark.rule("P12")

TODAY = date(2026, 11, 23)
ASKING = {FindingStep.RAISED, FindingStep.ASKED_AGAIN}
PEOPLE = {"auditor": FindingStep.ASKED_AGAIN, "manager": FindingStep.ANSWERED, "area": FindingStep.ANSWERED}
FINDING = Finding(
    id="f", office_id="branch", about=FindingAbout.MEMBER, about_id="she", fingerprint="1:raised"
)


def step(number: int, kind: FindingStep, by: str, said: str = "so it was") -> Step:
    until = TODAY + timedelta(days=number) if kind in ASKING else None
    return Step(
        number=number,
        kind=kind,
        said=said,
        answer_by=until,
        by=by,
        role="auditor" if by == "auditor" else "branch_manager",
        at=datetime(2026, 11, 23, 6, number, tzinfo=UTC),
        fingerprint=fingerprint_of_step("f", kind, said, until, by),
    )


RAISED = step(1, FindingStep.RAISED, "auditor")
ANSWERED = step(2, FindingStep.ANSWERED, "manager")
CLOSED = step(3, FindingStep.CLOSED, "auditor")

KINDS = st.sampled_from([FindingStep.ANSWERED, FindingStep.ASKED_AGAIN, FindingStep.CLOSED])


@given(st.lists(st.tuples(KINDS, st.sampled_from(sorted(PEOPLE))), max_size=30))
def test_whatever_is_tried_the_office_and_the_auditor_take_turns_until_it_is_closed(
    tried: list[tuple[FindingStep, str]],
) -> None:
    steps = [RAISED]
    for kind, by in tried:
        try:
            require_may_step(FINDING, steps, kind, by, ())
        except (FindingNotWaiting, MakerIsChecker):
            continue
        steps.append(step(len(steps) + 1, kind, by))

    kinds = [one.kind for one in steps]
    assert FindingStep.CLOSED not in kinds[:-1]
    turns = [kind for kind in kinds if kind is not FindingStep.CLOSED]
    assert all((kind in ASKING) == (place % 2 == 0) for place, kind in enumerate(turns))
    answered = {one.by for one in steps if one.kind is FindingStep.ANSWERED}
    judged = {one.by for one in steps if one.kind is not FindingStep.ANSWERED}
    assert not answered & judged


def test_it_waits_for_whoever_is_next() -> None:
    assert state_of([RAISED]) is FindingState.OPEN
    assert state_of([RAISED, ANSWERED]) is FindingState.ANSWERED
    again = step(3, FindingStep.ASKED_AGAIN, "auditor")
    assert state_of([RAISED, ANSWERED, again]) is FindingState.OPEN
    assert state_of([RAISED, ANSWERED, CLOSED]) is FindingState.CLOSED
    assert awaited_by([RAISED, ANSWERED]) == TODAY + timedelta(days=1)
    assert awaited_by([RAISED, ANSWERED, again]) == TODAY + timedelta(days=3)


def test_the_same_step_again_is_known_and_another_one_in_its_place_is_not() -> None:
    steps, said = [RAISED, ANSWERED], ANSWERED.fingerprint

    assert is_taken(steps, 2, said, "manager")
    assert not is_taken(steps, 3, CLOSED.fingerprint, "auditor")
    with pytest.raises(IdConflict):
        is_taken(steps, 2, step(2, FindingStep.ANSWERED, "manager", "otherwise").fingerprint, "manager")
    for number in (2, 4):
        with pytest.raises(FindingMovedOn) as moved:
            is_taken(steps, number, step(number, FindingStep.ANSWERED, "area").fingerprint, "area")
        assert moved.value.facts["step"] == 2


def test_nobody_answers_himself_or_about_his_kin() -> None:
    with pytest.raises(MakerIsChecker):
        require_may_step(FINDING, [RAISED], FindingStep.ANSWERED, "auditor", ())
    with pytest.raises(MakerIsChecker):
        require_may_step(FINDING, [RAISED, ANSWERED], FindingStep.CLOSED, "manager", ())
    with pytest.raises(PersonExcluded):
        require_may_step(FINDING, [RAISED], FindingStep.ANSWERED, "manager", ("she",))
    require_may_step(FINDING, [RAISED, ANSWERED], FindingStep.CLOSED, "second auditor", ())
    require_may_step(FINDING, [RAISED], FindingStep.CLOSED, "auditor", ())


@pytest.mark.parametrize("days", [0, 14, 366])
def test_an_office_has_a_day_until_which_it_answers(days: int) -> None:
    require_deadline(TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize("days", [-1, 367])
def test_nobody_is_late_from_the_beginning_or_left_alone_for_ever(days: int) -> None:
    with pytest.raises(InvalidPayload):
        require_deadline(TODAY + timedelta(days=days), TODAY)


def test_a_thing_is_named_and_of_an_office_none() -> None:
    require_subject_said(FindingAbout.OFFICE, None)
    require_subject_said(FindingAbout.SHEET, "sheet")
    for about, about_id in ((FindingAbout.OFFICE, "sheet"), (FindingAbout.ENTRY, None)):
        with pytest.raises(InvalidPayload):
            require_subject_said(about, about_id)
