"""Collection sheets: issued by the server, held by one phone, submitted, returned, checked (M4-M10)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.collection import (
    ASSIGN_SHEET,
    CHECK_SHEET,
    CLAIM_NOT_HELD,
    GET_SHEET,
    HOLD_SHEET,
    ISSUE_SPECIAL_SHEET,
    LIST_COMPARE,
    LIST_SHEETS,
    RETURN_ROWS,
    SETTLE_COMPARISON,
    SUBMIT_SHEET,
)
from gateway.api.resource import Resource
from gateway.asking import ask

sheets = Resource(
    "sheets",
    "Collection sheets: issued by the server, held by one phone, submitted, returned, checked (M4-M10).",
)


@sheets.get("/sheets", LIST_SHEETS)
def list_sheets(command: dict[str, Any]) -> dict[str, Any]:
    """List collection sheets by date, office, officer or status."""
    return ask(LIST_SHEETS, command)


@sheets.get("/sheets/<uuid:id>", GET_SHEET)
def get_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Read a sheet with the members, accounts and rows that it expects."""
    return ask(GET_SHEET, command)


@sheets.post("/sheets/<uuid:id>/holding", HOLD_SHEET)
def hold_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Hold a sheet on this phone; taking it from another one needs a reason."""
    return ask(HOLD_SHEET, command)


@sheets.post("/sheets/<uuid:sheet_id>/officer", ASSIGN_SHEET)
def assign_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Give today's sheet to a substitute."""
    return ask(ASSIGN_SHEET, command)


@sheets.put("/sheets/<uuid:sheet_id>/submissions/<uuid:submission_id>", SUBMIT_SHEET)
def submit_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Submit rows of a sheet; each is answered by itself, and money taken is never refused (M5)."""
    return ask(SUBMIT_SHEET, command)


@sheets.post("/sheets/<uuid:sheet_id>/not-held", CLAIM_NOT_HELD, status=HTTPStatus.ACCEPTED)
def claim_not_held(command: dict[str, Any]) -> dict[str, Any]:
    """Say that the samity did not meet; the manager approves."""
    return ask(CLAIM_NOT_HELD, command)


@sheets.post("/sheets/<uuid:sheet_id>/returns", RETURN_ROWS)
def return_rows(command: dict[str, Any]) -> dict[str, Any]:
    """Return rows to the officer, each with its reason."""
    return ask(RETURN_ROWS, command)


@sheets.post("/sheets/<uuid:sheet_id>/check", CHECK_SHEET)
def check_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Mark a posted sheet as checked; never by who counted or collected (M8)."""
    return ask(CHECK_SHEET, command)


@sheets.get("/sheets/<uuid:sheet_id>/comparisons", LIST_COMPARE)
def list_comparisons(command: dict[str, Any]) -> dict[str, Any]:
    """List the rows of another phone that wait to be compared."""
    return ask(LIST_COMPARE, command)


@sheets.post("/comparisons/<uuid:id>/settlement", SETTLE_COMPARISON)
def settle_comparison(command: dict[str, Any]) -> dict[str, Any]:
    """Settle what another phone had sent."""
    return ask(SETTLE_COMPARISON, command)


@sheets.put("/samities/<uuid:samity_id>/special-sheets/<uuid:id>", ISSUE_SPECIAL_SHEET)
def issue_special_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Issue a special sheet for money on another day."""
    return ask(ISSUE_SPECIAL_SHEET, command)
