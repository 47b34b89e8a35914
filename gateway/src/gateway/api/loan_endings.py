"""How a loan ends by a decision, its registers, and fees at the counter (domain 4.8, 4.9; L5, L7)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.lending_endings import (
    LIST_ENDED_LOANS,
    LIST_FEES,
    POST_FEE,
    POST_RECOVERY,
    PROPOSE_DEATH_REFUND,
    PROPOSE_SAVINGS_TO_LOAN,
    PROPOSE_SETTLEMENT,
    PROPOSE_WAIVER,
    PROPOSE_WRITE_OFF,
    QUOTE_SETTLEMENT,
    QUOTE_WAIVER,
    QUOTE_WRITE_OFF,
)
from gateway.api.resource import Resource
from gateway.asking import ask

loan_endings = Resource(
    "loan_endings", "How a loan ends by a decision, its registers, and fees at the counter (L1, L5, L7)."
)


@loan_endings.get("/loans/<uuid:loan_id>/settlement", QUOTE_SETTLEMENT)
def quote_settlement(command: dict[str, Any]) -> dict[str, Any]:
    """Tell what would end the loan today, with its rebate."""
    return ask(QUOTE_SETTLEMENT, command)


@loan_endings.put("/settlements/<uuid:id>", PROPOSE_SETTLEMENT, status=HTTPStatus.ACCEPTED)
def propose_settlement(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that she ends her loan today; another person approves, and the cash is taken then."""
    return ask(PROPOSE_SETTLEMENT, command)


@loan_endings.put("/savings-to-loan/<uuid:id>", PROPOSE_SAVINGS_TO_LOAN, status=HTTPStatus.ACCEPTED)
def propose_savings_to_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that savings of hers pay her loan, against her mark; another person approves (L7)."""
    return ask(PROPOSE_SAVINGS_TO_LOAN, command)


@loan_endings.get("/loans/<uuid:loan_id>/waiver", QUOTE_WAIVER)
def quote_waiver(command: dict[str, Any]) -> dict[str, Any]:
    """Tell what waiving a dead member's loan would cost the risk fund, and what is refunded first."""
    return ask(QUOTE_WAIVER, command)


@loan_endings.put("/waivers/<uuid:id>", PROPOSE_WAIVER, status=HTTPStatus.ACCEPTED)
def propose_waiver(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that the risk fund bears a dead member's loan; the area approves (L5)."""
    return ask(PROPOSE_WAIVER, command)


@loan_endings.put("/death-refunds/<uuid:id>", PROPOSE_DEATH_REFUND, status=HTTPStatus.ACCEPTED)
def propose_death_refund(command: dict[str, Any]) -> dict[str, Any]:
    """Propose to pay back what was paid on the loan after her death; another person approves (L5)."""
    return ask(PROPOSE_DEATH_REFUND, command)


@loan_endings.get("/loans/<uuid:loan_id>/write-off", QUOTE_WRITE_OFF)
def quote_write_off(command: dict[str, Any]) -> dict[str, Any]:
    """Tell since when the loan is bad, what is provided, and how many loans are older cases."""
    return ask(QUOTE_WRITE_OFF, command)


@loan_endings.put("/write-offs/<uuid:id>", PROPOSE_WRITE_OFF, status=HTTPStatus.ACCEPTED)
def propose_write_off(command: dict[str, Any]) -> dict[str, Any]:
    """Propose to write a loan off by the board's resolution; the area approves."""
    return ask(PROPOSE_WRITE_OFF, command)


@loan_endings.put("/recoveries/<uuid:entry_id>", POST_RECOVERY)
def post_recovery(command: dict[str, Any]) -> dict[str, Any]:
    """Take money for a loan that was written off, with a final receipt."""
    return ask(POST_RECOVERY, command)


@loan_endings.put("/fees/<uuid:entry_id>", POST_FEE)
def post_fee(command: dict[str, Any]) -> dict[str, Any]:
    """Take a fee or a premium for the risk fund, with a final receipt."""
    return ask(POST_FEE, command)


@loan_endings.get("/members/<uuid:member_id>/fees", LIST_FEES)
def list_fees(command: dict[str, Any]) -> dict[str, Any]:
    """List the fees that a member paid, the newest first."""
    return ask(LIST_FEES, command)


@loan_endings.get("/ended-loans", LIST_ENDED_LOANS)
def list_ended_loans(command: dict[str, Any]) -> dict[str, Any]:
    """List the loans of an office that are repaid, settled, waived or written off."""
    return ask(LIST_ENDED_LOANS, command)
