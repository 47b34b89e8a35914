"""Reschedules of running loans as other processes call them: ask the books, act, answer."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import reschedules
from accounts.queries import reschedules as questions
from accounts.schemas import calendar as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.reschedules import LIST_RESCHEDULES, PROPOSE_RESCHEDULE
from contracts.transactions.lending import LOAN_STANDINGS


class Reschedules(Entrypoints):
    """New days and amounts for what is unpaid of a loan. Nothing is held while transactions is asked."""

    @serve(PROPOSE_RESCHEDULE)
    def propose_reschedule(self, command: dict[str, Any]) -> dict[str, Any]:
        """Take down what she agreed to; the area decides."""
        scope, fingerprint = Scope.of(self.call.actor), schemas.reschedule_fingerprint(command)
        loan_id = command["loan_id"]
        with self.books() as register:
            register.loan_files.show(scope, loan_id)
            if reschedules.is_known(register, command["id"], fingerprint):
                return register.reschedules.show(command["id"])
        found = self.ledger.ask(LOAN_STANDINGS, {"loan_ids": [loan_id]})["items"]
        with self.books() as register:
            return reschedules.propose_reschedule(
                register,
                command,
                found[0] if found else None,
                self._desk(),
                scope=scope,
                fingerprint=fingerprint,
            )

    @serve(LIST_RESCHEDULES)
    def list_reschedules(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the reschedules proposed under an office."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return questions.list_reschedules(register, command, scope=scope)
