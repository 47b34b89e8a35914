"""Moving members to another samity, as other processes call it: load, act, answer (rule L6)."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import transfers
from accounts.queries import transfers as questions
from accounts.schemas import calendar as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.transfers import LIST_TRANSFERS, PROPOSE_TRANSFER


class Transfers(Entrypoints):
    """Who moves where."""

    @serve(PROPOSE_TRANSFER)
    def propose_transfer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Ask for a member to move; who receives her agrees."""
        scope, fingerprint = Scope.of(self.call.actor), schemas.transfer_fingerprint(command)
        with self.books() as register:
            return transfers.propose_transfer(register, command, scope=scope, fingerprint=fingerprint)

    @serve(LIST_TRANSFERS)
    def list_transfers(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the transfers that touch an office."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return questions.list_transfers(register, command, scope=scope)
