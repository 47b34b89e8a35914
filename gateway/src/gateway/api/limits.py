"""Limits by amount: up to where a role may allow what waits for it."""

from http import HTTPStatus
from typing import Any

from contracts.identity import LIST_LIMITS, PROPOSE_LIMIT
from gateway.api.resource import Resource
from gateway.asking import ask

limits = Resource("limits", "Limits by amount, set by two administrators.")


@limits.get("/limits", LIST_LIMITS)
def list_limits(command: dict[str, Any]) -> dict[str, Any]:
    """List every limit that ever was or will be, and which counts today."""
    return ask(LIST_LIMITS, command)


@limits.put("/limits/<uuid:id>", PROPOSE_LIMIT, status=HTTPStatus.ACCEPTED)
def propose_limit(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a limit from a day on; another administrator approves (P7)."""
    return ask(PROPOSE_LIMIT, command)
