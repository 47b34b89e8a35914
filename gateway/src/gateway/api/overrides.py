"""Overrides: one breach of the law let pass for one loan, by two people and with a reason."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.overrides import LIST_OVERRIDES, PROPOSE_OVERRIDE
from gateway.api.resource import Resource
from gateway.asking import ask

overrides = Resource(
    "overrides",
    "Overrides: one breach of the law let pass for one loan, by two people and with a reason (L2).",
)


@overrides.get("/overrides", LIST_OVERRIDES)
def list_overrides(command: dict[str, Any]) -> dict[str, Any]:
    """List the overrides that were asked for in one's offices, the newest first."""
    return ask(LIST_OVERRIDES, command)


@overrides.put("/overrides/<uuid:id>", PROPOSE_OVERRIDE, status=HTTPStatus.ACCEPTED)
def propose_override(command: dict[str, Any]) -> dict[str, Any]:
    """Ask that one breach of one loan proposal may pass; the area manager decides."""
    return ask(PROPOSE_OVERRIDE, command)
