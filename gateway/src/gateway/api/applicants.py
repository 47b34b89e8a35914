"""Money of applicants at the counter: taken, listed, given back (L8)."""

from typing import Any

from contracts.transactions.applicants import (
    LIST_APPLICANTS_MONEY,
    RECEIVE_APPLICANT_MONEY,
    REFUND_APPLICANT,
)
from gateway.api.resource import Resource
from gateway.asking import ask

applicants = Resource("applicants", "Money of applicants at the counter: taken, listed, given back (L8).")


@applicants.get("/offices/<uuid:office_id>/applicants-money", LIST_APPLICANTS_MONEY)
def list_applicants_money(command: dict[str, Any]) -> dict[str, Any]:
    """List what a branch holds of applicants, what is to be refunded first at the head."""
    return ask(LIST_APPLICANTS_MONEY, command)


@applicants.put("/applicants/<uuid:applicant_id>/receipts/<uuid:entry_id>", RECEIVE_APPLICANT_MONEY)
def receive_applicant_money(command: dict[str, Any]) -> dict[str, Any]:
    """Take cash of an applicant; it goes onto her savings when she is a member."""
    return ask(RECEIVE_APPLICANT_MONEY, command)


@applicants.put("/applicants/<uuid:applicant_id>/refunds/<uuid:id>", REFUND_APPLICANT)
def refund_applicant(command: dict[str, Any]) -> dict[str, Any]:
    """Give her back all that is held of her, against her mark and before a witness."""
    return ask(REFUND_APPLICANT, command)
