"""Which services answer, and on which devices one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.accounts import PING
from contracts.errors import ServiceAway
from contracts.identity import LIST_SESSIONS, REVOKE_SESSION
from contracts.permissions import Role
from tests.support.gateway import SESSION, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends


def test_a_silent_service_is_named_and_the_page_stands(app: Flask, backends: FakeBackends) -> None:
    backends.script(PING, ServiceAway(retry_after=5))

    text = Visitor(app, backends, Role.ADMINISTRATOR).look("/services").text

    assert "Members and agreements (accounts) silent" in text
    assert "Staff and access (identity) answers" in text
    assert "Money and the book (transactions) answers" in text
    assert "Messages (notifications) answers" in text


def test_services_are_for_the_administrator_to_look_at(app: Flask, backends: FakeBackends) -> None:
    assert Visitor(app, backends, Role.BRANCH_MANAGER).client.get("/services").status_code == 403


def test_another_device_of_ones_own_is_signed_out(app: Flask, backends: FakeBackends) -> None:
    one = sample_answer(LIST_SESSIONS)["items"][0]
    mine = one | {"id": SESSION, "current": True, "device_name": None}
    lost = one | {"id": AN_ID, "current": False, "device_name": "Nokia"}
    backends.script(LIST_SESSIONS, {"items": [mine, lost], "next": None})
    visitor = Visitor(app, backends, Role.FIELD_OFFICER)
    html = visitor.client.get("/sessions").text
    assert "Browser this one" in Page(html).text
    assert f"/sessions/{AN_ID}/end" in html
    assert f"/sessions/{SESSION}/end" not in html

    answer = visitor.send(f"/sessions/{AN_ID}/end", form="/sessions")

    assert answer.headers["Location"] == "/sessions"
    assert backends.of(REVOKE_SESSION)[0].payload == {"session_id": AN_ID}
