"""Samities as staff see them."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_samities(register: Register, command: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of the scope's samities by code."""
    limit = command["limit"]
    items = register.samities.list_page(
        scope,
        branch_id=command["branch_id"],
        officer_id=command["officer_id"],
        after=command["after"],
        limit=limit,
    )
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}
