"""Counts that nobody was told of: of a vault or of an officer's cash, and who saw them."""

from typing import Any

from contracts.transactions.surprise_counts import (
    LIST_SURPRISE_COUNTS,
    RECORD_SURPRISE_COUNT,
    SEE_SURPRISE_COUNT,
)
from gateway.api.resource import Resource
from gateway.asking import ask

surprise_counts = Resource(
    "surprise_counts", "Counts that nobody was told of: of a vault or of an officer's cash, and who saw them."
)


@surprise_counts.put("/offices/<uuid:office_id>/surprise-counts/<uuid:id>", RECORD_SURPRISE_COUNT)
def record_surprise_count(command: dict[str, Any]) -> dict[str, Any]:
    """Record what was found in mid-day in the vault, or with an officer."""
    return ask(RECORD_SURPRISE_COUNT, command)


@surprise_counts.post("/surprise-counts/<uuid:id>/sighting", SEE_SURPRISE_COUNT)
def see_surprise_count(command: dict[str, Any]) -> dict[str, Any]:
    """Say that one saw the same notes; only who keeps the cash does."""
    return ask(SEE_SURPRISE_COUNT, command)


@surprise_counts.get("/offices/<uuid:office_id>/surprise-counts", LIST_SURPRISE_COUNTS)
def list_surprise_counts(command: dict[str, Any]) -> dict[str, Any]:
    """List an office's counts, the newest first; an officer finds those of his own cash."""
    return ask(LIST_SURPRISE_COUNTS, command)
