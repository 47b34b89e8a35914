"""Withdrawals paid at a samity: where that is allowed, and the floats that officers carry for them (M9)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.floats import (
    ACCEPT_FLOAT,
    ISSUE_FLOAT,
    LIST_FIELD_PAYMENTS,
    LIST_FLOATS,
    PROPOSE_FIELD_PAYMENTS,
    RETURN_FLOAT,
)
from gateway.api.resource import Resource
from gateway.asking import ask

floats = Resource(
    "floats",
    "Withdrawals paid at a samity: where that is allowed, and the floats that officers carry for them (M9).",
)


@floats.put(
    "/offices/<uuid:office_id>/field-payments/<uuid:id>", PROPOSE_FIELD_PAYMENTS, status=HTTPStatus.ACCEPTED
)
def propose_field_payments(command: dict[str, Any]) -> dict[str, Any]:
    """Propose whether an office pays withdrawals in the field from a day on; a second person decides."""
    return ask(PROPOSE_FIELD_PAYMENTS, command)


@floats.get("/offices/<uuid:office_id>/field-payments", LIST_FIELD_PAYMENTS)
def list_field_payments(command: dict[str, Any]) -> dict[str, Any]:
    """Read whether an office pays in the field, and the settings that it ever had."""
    return ask(LIST_FIELD_PAYMENTS, command)


@floats.get("/floats", LIST_FLOATS)
def list_floats(command: dict[str, Any]) -> dict[str, Any]:
    """List the floats of an office that are out, or those that are back."""
    return ask(LIST_FLOATS, command)


@floats.put("/floats/<uuid:id>", ISSUE_FLOAT)
def issue_float(command: dict[str, Any]) -> dict[str, Any]:
    """Count out the cash of agreed withdrawals for a samity's sheet; it moves when the officer takes it."""
    return ask(ISSUE_FLOAT, command)


@floats.post("/floats/<uuid:id>/acceptance", ACCEPT_FLOAT)
def accept_float(command: dict[str, Any]) -> dict[str, Any]:
    """Take the cash, on the phone that holds the sheet."""
    return ask(ACCEPT_FLOAT, command)


@floats.post("/floats/<uuid:id>/return", RETURN_FLOAT)
def return_float(command: dict[str, Any]) -> dict[str, Any]:
    """Take a float back whole, or withdraw one that nobody took."""
    return ask(RETURN_FLOAT, command)
