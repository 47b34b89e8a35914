"""What a loan would cost: its schedule and its yearly rate, before anybody agrees on it."""

from typing import Any

from contracts.accounts.quotes import QUOTE_LOAN
from gateway.api.resource import Resource
from gateway.asking import ask

loan_quotes = Resource(
    "loan_quotes", "What a loan would cost: its schedule and its yearly rate, before anybody agrees on it."
)


@loan_quotes.post("/loan-quotes", QUOTE_LOAN)
def quote_loan(command: dict[str, Any]) -> dict[str, Any]:
    """Return the schedule of a loan, what it costs a year, and whether the law allows that (L2)."""
    return ask(QUOTE_LOAN, command)
