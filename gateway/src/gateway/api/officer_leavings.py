"""An officer leaves: begun, lists drawn and signed, finished when everything is so (P8)."""

from typing import Any

from contracts.transactions.officer_leavings import (
    BEGIN_OFFICER_LEAVING,
    DRAW_LEAVING_LISTS,
    FINISH_OFFICER_LEAVING,
    GET_LEAVING_LIST,
    GET_OFFICER_LEAVING,
    LIST_OFFICER_LEAVINGS,
    SIGN_LEAVING_LIST,
)
from gateway.api.resource import Resource
from gateway.asking import ask

officer_leavings = Resource("officer leavings", "An officer leaves: what is missing, and what both sign.")
ONE = "/officer-leavings/<uuid:id>"


@officer_leavings.get("/offices/<uuid:office_id>/officer-leavings", LIST_OFFICER_LEAVINGS)
def list_officer_leavings(command: dict[str, Any]) -> dict[str, Any]:
    """List a branch's leavings, the newest first."""
    return ask(LIST_OFFICER_LEAVINGS, command)


@officer_leavings.put(ONE, BEGIN_OFFICER_LEAVING)
def begin_officer_leaving(command: dict[str, Any]) -> dict[str, Any]:
    """Begin a leaving: lists of balances are drawn, and all his members' passbooks."""
    return ask(BEGIN_OFFICER_LEAVING, command)


@officer_leavings.get(ONE, GET_OFFICER_LEAVING)
def get_officer_leaving(command: dict[str, Any]) -> dict[str, Any]:
    """Read one leaving with what is missing."""
    return ask(GET_OFFICER_LEAVING, command)


@officer_leavings.post(f"{ONE}/lists", DRAW_LEAVING_LISTS)
def draw_leaving_lists(command: dict[str, Any]) -> dict[str, Any]:
    """Draw again each list whose balances have moved."""
    return ask(DRAW_LEAVING_LISTS, command)


@officer_leavings.get(f"{ONE}/lists/<uuid:samity_id>", GET_LEAVING_LIST)
def get_leaving_list(command: dict[str, Any]) -> dict[str, Any]:
    """Read the list of one samity."""
    return ask(GET_LEAVING_LIST, command)


@officer_leavings.post(f"{ONE}/lists/<uuid:samity_id>/signature", SIGN_LEAVING_LIST)
def sign_leaving_list(command: dict[str, Any]) -> dict[str, Any]:
    """Sign the list of one samity as it was read."""
    return ask(SIGN_LEAVING_LIST, command)


@officer_leavings.post(f"{ONE}/end", FINISH_OFFICER_LEAVING)
def finish_officer_leaving(command: dict[str, Any]) -> dict[str, Any]:
    """Let him go, when nothing is missing."""
    return ask(FINISH_OFFICER_LEAVING, command)
