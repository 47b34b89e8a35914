"""Changes of members' numbers as staff see them: masked, with where they stand."""

from dataclasses import asdict
from typing import Any

from accounts.domain.number_changes import NumberChange
from accounts.domain.numbers import masked
from accounts.domain.scope import Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register


def list_number_changes(
    register: Register, member_id: str, *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return all changes of a member's number, the newest first.

    Raises:
        NotFound: she is not in scope.
    """
    register.members.show(scope, member_id)
    return {"items": [shown(one, numbers) for one in register.number_changes.list_of(scope, member_id)]}


def shown(change: NumberChange, numbers: PrivateNumbers) -> dict[str, Any]:
    """Return one change as an answer shows it."""
    return asdict(change) | {"mobile_masked": masked(numbers.show_new(change.id, change.mobile))}
