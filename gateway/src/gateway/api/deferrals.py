"""Sheets that come late: the day closes past one, with a reason and its cash declared overnight (M3)."""

from typing import Any

from contracts.transactions.deferrals import DEFER_SHEET, LIST_DEFERRALS
from gateway.api.resource import Resource
from gateway.asking import ask

deferrals = Resource(
    "deferrals",
    "Sheets that come late: the day closes past one, with a reason and its cash declared overnight (M3).",
)


@deferrals.put("/sheets/<uuid:sheet_id>/deferrals/<uuid:id>", DEFER_SHEET)
def defer_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Let the open day close without this sheet; the area is told, and it is missing again tomorrow."""
    return ask(DEFER_SHEET, command)


@deferrals.get("/deferrals", LIST_DEFERRALS)
def list_deferrals(command: dict[str, Any]) -> dict[str, Any]:
    """List the days that closed past a sheet which is not in the book yet, or those that are settled."""
    return ask(LIST_DEFERRALS, command)
