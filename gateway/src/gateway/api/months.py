"""The ends of months: what is missing, one deed for a branch or all below an office, how far it is (M15)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.months import (
    CLOSE_MONTH,
    GET_MONTH_END,
    LIST_MONTH_ENDS,
    PROPOSE_MONTH_SIGNATURE,
)
from gateway.api.resource import Resource
from gateway.asking import ask
from gateway.checklists import ask_linked

months = Resource(
    "months",
    "The ends of months: what is missing, one deed for a branch or all below an office, how far it is (M15).",
)


@months.post("/offices/<uuid:office_id>/month-ends", CLOSE_MONTH, status=HTTPStatus.ACCEPTED)
def close_month(command: dict[str, Any]) -> dict[str, Any]:
    """Close a month of a branch, or of all branches below an office; 422 lists what a branch lacks."""
    return ask_linked(CLOSE_MONTH, command)


@months.get("/offices/<uuid:office_id>/month-ends", LIST_MONTH_ENDS)
def list_month_ends(command: dict[str, Any]) -> dict[str, Any]:
    """List the branches below an office: whose month is closed, how far the others are."""
    return ask(LIST_MONTH_ENDS, command)


@months.get("/offices/<uuid:office_id>/month-end", GET_MONTH_END)
def get_month_end(command: dict[str, Any]) -> dict[str, Any]:
    """Read a branch's month with what is missing before it can be closed."""
    return ask_linked(GET_MONTH_END, command)


@months.put(
    "/offices/<uuid:office_id>/month-signatures/<uuid:id>",
    PROPOSE_MONTH_SIGNATURE,
    status=HTTPStatus.ACCEPTED,
)
def propose_month_signature(command: dict[str, Any]) -> dict[str, Any]:
    """Ask the area to sign for late sheets and money without an account, disclosed as cash in transit."""
    return ask(PROPOSE_MONTH_SIGNATURE, command)
