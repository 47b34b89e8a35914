"""An officer's leaving at the portal: what is missing, and the list that each of the two signs. P8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES, LIST_STAFF
from contracts.permissions import Role
from contracts.transactions.officer_leavings import (
    BEGIN_OFFICER_LEAVING,
    FINISH_OFFICER_LEAVING,
    GET_LEAVING_LIST,
    GET_OFFICER_LEAVING,
    LIST_OFFICER_LEAVINGS,
    SIGN_LEAVING_LIST,
)
from tests.support.gateway import OFFICE, PERSON
from tests.support.samples import sample
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P8")
LEAVING = "01a20857-0000-7000-8000-00000000f801"
SAMITY = "01a20857-0000-7000-8000-00000000d001"
OTHER = "01a20857-0000-7000-8000-00000000a009"


def sheet(**changes: Any) -> dict[str, Any]:
    one: dict[str, Any] = sample(GET_LEAVING_LIST.answer)
    named = {"samity_id": SAMITY, "samity_bn": "জুঁই", "samity_en": "Jui", "number": 3, "savings": "1250.00"}
    unsigned = {"officer_signed_at": None, "successor_signed_at": None, "moved": False}
    return {**one, **named, **unsigned, **changes}


def leaving(**changes: Any) -> dict[str, Any]:
    one: dict[str, Any] = sample(GET_OFFICER_LEAVING.answer)
    return {
        **one,
        "id": LEAVING,
        "officer_id": OTHER,
        "successor_id": PERSON,
        "officer_bn": "রশীদ",
        "officer_en": "Rashid",
        "receivable": "340.00",
        "finished_at": None,
        "checks": [{"check": "no_cash", "done": True}, {"check": "lists_signed", "done": False}],
        "lists": [sheet()],
        **changes,
    }


@pytest.fixture(autouse=True)
def scripted(backends: FakeBackends) -> None:
    office = {**sample(LIST_OFFICES.answer)["items"][0], "id": OFFICE, "level": "branch"}
    backends.script(LIST_OFFICES, {"items": [office], "next": None})
    backends.script(LIST_OFFICER_LEAVINGS, {"items": [leaving()], "next": None})
    backends.script(GET_OFFICER_LEAVING, leaving())
    backends.script(GET_LEAVING_LIST, sheet())
    person = {**sample(LIST_STAFF.answer)["items"][0], "role": "field_officer", "status": "active"}
    people = [{**person, "id": OTHER, "name_en": "Rashid"}, {**person, "id": PERSON, "name_en": "Karim"}]
    backends.script(LIST_STAFF, {"items": people, "next": None})


def test_a_manager_says_who_leaves_and_who_follows(app: Flask, backends: FakeBackends) -> None:
    manager = Visitor(app, backends, Role.BRANCH_MANAGER)
    address = f"/leavings/new/{OFFICE}"
    assert address in manager.look("/leavings").links
    typed = {"officer_id": OTHER, "successor_id": PERSON, "reason": "another institution"}

    answer = manager.client.post(address, data={**manager.look(address).fields, **typed})

    assert answer.status_code == 303
    [asked] = backends.of(BEGIN_OFFICER_LEAVING)
    assert {name: asked.payload[name] for name in (*typed, "office_id")} == {**typed, "office_id": OFFICE}


def test_what_is_missing_and_what_he_owes_stand_on_one_page(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"/leavings/{LEAVING}")

    for said in ("Rashid", "Every list signed by both", "৳340", "Jui", "Let him go"):
        assert said in page.text
    assert f"/leavings/{LEAVING}/lists/{SAMITY}" in page.links


def test_who_follows_signs_the_list_that_he_reads(app: Flask, backends: FakeBackends) -> None:
    officer = Visitor(app, backends, Role.FIELD_OFFICER)
    address = f"/leavings/{LEAVING}/lists/{SAMITY}"
    page = officer.look(address)
    assert "I have compared it, and sign" in page.text

    answer = officer.client.post(f"{address}/signature", data=page.fields)

    assert answer.status_code == 303
    [asked] = backends.of(SIGN_LEAVING_LIST)
    assert asked.payload == {"id": LEAVING, "samity_id": SAMITY, "number": 3}


@pytest.mark.parametrize("changes", [{"moved": True}, {"successor_signed_at": "2026-11-23T06:00:00.000000Z"}])
def test_what_has_moved_or_is_signed_is_not_offered(
    app: Flask, backends: FakeBackends, changes: dict[str, Any]
) -> None:
    backends.script(GET_LEAVING_LIST, sheet(**changes))
    page = Visitor(app, backends, Role.FIELD_OFFICER).look(f"/leavings/{LEAVING}/lists/{SAMITY}")

    assert "I have compared it, and sign" not in page.text


def test_an_auditor_reads_and_does_nothing(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    page = auditor.look(f"/leavings/{LEAVING}")

    assert "Let him go" not in page.text
    assert auditor.client.post(f"/leavings/{LEAVING}/end").status_code in {400, 403}
    assert backends.of(FINISH_OFFICER_LEAVING) == []
