"""Access at the portal: devices of the staff switched off, an app closed at the branch. P6, P9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import GET_MEMBER
from contracts.errors import NotFound
from contracts.identity import LIST_STAFF, SUSPEND_MEMBER_LOGIN
from contracts.identity.devices import LIST_DEVICES, SWITCH_DEVICE
from contracts.identity.logins import CLOSE_MEMBER_LOGIN, LIST_LOGIN_SWITCHES
from contracts.identity.staff import OwnAccess
from contracts.permissions import Role
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P6")
OFFICER = "01a20857-0000-7000-8000-00000000e002"
LOST = "01a20857-0000-7000-8000-00000000de01"
OFF = "01a20857-0000-7000-8000-00000000de02"
MEMBER = AN_ID
DEVICES = f"/staff/{OFFICER}/devices"
LOGIN = f"/members/{MEMBER}/login"
AT = "2026-11-23T06:00:00.000000Z"


def device(device_id: str, **changes: Any) -> dict[str, Any]:
    one = {"device_id": device_id, "name": "Walton", "first_at": AT, "last_seen_at": AT, "is_open": True}
    return {**one, "off_at": None, "off_reason": None, **changes}


def switch(**changes: Any) -> dict[str, Any]:
    one: dict[str, Any] = sample_answer(LIST_LOGIN_SWITCHES)["items"][0]
    call = {"caller": "her daughter", "number_masked": "*******1111", "called_back": "known_number"}
    return {**one, "deed": "suspended", "seen": None, "reason": "phone lost", **call, **changes}


@pytest.fixture(autouse=True)
def scripted(backends: FakeBackends) -> None:
    person = sample_answer(LIST_STAFF)["items"][0]
    officer = {**person, "id": OFFICER, "role": "field_officer", "status": "active"}
    backends.script(LIST_STAFF, {"items": [officer], "next": None})
    gone = device(OFF, name=None, last_seen_at=None, is_open=False, off_at=AT, off_reason="given back")
    backends.script(LIST_DEVICES, {"items": [device(LOST), gone], "next": None})
    backends.script(SWITCH_DEVICE, {"items": [gone], "next": None})
    backends.script(GET_MEMBER, {**sample_answer(GET_MEMBER), "id": MEMBER, "name_en": "Rahima"})
    backends.script(LIST_LOGIN_SWITCHES, {"items": [switch()], "next": None})


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ADMINISTRATOR)


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.BRANCH_MANAGER)


@pytest.mark.rule("P9")
class TestDevices:
    def test_are_found_beside_the_person(self, administrator: Visitor) -> None:
        assert DEVICES in administrator.look("/staff").links
        page = administrator.look(DEVICES)

        for said in ("Walton", "signed in", "Unnamed device", "given back"):
            assert said in page.text
        assert {f"{DEVICES}/{LOST}/off", f"{DEVICES}/{OFF}/on"} <= set(page.links)

    @pytest.mark.parametrize(("device_id", "deed"), [(LOST, "off"), (OFF, "on")])
    def test_are_switched_with_a_reason(
        self, administrator: Visitor, backends: FakeBackends, device_id: str, deed: str
    ) -> None:
        address = f"{DEVICES}/{device_id}/{deed}"
        assert administrator.send(address).status_code == 422
        assert backends.of(SWITCH_DEVICE) == []

        assert administrator.send(address, reason="phone lost").status_code == 303

        [asked] = backends.of(SWITCH_DEVICE)
        named = {"staff_id": OFFICER, "device_id": device_id}
        assert asked.payload == {**named, "on": deed == "on", "reason": "phone lost"}

    def test_of_ones_own_are_refused_and_the_reason_stays(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(SWITCH_DEVICE, OwnAccess())

        answer = administrator.send(f"{DEVICES}/{LOST}/off", reason="phone lost")

        assert answer.status_code == 403
        assert "phone lost" in answer.text

    def test_are_read_by_a_manager_who_switches_none(self, manager: Visitor) -> None:
        page = manager.look(DEVICES)

        assert "Walton" in page.text
        assert not [link for link in page.links if link.endswith(("/on", "/off"))]
        assert manager.client.get(f"{DEVICES}/{LOST}/off").status_code == 403

    def test_of_somebody_elses_staff_are_not_found(self, manager: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_DEVICES, NotFound(kind="staff"))

        assert manager.client.get(DEVICES).status_code == 404

    def test_none_yet_is_said(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_DEVICES, {"items": [], "next": None})

        assert "No device has been used yet." in administrator.look(DEVICES).text


class TestHerApp:
    def test_is_closed_by_what_she_was_known(self, manager: Visitor, backends: FakeBackends) -> None:
        assert "Rahima" in manager.look(f"{LOGIN}/close").text

        answer = manager.send(f"{LOGIN}/close", seen="photo", reason="she gave her phone away")

        assert answer.status_code == 303
        [asked] = backends.of(CLOSE_MEMBER_LOGIN)
        assert asked.payload == {
            "member_id": MEMBER,
            "seen": "photo",
            "reason": "she gave her phone away",
        }

    def test_is_not_suspended_without_saying_who_was_called_back(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        call = {"caller": "her daughter", "number": "০১৭১১১১১১১১", "reason": "phone lost"}
        assert manager.send(f"{LOGIN}/suspend", **call, called_back="").status_code == 422
        assert backends.of(SUSPEND_MEMBER_LOGIN) == []

        assert manager.send(f"{LOGIN}/suspend", **call, called_back="known_number").status_code == 303

        [asked] = backends.of(SUSPEND_MEMBER_LOGIN)
        assert asked.payload["called_back"] == "known_number"

    @pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
    def test_is_closed_at_the_branch_only(self, app: Flask, backends: FakeBackends, role: Role) -> None:
        assert Visitor(app, backends, role).client.get(f"{LOGIN}/close").status_code == 403

    def test_has_a_register_of_who_switched_it(self, app: Flask, backends: FakeBackends) -> None:
        closed = switch(deed="closed", caller=None, number_masked=None, called_back=None, seen="nid")
        backends.script(LIST_LOGIN_SWITCHES, {"items": [closed, switch()], "next": None})

        page = Visitor(app, backends, Role.AUDITOR).look(LOGIN)

        for said in ("closed", "national identity card", "suspended", "her daughter", "*******1111"):
            assert said in page.text
        assert "her number on file" in page.text

    def test_was_never_switched(self, manager: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_LOGIN_SWITCHES, {"items": [], "next": None})

        assert "never suspended or closed" in manager.look(LOGIN).text

    def test_is_nothing_for_her_officer(self, app: Flask, backends: FakeBackends) -> None:
        assert Visitor(app, backends, Role.FIELD_OFFICER).client.get(LOGIN).status_code == 403
