"""Showing a member's whole number to one who says why."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register


def unmask_member(
    register: Register, command: Mapping[str, Any], *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return one whole number of a member, sealed to the gateway; who asked and why is logged.

    Raises:
        NotFound: there is none in scope.
    """
    row = register.members.show(scope, command["id"])
    asked = {"field": command["field"], "reason": command["reason"]}
    register.work.audit("unmask_member", "member", command["id"], asked)
    return {"value": numbers.sealed_for("gateway", numbers.show(row, command["field"]))}
