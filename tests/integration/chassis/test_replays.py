"""Parked messages at the portal: listed without their content, replayed when two people want it (P7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from chassis import tables
from chassis.housekeeping import KEPT
from chassis.parking import claim, park, settle
from contracts.actor import Actor
from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    MakerIsChecker,
    NotFound,
    ReasonMissing,
)
from contracts.parked import DECIDE_REPLAY, LIST_PARKED, LIST_REPLAYS, PROPOSE_REPLAY, NothingParked
from tests.integration.chassis.test_parking import BODY, CONSUMER, EVENT

if TYPE_CHECKING:
    from chassis.testing import ServiceHarness

pytestmark = pytest.mark.rule("P7")
SERVICE = "accounts"
REPLAY = "5f0f4d70-0000-7000-8000-00000000f001"
OTHER = "5f0f4d70-0000-7000-8000-00000000f002"
MAKER = Actor(
    person_id="5f0f4d70-0000-7000-8000-00000000aa01",
    kind="staff",
    role="administrator",
    office_id="5f0f4d70-0000-7000-8000-0000000000b0",
    office_path="/HO/",
)
CHECKER = replace(MAKER, person_id="5f0f4d70-0000-7000-8000-00000000aa02")
AUDITOR = replace(MAKER, person_id="5f0f4d70-0000-7000-8000-00000000aa03", role="auditor")
SECRET = "01712345678"


@pytest.fixture(autouse=True)
def parked(harness: ServiceHarness[Any]) -> None:
    """One message that could not be read as promised; a secret stands in it."""
    park(harness.process, CONSUMER, {**BODY, "data": {"mobile": SECRET}}, "INVALID_PAYLOAD")


def ask(harness: ServiceHarness[Any], actor: Actor = MAKER, **changes: Any) -> dict[str, Any]:
    body = {"id": REPLAY, "event_id": EVENT, "reason": "the samity has arrived", **changes}
    return harness.ask(PROPOSE_REPLAY[SERVICE], body, actor=actor)


def decide(
    harness: ServiceHarness[Any], actor: Actor = CHECKER, *, approve: bool = True, **more: Any
) -> dict[str, Any]:
    return harness.ask(DECIDE_REPLAY[SERVICE], {"id": REPLAY, "approve": approve, **more}, actor=actor)


def listed(harness: ServiceHarness[Any], actor: Actor = MAKER) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = harness.ask(LIST_PARKED[SERVICE], {}, actor=actor)["items"]
    return items


def waiting(harness: ServiceHarness[Any], actor: Actor = CHECKER) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = harness.ask(LIST_REPLAYS[SERVICE], {}, actor=actor)["items"]
    return items


def state(harness: ServiceHarness[Any]) -> str:
    with harness.process.database.transaction() as session:
        return str(session.execute(sa.select(tables.parked.c.state)).scalar_one())


def test_nothing_is_tried_before_another_person_has_agreed(harness: ServiceHarness[Any]) -> None:
    ask(harness)
    assert state(harness) == "parked"

    assert decide(harness)["state"] == "approved"

    assert state(harness) == "waiting"
    [claimed] = claim(harness.process, [CONSUMER])
    settle(harness.process, claimed, None)
    assert listed(harness) == []
    [row] = harness.audited("replay_parked")
    assert (row["actor_id"], row["facts"]["asked_by"]) == (CHECKER.person_id, MAKER.person_id)


def test_the_list_names_the_message_and_its_fault_and_nothing_of_its_content(
    harness: ServiceHarness[Any],
) -> None:
    [one] = listed(harness, AUDITOR)

    [hearing] = one["hearings"]
    assert (one["event_id"], one["name"]) == (EVENT, BODY["name"])
    assert (hearing["consumer"], hearing["state"], hearing["fault"]) == (
        CONSUMER,
        "parked",
        "INVALID_PAYLOAD",
    )
    ask(harness)
    assert SECRET not in f"{listed(harness)}{waiting(harness)}"


def test_who_asked_agrees_not_whatever_his_role(harness: ServiceHarness[Any]) -> None:
    ask(harness)

    with pytest.raises(MakerIsChecker):
        decide(harness, MAKER)
    assert state(harness) == "parked"
    assert [one["may_decide"] for one in waiting(harness, MAKER)] == [False]
    assert [one["may_decide"] for one in waiting(harness)] == [True]


def test_who_is_new_agrees_not(harness: ServiceHarness[Any]) -> None:
    ask(harness)
    newcomer = replace(CHECKER, is_new=True)

    with pytest.raises(ApproverTooNew):
        decide(harness, newcomer)
    assert [one["may_decide"] for one in waiting(harness, newcomer)] == [False]
    assert state(harness) == "parked"


def test_nobody_else_asks_agrees_or_sees(harness: ServiceHarness[Any], manager: Actor) -> None:
    for actor in (manager, AUDITOR):
        with pytest.raises(Forbidden):
            ask(harness, actor)
    ask(harness)
    for actor in (manager, AUDITOR):
        with pytest.raises(Forbidden):
            decide(harness, actor)
    with pytest.raises(Forbidden):
        listed(harness, manager)
    assert waiting(harness, manager) == []
    assert len(waiting(harness, AUDITOR)) == 1


def test_declined_with_a_reason_it_stays_and_may_be_asked_for_again(harness: ServiceHarness[Any]) -> None:
    ask(harness)
    with pytest.raises(ReasonMissing):
        decide(harness, approve=False)

    assert decide(harness, approve=False, reason="the defect is still there")["state"] == "declined"

    assert (state(harness), waiting(harness)) == ("parked", [])
    assert [one["may_replay"] for one in listed(harness)] == [True]
    assert ask(harness, id=OTHER)["state"] == "waiting"


def test_the_same_again_answers_the_same_and_another_body_is_refused(harness: ServiceHarness[Any]) -> None:
    assert ask(harness) == ask(harness)
    with pytest.raises(IdConflict):
        ask(harness, reason="another")
    with pytest.raises(AlreadyDecided):
        ask(harness, id=OTHER)

    assert decide(harness) == decide(harness)
    with pytest.raises(AlreadyDecided):
        decide(harness, approve=False, reason="no")
    assert len(harness.audited("replay_parked")) == 1


def test_what_is_older_than_the_inbox_is_not_replayed(harness: ServiceHarness[Any]) -> None:
    ask(harness)
    harness.watch.advance(KEPT)

    with pytest.raises(NothingParked):
        decide(harness)
    assert [one["may_replay"] for one in listed(harness)] == [False]
    assert [one["id"] for one in waiting(harness)] == [REPLAY]


def test_what_is_not_parked_cannot_be_replayed(harness: ServiceHarness[Any]) -> None:
    other = {**BODY, "id": OTHER}
    with pytest.raises(NotFound):
        ask(harness, event_id=OTHER)
    park(harness.process, CONSUMER, other, "PURSE_MISSING")

    with pytest.raises(NothingParked):
        ask(harness, event_id=OTHER)


def test_the_list_comes_in_pages_what_failed_first_before_the_others(harness: ServiceHarness[Any]) -> None:
    for number in range(105):
        harness.watch.advance(timedelta(seconds=1))
        one = f"5f0f4d70-0000-7000-8000-{999 - number:012d}"
        for consumer in (CONSUMER, "accounts.another"):
            park(harness.process, consumer, {**BODY, "id": one}, "PURSE_MISSING")

    first = harness.ask(LIST_PARKED[SERVICE], {}, actor=MAKER)
    rest = harness.ask(LIST_PARKED[SERVICE], {"after": first["next"]}, actor=MAKER)

    times = [one["first_at"] for page in (first, rest) for one in page["items"]]
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (100, 6, None)
    assert times == sorted(times)
    assert [len(one["hearings"]) for one in rest["items"]] == [2] * 6
