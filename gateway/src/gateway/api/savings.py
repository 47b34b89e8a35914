"""A savings account's life: withdrawals against her mark, term dues, closing; and corrections (M9, M13)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    LIST_WITHDRAWALS,
    PAY_WITHDRAWAL,
    PROPOSE_CLOSING,
    PROPOSE_CORRECTION,
    PROPOSE_WITHDRAWAL,
    QUOTE_CLOSING,
    READ_TERM_DUES,
)
from gateway.api.resource import Resource
from gateway.asking import ask

savings = Resource(
    "savings",
    "A savings account's life: withdrawals against her mark, term dues, closing; and corrections (M9, M13).",
)


@savings.get("/withdrawals", LIST_WITHDRAWALS)
def list_withdrawals(command: dict[str, Any]) -> dict[str, Any]:
    """List the withdrawals of an office that are not finished."""
    return ask(LIST_WITHDRAWALS, command)


@savings.put("/withdrawals/<uuid:id>", PROPOSE_WITHDRAWAL, status=HTTPStatus.ACCEPTED)
def propose_withdrawal(command: dict[str, Any]) -> dict[str, Any]:
    """Take down that she wants money from her account; above the counter's limit another person agrees."""
    return ask(PROPOSE_WITHDRAWAL, command)


@savings.post("/withdrawals/<uuid:id>/payment", PAY_WITHDRAWAL)
def pay_withdrawal(command: dict[str, Any]) -> dict[str, Any]:
    """Pay it at the branch, against her mark and before a witness (M9)."""
    return ask(PAY_WITHDRAWAL, command)


@savings.post("/withdrawals/<uuid:id>/cancellation", CANCEL_WITHDRAWAL)
def cancel_withdrawal(command: dict[str, Any]) -> dict[str, Any]:
    """Cancel it: what was kept back is hers to use again."""
    return ask(CANCEL_WITHDRAWAL, command)


@savings.get("/savings/<uuid:account_id>/closing", QUOTE_CLOSING)
def quote_closing(command: dict[str, Any]) -> dict[str, Any]:
    """Tell what she would get if the account were closed today."""
    return ask(QUOTE_CLOSING, command)


@savings.get("/savings/<uuid:account_id>/dues", READ_TERM_DUES)
def read_term_dues(command: dict[str, Any]) -> dict[str, Any]:
    """Read what is due month by month on a term account."""
    return ask(READ_TERM_DUES, command)


@savings.put("/closings/<uuid:id>", PROPOSE_CLOSING, status=HTTPStatus.ACCEPTED)
def propose_closing(command: dict[str, Any]) -> dict[str, Any]:
    """Propose to close an account and pay out what is hers; another person approves."""
    return ask(PROPOSE_CLOSING, command)


@savings.put("/corrections/<uuid:id>", PROPOSE_CORRECTION, status=HTTPStatus.ACCEPTED)
def propose_correction(command: dict[str, Any]) -> dict[str, Any]:
    """Propose to put right a row of an earlier day; another person approves (M13)."""
    return ask(PROPOSE_CORRECTION, command)
