"""What stands between a member and leaving, and how her latest leaving stands (rule L7)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from accounts.domain.exits import checklist
from accounts.domain.members import Status
from accounts.domain.scope import Scope
from accounts.repository import Register


def read_checklist(
    register: Register, member_id: str, standing: Mapping[str, Any], *, scope: Scope
) -> dict[str, Any]:
    """Return the checklist of a member as it is now.

    Raises:
        NotFound: she is not in scope.
    """
    member = register.members.show(scope, member_id)
    checks = checklist(standing, register.exits.in_hand(member_id))
    latest = register.exits.latest_of(member_id)
    clear = all(check.clear for check in checks)
    return {
        "member_id": member_id,
        "may_leave": clear and member["status"] == Status.ACTIVE,
        "items": [check.plain() for check in checks],
        "latest": asdict(latest) if latest else None,
    }
