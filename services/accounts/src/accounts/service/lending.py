"""Lending as other processes call it: load, act, answer."""

from typing import Any

from accounts import schemas
from accounts.queries import quotes
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.quotes import QUOTE_LOAN


class Lending(Entrypoints):
    """Quotes of loans."""

    @serve(QUOTE_LOAN)
    def quote_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer what a loan would cost; nothing is kept."""
        dates = {name: command[name] for name in ("disbursed_on", "first_due_on", "holidays")}
        with self.books() as register:
            law = register.laws.on(command["disbursed_on"])
        return quotes.quote_loan(schemas.loan_terms(command), law, **dates)
