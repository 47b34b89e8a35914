"""Money taken that found no account, and rows that were changed (M5, M6)."""

from typing import Any

from contracts.transactions.collection import (
    LIST_ROW_CHANGES,
    LIST_UNALLOCATED,
    RESOLVE_UNALLOCATED,
)
from gateway.api.resource import Resource
from gateway.asking import ask

unallocated = Resource(
    "unallocated", "Money taken that found no account, and rows that were changed (M5, M6)."
)


@unallocated.get("/unallocated", LIST_UNALLOCATED)
def list_unallocated(command: dict[str, Any]) -> dict[str, Any]:
    """List receipts that wait for an account."""
    return ask(LIST_UNALLOCATED, command)


@unallocated.post("/unallocated/<uuid:id>/resolution", RESOLVE_UNALLOCATED)
def resolve_unallocated(command: dict[str, Any]) -> dict[str, Any]:
    """Book a receipt on an account, or refund it."""
    return ask(RESOLVE_UNALLOCATED, command)


@unallocated.get("/row-changes", LIST_ROW_CHANGES)
def list_row_changes(command: dict[str, Any]) -> dict[str, Any]:
    """List lowered, removed and moved rows by officer (M6)."""
    return ask(LIST_ROW_CHANGES, command)
