"""One call: admitted, worked on in one transaction, answered."""

from dataclasses import replace

import pytest

from chassis.testing import ServiceHarness
from contracts.actor import Actor
from contracts.errors import ActorRefused, Forbidden, IdConflict, InvalidPayload
from contracts.money import Paisa
from tests.integration.chassis.purse import (
    FILL_PURSE,
    MIRROR_PURSE,
    PURSE_FILLED,
    PurseBatch,
    PurseService,
    PurseTooFull,
)

PURSE = "5f0f4d70-0000-7000-8000-00000000a001"


def test_answers_and_records_deed_and_event(harness: ServiceHarness[PurseService], manager: Actor):
    answer = harness.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, actor=manager)

    assert answer == {"id": PURSE, "amount": "50.00"}
    assert harness.told(PURSE_FILLED) == [{"id": PURSE, "amount": Paisa(5000)}]
    [row] = harness.audited("fill_purse")
    assert (row["actor_id"], row["role"], row["vouched_by"]) == (
        manager.person_id,
        "branch_manager",
        "gateway",
    )
    assert harness.rings == 1


def test_a_refusal_leaves_nothing(harness: ServiceHarness[PurseService], manager: Actor):
    with pytest.raises(PurseTooFull) as refusal:
        harness.ask(FILL_PURSE, {"id": PURSE, "amount": "1000.01"}, actor=manager)

    assert refusal.value.facts == {"most": "1000.00"}
    assert (harness.told(PURSE_FILLED), harness.audited("fill_purse"), harness.rings) == ([], [], 0)


def test_the_same_id_is_the_same_deed(harness: ServiceHarness[PurseService], manager: Actor):
    first = harness.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, actor=manager)
    assert harness.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, actor=manager) == first
    with pytest.raises(IdConflict):
        harness.ask(FILL_PURSE, {"id": PURSE, "amount": "51.00"}, actor=manager)
    assert len(harness.told(PURSE_FILLED)) == 1


@pytest.mark.parametrize("amount", [50, "50.001", "0.00", "fifty", None])
def test_names_the_wrong_field(harness: ServiceHarness[PurseService], manager: Actor, amount: object):
    with pytest.raises(InvalidPayload) as refusal:
        harness.ask(FILL_PURSE, {"id": PURSE, "amount": amount}, actor=manager)
    assert set(refusal.value.facts["fields"]) == {"amount"}


def test_a_role_without_the_permission_is_forbidden(harness: ServiceHarness[PurseService], manager: Actor):
    with pytest.raises(Forbidden):
        harness.ask(FILL_PURSE, {"id": PURSE, "amount": "1.00"}, actor=replace(manager, role="auditor"))


def test_only_the_named_callers_may_call(harness: ServiceHarness[PurseService], manager: Actor):
    with pytest.raises(ActorRefused):
        harness.ask(FILL_PURSE, {"id": PURSE, "amount": "1.00"}, actor=manager, issuer="notifications")


def test_an_event_has_one_effect_however_often_it_comes(
    harness: ServiceHarness[PurseService], manager: Actor
):
    harness.ask(FILL_PURSE, {"id": PURSE, "amount": "7.00"}, actor=manager)
    event_id = "5f0f4d70-0000-7000-8000-00000000e001"
    data = {"id": PURSE, "amount": "7.00", "of_a_newer_version": 1}
    assert harness.hear(PURSE_FILLED, data, event_id=event_id)
    assert not harness.hear(PURSE_FILLED, data, event_id=event_id)


def test_a_planned_step_is_taken_on_behalf_of_who_planned_it(
    harness: ServiceHarness[PurseService], manager: Actor
):
    harness.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, actor=manager)
    harness.others.answers[MIRROR_PURSE] = lambda command: command

    assert harness.take_steps("mirror_purse", by=PurseBatch) == 1

    [(method, command, actor)] = harness.others.asked
    assert (method, command["id"], actor.person_id) == (MIRROR_PURSE, PURSE, manager.person_id)
    assert harness.planned("mirror_purse") == []


def test_a_timer_acts_as_the_service(harness: ServiceHarness[PurseService]):
    harness.tick("count_purses", by=PurseBatch)
    [row] = harness.audited("count_purses")
    assert (row["actor_kind"], row["actor_id"], row["facts"]) == ("service", "accounts", {"count": 0})
