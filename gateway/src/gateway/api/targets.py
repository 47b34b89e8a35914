"""What branches and field officers are to reach in a month: set from above, read where the book is."""

from typing import Any

from contracts.transactions.targets import LIST_TARGETS, SET_TARGETS
from gateway.api.resource import Resource
from gateway.asking import ask

targets = Resource(
    "targets", "What branches and field officers are to reach in a month: set from above, the newest count."
)


@targets.put("/offices/<uuid:office_id>/targets/<uuid:id>", SET_TARGETS)
def set_targets(command: dict[str, Any]) -> dict[str, Any]:
    """Set a month's targets: a branch's from above it, an officer's by his branch manager."""
    return ask(SET_TARGETS, command)


@targets.get("/offices/<uuid:office_id>/targets", LIST_TARGETS)
def list_targets(command: dict[str, Any]) -> dict[str, Any]:
    """Read all targets that were set for a branch and its officers for a month, the newest first."""
    return ask(LIST_TARGETS, command)
