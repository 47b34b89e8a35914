"""A loan from wish to payout: proposal, recommendation, approval, payout, call-back (rules L2, L4, M8)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.loans import (
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    LIST_CALL_BACKS,
    LIST_LOANS,
    PROPOSE_LOAN,
    RECOMMEND_LOAN,
    RECORD_CALL_BACK,
    SEND_PAYOUT_CODE,
)
from gateway.api.resource import Resource
from gateway.asking import ask

loan_proposals = Resource(
    "loan_proposals", "A loan from her wish to the payout, as accounts keeps its agreement."
)


@loan_proposals.put("/loan-proposals/<uuid:id>", PROPOSE_LOAN, status=HTTPStatus.ACCEPTED)
def propose_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Take down that she asks for a loan; answers with the schedule for the planned day (L2)."""
    return ask(PROPOSE_LOAN, command)


@loan_proposals.get("/loan-proposals", LIST_LOANS)
def list_loans(command: dict[str, Any]) -> dict[str, Any]:
    """List loans by member, samity, branch or state, the newest proposal first."""
    return ask(LIST_LOANS, command)


@loan_proposals.get("/loan-proposals/<uuid:id>", GET_LOAN)
def get_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Read a loan's file with the agreement to print before she puts her mark to it (L2)."""
    return ask(GET_LOAN, command)


@loan_proposals.put("/loan-proposals/<uuid:id>/recommendation", RECOMMEND_LOAN)
def recommend_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Write what somebody else than the officer found at her home."""
    return ask(RECOMMEND_LOAN, command)


@loan_proposals.put("/loan-proposals/<uuid:id>/approval", APPROVE_LOAN)
def approve_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Approve what was asked, or less with her consent (L4)."""
    return ask(APPROVE_LOAN, command)


@loan_proposals.post("/loan-proposals/<uuid:id>/cancellation", CANCEL_LOAN)
def cancel_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Let go of a loan that is not paid out."""
    return ask(CANCEL_LOAN, command)


@loan_proposals.post("/loan-proposals/<uuid:id>/payout-code", SEND_PAYOUT_CODE)
def send_payout_code(command: dict[str, Any]) -> dict[str, Any]:
    """Send her a code; she says it at the branch when she gets the money (L4)."""
    return ask(SEND_PAYOUT_CODE, command)


@loan_proposals.put("/loan-proposals/<uuid:id>/payout", DISBURSE_LOAN, status=HTTPStatus.ACCEPTED)
def disburse_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Pay it out on the branch's business day; the cash is handed over when its state is `disbursed` (L4)."""
    return ask(DISBURSE_LOAN, command)


@loan_proposals.get("/loan-call-backs", LIST_CALL_BACKS)
def list_call_backs(command: dict[str, Any]) -> dict[str, Any]:
    """List the payouts about which members are still to be asked (L4)."""
    return ask(LIST_CALL_BACKS, command)


@loan_proposals.put("/loan-call-backs/<uuid:loan_id>", RECORD_CALL_BACK)
def record_call_back(command: dict[str, Any]) -> dict[str, Any]:
    """Write what she said when she was called back."""
    return ask(RECORD_CALL_BACK, command)
