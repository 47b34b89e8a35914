"""The law as other processes ask for it and set it, and what two people let pass of it."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import laws, overrides
from accounts.queries import laws as questions
from accounts.queries import overrides as registers
from accounts.schemas import laws as schemas
from accounts.schemas.overrides import override
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW
from contracts.accounts.overrides import EXPORT_OVERRIDES, LIST_OVERRIDES, PROPOSE_OVERRIDE


class Laws(Entrypoints):
    """What the regulator says, as dated data (rule L2)."""

    @serve(PROPOSE_LAW)
    def propose_law(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let another law wait for a second administrator."""
        with self.books() as register:
            laws.propose_law(
                register,
                command["id"],
                schemas.law(command),
                reason=command["reason"],
                fingerprint=schemas.fingerprint(command),
                today=self.clock.today(),
            )
            return questions.show_law(register, command["id"])

    @serve(LIST_LAWS)
    def list_laws(self, _command: dict[str, Any]) -> dict[str, Any]:
        """Answer every law that was ever proposed."""
        with self.books() as register:
            return questions.list_laws(register)

    @serve(PROPOSE_OVERRIDE)
    def propose_override(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let an override of one breach wait for the area manager."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            overrides.propose_override(register, override(command), scope=scope)
            return register.overrides.show(scope, command["id"])

    @serve(LIST_OVERRIDES)
    def list_overrides(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the register of overrides."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return registers.list_overrides(register, command, scope=scope)

    @serve(EXPORT_OVERRIDES)
    def export_overrides(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of decided overrides."""
        with self.books() as register:
            return registers.export_overrides(register, command)
