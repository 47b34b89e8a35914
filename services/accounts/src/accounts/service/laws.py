"""The law as other processes ask for it and set it."""

from typing import Any

from accounts.operations import laws
from accounts.queries import laws as questions
from accounts.schemas import laws as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW


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
