"""Samities as staff see them, and the few words by which one finds where a member may move."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register
from contracts.digits import to_latin

OTHERS = 20


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


def list_other_samities(register: Register, member_id: str, query: str, *, scope: Scope) -> dict[str, Any]:
    """Return the first samities of the institution by code or name, but the member's own: where she may move.

    Raises:
        NotFound: she is not in scope.
    """
    hers = register.members.show(scope, member_id)["samity_id"]
    found = register.samities.find_others(to_latin(query), but=hers, limit=OTHERS + 1)
    return {"items": found[:OTHERS], "more": len(found) > OTHERS}
