"""Every address is guarded, and by the right permission: the walk over all routes and all roles."""

import pytest
from flask import Flask

from contracts.permissions import Role
from contracts.registry import ALL_METHODS
from gateway.api.resource import SESSION
from tests.support.gateway import Caller, FakeBackends
from tests.support.routes import ROLES, Call, all_routes, calls, may_call

CALLS = calls()
OPEN = {
    "doors.sign_in_staff",
    "doors.change_password",
    "doors.sign_in_member",
    "doors.activate_member_login",
    "doors.refresh",
    "health.alive",
    "health.ready",
    "health.metrics",
    "documentation.openapi",
    "documentation.index",
    "documentation.resource",
    "documentation.style",
    "language.switch",
    "mobile.app",
    "build",
    "icon",
}
NOT_FOR_PEOPLE = {"ping", "find_session", "open_account"}


def test_every_view_is_guarded_or_says_why_it_is_open(app: Flask) -> None:
    bare = [
        name
        for name, view in app.view_functions.items()
        if hasattr(view, "permissions") == hasattr(view, "open_because")
    ]

    assert bare == []


def test_nothing_is_open_that_is_not_on_this_list(app: Flask) -> None:
    open_views = {name for name, view in app.view_functions.items() if hasattr(view, "open_because")}

    assert {name for name in open_views if not name.startswith("portal.")} == OPEN


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_nobody_gets_in_without_a_session(call: Call, app: Flask, backends: FakeBackends) -> None:
    response = Caller(app.test_client(), None).client.open(call.path, method=call.verb, json=call.body)

    assert response.status_code == (200 if call.permission is None else 401)
    assert len(backends.asked) == (call.permission is None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.rule("P7")
def test_each_role_gets_exactly_where_its_permissions_lead(
    role: Role, app: Flask, backends: FakeBackends
) -> None:
    client, token = app.test_client(), backends.sign_in(role)
    wrong = []
    for call in CALLS:
        backends.asked.clear()
        response = client.open(
            call.path, method=call.verb, json=call.body, headers={"Authorization": f"Bearer {token}"}
        )
        expected = {200, 202, 204} if may_call(role, call) else {403}
        asked = {one.asked.actor.permission for one in backends.asked}
        allowed = {None} if call.permission in {None, SESSION} else {call.permission}
        if response.status_code not in expected or not asked <= allowed | {SESSION}:
            wrong.append((call.name, response.status_code, response.json, asked))

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_the_actor_is_the_person_of_the_session(role: Role, app: Flask, backends: FakeBackends) -> None:
    token = backends.sign_in(role, device_id="01a20857-0000-7000-8000-00000000d001")
    app.test_client().get("/api/v1/me/sessions", headers={"Authorization": f"Bearer {token}"})
    (question,) = backends.asked

    session = next(iter(backends.sessions.values()))
    actor = question.asked.actor
    assert (actor.person_id, actor.kind, actor.role) == (session["person_id"], session["kind"], role)
    assert (actor.office_path, actor.session_id) == (session["office_path"], session["session_id"])
    assert actor.device_id == "01a20857-0000-7000-8000-00000000d001"


def test_every_method_for_people_has_an_address() -> None:
    served = {(route.command, route.permission) for _, route in all_routes()}
    missing = [
        method.key
        for method in ALL_METHODS
        if "gateway" in method.callers
        and method.name not in NOT_FOR_PEOPLE
        and method.permission is not None
        and not any(permission == method.permission for _, permission in served)
    ]

    assert missing == []
