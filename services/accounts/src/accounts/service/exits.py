"""Leaving for good, as other processes call it: load, ask the book, act, answer (rule L7)."""

from dataclasses import asdict
from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.operations import exits
from accounts.queries import exits as questions
from accounts.service.base import Entrypoints
from chassis.injection import ServiceCaller
from chassis.serving import serve
from contracts.accounts.exits import PROPOSE_EXIT, READ_EXIT_CHECKLIST, UNDO_EXIT
from contracts.transactions.standing import MEMBER_STANDING

Said = dict[str, Any]


class Exits(Entrypoints):
    """The checklist, the request to leave, and its undoing the same day."""

    ledger = ServiceCaller("transactions")

    @serve(READ_EXIT_CHECKLIST)
    def read_exit_checklist(self, command: Said) -> Said:
        """Answer what stands between a member and leaving."""
        member_id, scope = command["member_id"], Scope.of(self.call.actor)
        standing = self._standing(member_id, scope)
        with self.books() as register:
            return questions.read_checklist(register, member_id, standing, scope=scope)

    @serve(PROPOSE_EXIT)
    def propose_exit(self, command: Said) -> Said:
        """Ask for a member to leave; another person agrees."""
        wish, fingerprint = schemas.exit_wish(command)
        scope = Scope.of(self.call.actor)
        standing = self._standing(wish.member_id, scope)
        with self.books() as register:
            return asdict(exits.propose_exit(register, wish, standing, scope=scope, fingerprint=fingerprint))

    @serve(UNDO_EXIT)
    def undo_exit(self, command: Said) -> Said:
        """Ask for a leaving of today to be undone; another person agrees."""
        scope, fingerprint = Scope.of(self.call.actor), schemas.undo_fingerprint(command)
        standing = self._standing(command["member_id"], scope)
        with self.books() as register:
            leaving = exits.undo_exit(register, command, standing, scope=scope, fingerprint=fingerprint)
        return {"id": command["id"], "member_id": leaving.member_id, "state": leaving.state}

    def _standing(self, member_id: str, scope: Scope) -> Said:
        """Ask the book how a member stands, who is in the actor's scope; nothing is held meanwhile."""
        with self.books() as register:
            register.members.show(scope, member_id)
        return self.ledger.ask(MEMBER_STANDING, {"member_id": member_id})
