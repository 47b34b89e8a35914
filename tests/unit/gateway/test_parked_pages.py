"""Parked messages at the portal: what no service could take in, a replay asked for, a replay agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import ServiceAway
from contracts.identity import LIST_STAFF
from contracts.parked import DECIDE_REPLAY, LIST_PARKED, LIST_REPLAYS, PROPOSE_REPLAY
from contracts.permissions import Role
from gateway.keepers import KEEPERS
from tests.support.samples import sample
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P7")
EVENT = "01a20857-0000-7000-8000-00000000e001"
REPLAY = "01a20857-0000-7000-8000-00000000f001"
MAKER = "01a20857-0000-7000-8000-00000000a002"
MESSAGE = {
    "event_id": EVENT,
    "name": "sheet_authorised",
    "first_at": "2026-11-23T06:00:00.000000Z",
    "hearings": [
        {
            "consumer": "notifications.tell_members",
            "state": "parked",
            "attempts": 6,
            "fault": "NOT_FOUND",
        }
    ],
    "may_replay": True,
    "replay_id": None,
    "asked_by": None,
}


@pytest.fixture(autouse=True)
def quiet(backends: FakeBackends) -> None:
    for method in (*LIST_PARKED.values(), *(keeper.waiting for keeper in KEEPERS.values())):
        backends.script(method, {"items": [], "next": None})
    backends.script(LIST_PARKED["notifications"], {"items": [MESSAGE], "next": None})
    maker = {**sample(LIST_STAFF.answer)["items"][0], "id": MAKER, "name_en": "Aziza"}
    backends.script(LIST_STAFF, {"items": [maker], "next": None})


def replay(**changes: Any) -> dict[str, Any]:
    item: dict[str, Any] = sample(LIST_REPLAYS["notifications"].answer)["items"][0]
    return {
        **item,
        "id": REPLAY,
        "service": "parked_notifications",
        "kind": "replay",
        "subject_id": EVENT,
        "subject_bn": "sheet_authorised",
        "subject_en": "sheet_authorised",
        "maker_id": MAKER,
        "maker_bn": None,
        "maker_en": None,
        "may_decide": True,
        "facts": {
            "message_name": "sheet_authorised",
            "heard_by": ["notifications.tell_members"],
            "fault": ["NOT_FOUND"],
            "reason": "the members have arrived",
        },
        **changes,
    }


def test_an_administrator_sees_what_failed_and_asks_for_a_replay(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    page = visitor.look("/parked")
    for said in ("sheet_authorised", "notifications.tell_members", "NOT_FOUND", "Nothing is parked."):
        assert said in page.text
    address = f"/parked/notifications/{EVENT}"
    assert address in page.links

    fields = {**visitor.look(address).fields, "reason": "the members have arrived"}
    answer = visitor.client.post(address, data=fields)

    assert answer.status_code == 303
    [asked] = backends.of(PROPOSE_REPLAY["notifications"])
    assert asked.payload == {"id": fields["id"], "event_id": EVENT, "reason": "the members have arrived"}


def test_a_replay_without_a_reason_is_not_asked_for(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    address = f"/parked/notifications/{EVENT}"

    assert visitor.client.post(address, data=visitor.look(address).fields).status_code == 422
    assert backends.of(PROPOSE_REPLAY["notifications"]) == []


def test_what_is_asked_for_already_leads_to_its_decision(app: Flask, backends: FakeBackends) -> None:
    message = {**MESSAGE, "may_replay": False, "replay_id": REPLAY}
    backends.script(LIST_PARKED["notifications"], {"items": [message], "next": None})
    page = Visitor(app, backends, Role.ADMINISTRATOR).look("/parked")

    assert f"/approvals/parked_notifications/{REPLAY}" in page.links
    assert f"/parked/notifications/{EVENT}" not in page.links


def test_the_other_administrator_finds_it_among_what_waits_and_agrees(
    app: Flask, backends: FakeBackends
) -> None:
    backends.script(LIST_REPLAYS["notifications"], {"items": [replay()], "next": None})
    backends.script(DECIDE_REPLAY["notifications"], {"id": REPLAY, "state": "approved", "secret": None})
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    address = f"/approvals/parked_notifications/{REPLAY}"
    assert address in visitor.look("/approvals").links
    page = visitor.look(address)
    failed = ("sheet_authorised", "notifications.tell_members", "NOT_FOUND")
    for said in (*failed, "the members have arrived", "Aziza"):
        assert said in page.text

    answer = visitor.client.post(address, data={**page.fields, "deed": "approve"})

    assert answer.status_code == 303
    [asked] = backends.of(DECIDE_REPLAY["notifications"])
    assert (asked.payload["id"], asked.payload["approve"]) == (REPLAY, True)


def test_it_is_decided_too_while_nobody_can_say_who_asked(app: Flask, backends: FakeBackends) -> None:
    backends.script(LIST_REPLAYS["notifications"], {"items": [replay()], "next": None})
    backends.script(LIST_STAFF, ServiceAway())

    page = Visitor(app, backends, Role.ADMINISTRATOR).look(f"/approvals/parked_notifications/{REPLAY}")

    assert "the members have arrived" in page.text


def test_a_service_that_is_away_hides_nobody_elses(app: Flask, backends: FakeBackends) -> None:
    backends.script(LIST_PARKED["accounts"], ServiceAway())
    page = Visitor(app, backends, Role.ADMINISTRATOR, "bn").look("/parked")

    assert "sheet_authorised" in page.text
    assert page.text.count("কিছু আটকে নেই।") == 2


def test_an_auditor_reads_and_asks_for_nothing(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    page = auditor.look("/parked")

    assert "sheet_authorised" in page.text
    assert f"/parked/notifications/{EVENT}" not in page.links
    assert auditor.client.get(f"/parked/notifications/{EVENT}").status_code == 403


@pytest.mark.parametrize("role", [Role.BRANCH_MANAGER, Role.ACCOUNTANT, Role.FIELD_OFFICER])
def test_a_branch_sees_none_and_no_service_is_asked_for_it(
    app: Flask, backends: FakeBackends, role: Role
) -> None:
    visitor = Visitor(app, backends, role)

    assert visitor.client.get("/parked").status_code == 403
    visitor.look("/approvals")
    assert [one for one in backends.asked if one.method in LIST_REPLAYS.values()] == []


def test_a_further_page_asks_one_service_only(app: Flask, backends: FakeBackends) -> None:
    backends.script(LIST_PARKED["notifications"], {"items": [MESSAGE], "next": EVENT})
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    [further] = [link for link in visitor.look("/parked").links if "after=" in link]
    backends.asked.clear()

    visitor.look(further)

    asked = [one for one in backends.asked if one.method in LIST_PARKED.values()]
    assert [(one.method.service, one.payload) for one in asked] == [("notifications", {"after": EVENT})]
    assert Page(visitor.client.get(further).text).text.count("sheet_authorised") == 1
