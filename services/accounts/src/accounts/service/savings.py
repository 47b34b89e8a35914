"""Savings accounts as other processes ask for them."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import savings
from accounts.queries import savings as questions
from accounts.schemas import products as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.savings import OPEN_SAVINGS


class Savings(Entrypoints):
    """What savings are agreed with members."""

    @serve(OPEN_SAVINGS)
    def open_savings(self, command: dict[str, Any]) -> dict[str, Any]:
        """Agree on a savings account; a step of the batch process opens it in the book."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            savings.open_savings(
                register, schemas.savings_wish(command), scope=scope, today=self.clock.today()
            )
            return questions.show_agreed(register, command["id"])
