"""Acting assignments: who holds whose post while that one is away."""

from http import HTTPStatus
from typing import Any

from contracts.identity import END_ACTING, LIST_ACTING, PROPOSE_ACTING
from gateway.api.resource import Resource
from gateway.asking import ask

acting = Resource("acting", "Acting assignments: who holds whose post while that one is away.")


@acting.get("/acting", LIST_ACTING)
def list_acting(command: dict[str, Any]) -> dict[str, Any]:
    """List the acting posts at the offices that one sees, the newest first."""
    return ask(LIST_ACTING, command)


@acting.put("/acting/<uuid:id>", PROPOSE_ACTING, status=HTTPStatus.ACCEPTED)
def propose_acting(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that a person holds another one's post for some days; an administrator approves."""
    return ask(PROPOSE_ACTING, command)


@acting.post("/acting/<uuid:id>/end", END_ACTING)
def end_acting(command: dict[str, Any]) -> dict[str, Any]:
    """End an acting post before its last day."""
    return ask(END_ACTING, command)
