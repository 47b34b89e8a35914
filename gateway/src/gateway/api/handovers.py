"""Hand-overs: an officer's sheets and cash, counted and posted in one transaction (M7, M8)."""

from typing import Any

from contracts.transactions.collection import (
    AUTHORISE_HANDOVER,
    COUNT_HANDOVER,
    DECLARE_HANDOVER,
    GET_HANDOVER,
    LIST_HANDOVERS,
)
from gateway.api.resource import Resource
from gateway.asking import ask

handovers = Resource(
    "hand-overs", "Hand-overs: an officer's sheets and cash, counted and posted in one transaction (M7, M8)."
)


@handovers.get("/hand-overs", LIST_HANDOVERS)
def list_handovers(command: dict[str, Any]) -> dict[str, Any]:
    """List hand-overs by office, day and status."""
    return ask(LIST_HANDOVERS, command)


@handovers.get("/hand-overs/<uuid:id>", GET_HANDOVER)
def get_handover(command: dict[str, Any]) -> dict[str, Any]:
    """Read a hand-over with its sheets and counts."""
    return ask(GET_HANDOVER, command)


@handovers.put("/hand-overs/<uuid:id>", DECLARE_HANDOVER)
def declare_handover(command: dict[str, Any]) -> dict[str, Any]:
    """Declare a hand-over of one's own sheets."""
    return ask(DECLARE_HANDOVER, command)


@handovers.put("/hand-overs/<uuid:handover_id>/counts/<uuid:count_id>", COUNT_HANDOVER)
def count_handover(command: dict[str, Any]) -> dict[str, Any]:
    """Count a hand-over's cash by denomination; a count once saved stays."""
    return ask(COUNT_HANDOVER, command)


@handovers.post("/hand-overs/<uuid:handover_id>/authorisation", AUTHORISE_HANDOVER)
def authorise_handover(command: dict[str, Any]) -> dict[str, Any]:
    """Authorize a counted hand-over: all its sheets are posted, or none."""
    return ask(AUTHORISE_HANDOVER, command)
