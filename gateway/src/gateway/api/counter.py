"""The counter: deposits, receipts, reversals."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.ledger import (
    GET_RECEIPT,
    POST_DEPOSIT,
    PROPOSE_REVERSAL,
)
from gateway.api.resource import Resource
from gateway.asking import ask

counter = Resource("counter", "The counter: deposits, receipts, reversals.")


@counter.put("/deposits/<uuid:entry_id>", POST_DEPOSIT)
def post_deposit(command: dict[str, Any]) -> dict[str, Any]:
    """Post a deposit at the counter; a repeated PUT changes nothing."""
    return ask(POST_DEPOSIT, command)


@counter.get("/receipts/<uuid:entry_id>", GET_RECEIPT)
def get_receipt(command: dict[str, Any]) -> dict[str, Any]:
    """Print a receipt; from the second time on it says DUPLICATE (P3)."""
    return ask(GET_RECEIPT, command)


@counter.put("/reversals/<uuid:id>", PROPOSE_REVERSAL, status=HTTPStatus.ACCEPTED)
def propose_reversal(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a reversal of today's entry; another person approves (M12)."""
    return ask(PROPOSE_REVERSAL, command)
