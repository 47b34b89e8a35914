"""Which paper books a member had, and which one she holds."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_passbooks(register: Register, member_id: str, *, scope: Scope) -> dict[str, Any]:
    """Return all books of a member, the newest first.

    Raises:
        NotFound: she is not in scope.
    """
    register.members.show(scope, member_id)
    return {"items": register.passbooks.of_member(member_id)}
