"""Moving a member to another samity, of her branch or another (L6)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.transfers import LIST_TRANSFERS, PROPOSE_TRANSFER
from gateway.api.resource import Resource
from gateway.asking import ask

transfers = Resource("transfers", "Moving a member to another samity, of her branch or another (L6).")


@transfers.get("/offices/<uuid:office_id>/transfers", LIST_TRANSFERS)
def list_transfers(command: dict[str, Any]) -> dict[str, Any]:
    """List the transfers from or to an office, the newest first."""
    return ask(LIST_TRANSFERS, command)


@transfers.put("/transfers/<uuid:id>", PROPOSE_TRANSFER, status=HTTPStatus.ACCEPTED)
def propose_transfer(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that a member moves; who receives her agrees, then her accounts go along."""
    return ask(PROPOSE_TRANSFER, command)
