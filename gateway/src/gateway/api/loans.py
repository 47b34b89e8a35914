"""Loans in the book: repaid at the counter, read with their schedules (L1, M11)."""

from typing import Any

from contracts.transactions.lending import LIST_LOANS, POST_REPAYMENT, READ_LOAN, READ_OWN_LOAN
from gateway.api.resource import Resource
from gateway.asking import ask

loans = Resource("loans", "Loans in the book: repaid at the counter, read with their schedules (L1, M11).")


@loans.put("/repayments/<uuid:entry_id>", POST_REPAYMENT)
def post_repayment(command: dict[str, Any]) -> dict[str, Any]:
    """Take money for a loan at the counter; a repeated PUT changes nothing."""
    return ask(POST_REPAYMENT, command)


@loans.get("/loans", LIST_LOANS)
def list_loans(command: dict[str, Any]) -> dict[str, Any]:
    """List the loans of a member, or the running ones of an office."""
    return ask(LIST_LOANS, command)


@loans.get("/loans/<uuid:loan_id>/book", READ_LOAN)
def read_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Read a loan at the end of a day: what is paid of each instalment, due, overdue, what would end it."""
    return ask(READ_LOAN, command)


@loans.get("/me/loans/<uuid:loan_id>", READ_OWN_LOAN)
def read_own_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Read one of one's own loans with its schedule."""
    return ask(READ_OWN_LOAN, command)
