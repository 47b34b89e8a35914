"""What waits for a second person, as other processes call it."""

from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.operations import approvals as deciding
from accounts.queries import approvals
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS


class Approvals(Entrypoints):
    """The inbox of what waits in accounts, and the deciding of it."""

    @serve(LIST_APPROVALS)
    def list_approvals(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer what waits in the actor's scope."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return approvals.list_approvals(register, after=command.get("after"), scope=scope)

    @serve(DECIDE_APPROVAL)
    def decide_approval(self, command: dict[str, Any]) -> dict[str, Any]:
        """Decide what waits; a step in another service is then taken by the batch process."""
        scope, verdict = Scope.of(self.call.actor), schemas.verdict(command)
        with self.books() as register:
            stage = deciding.decide_approval(register, command["id"], verdict, self._desk(), scope=scope)
        return {"id": command["id"], "state": stage, "secret": None}
