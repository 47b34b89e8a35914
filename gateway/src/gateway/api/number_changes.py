"""Changing a member's telephone number: a code, a call back, a manager's word."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.number_changes import (
    CONFIRM_NUMBER_CHANGE,
    LIST_NUMBER_CHANGES,
    PROPOSE_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    SEND_NUMBER_CODE,
)
from gateway.api.resource import Resource
from gateway.asking import ask

number_changes = Resource(
    "number_changes", "Changing a member's telephone number: a code, a call back, a manager's word."
)


@number_changes.get("/members/<uuid:member_id>/number-changes", LIST_NUMBER_CHANGES)
def list_number_changes(command: dict[str, Any]) -> dict[str, Any]:
    """List all changes of a member's number, the newest first."""
    return ask(LIST_NUMBER_CHANGES, command)


@number_changes.put(
    "/members/<uuid:member_id>/number-changes/<uuid:id>", PROPOSE_NUMBER_CHANGE, status=HTTPStatus.ACCEPTED
)
def propose_number_change(command: dict[str, Any]) -> dict[str, Any]:
    """Propose another number; a code goes to it, and a warning to the one that counts (P1, P2)."""
    return ask(PROPOSE_NUMBER_CHANGE, command)


@number_changes.post("/number-changes/<uuid:id>/codes", SEND_NUMBER_CODE)
def send_number_code(command: dict[str, Any]) -> dict[str, Any]:
    """Send another code to the new number."""
    return ask(SEND_NUMBER_CODE, command)


@number_changes.post("/number-changes/<uuid:id>/confirmation", CONFIRM_NUMBER_CHANGE)
def confirm_number_change(command: dict[str, Any]) -> dict[str, Any]:
    """Enter the code that she has read from the new telephone."""
    return ask(CONFIRM_NUMBER_CHANGE, command)


@number_changes.post("/number-changes/<uuid:id>/call-back", RECORD_NUMBER_CALL_BACK)
def record_number_call_back(command: dict[str, Any]) -> dict[str, Any]:
    """Write down that somebody else has called her back."""
    return ask(RECORD_NUMBER_CALL_BACK, command)
