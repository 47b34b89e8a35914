"""Members' app accounts: issued, suspended, switched on again (P1, P6)."""

from http import HTTPStatus
from typing import Any

from contracts.identity import (
    GET_MEMBER_LOGIN,
    ISSUE_MEMBER_LOGIN,
    REACTIVATE_MEMBER_LOGIN,
    SUSPEND_MEMBER_LOGIN,
)
from contracts.identity.logins import CLOSE_MEMBER_LOGIN, LIST_LOGIN_SWITCHES
from gateway.api.resource import Resource
from gateway.asking import ask

logins = Resource("logins", "Members' app accounts: issued, suspended, switched on again (P1, P6).")


@logins.get("/members/<uuid:member_id>/login", GET_MEMBER_LOGIN)
def get_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Tell the state of a member's app account."""
    return ask(GET_MEMBER_LOGIN, command)


@logins.put(
    "/members/<uuid:member_id>/login/issues/<uuid:id>", ISSUE_MEMBER_LOGIN, status=HTTPStatus.ACCEPTED
)
def issue_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Propose an app account for a member, or a new code; the manager approves."""
    return ask(ISSUE_MEMBER_LOGIN, command)


@logins.post("/members/<uuid:member_id>/login/suspension", SUSPEND_MEMBER_LOGIN)
def suspend_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Suspend a member's app account after her call and the call-back."""
    return ask(SUSPEND_MEMBER_LOGIN, command)


@logins.post("/members/<uuid:member_id>/login/reactivation", REACTIVATE_MEMBER_LOGIN)
def reactivate_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Switch a suspended app account on again; a second person does it."""
    return ask(REACTIVATE_MEMBER_LOGIN, command)


@logins.post("/members/<uuid:member_id>/login/closing", CLOSE_MEMBER_LOGIN)
def close_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Close the app of somebody who stays a member, known at the branch."""
    return ask(CLOSE_MEMBER_LOGIN, command)


@logins.get("/members/<uuid:member_id>/login/switches", LIST_LOGIN_SWITCHES)
def list_login_switches(command: dict[str, Any]) -> dict[str, Any]:
    """List who switched a member's app account, on whose call, and why."""
    return ask(LIST_LOGIN_SWITCHES, command)
