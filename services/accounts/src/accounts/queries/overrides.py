"""The register of overrides, for the area, head office, auditors and inspectors (rule L2)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_overrides(register: Register, wanted: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of the scope's overrides, the newest first."""
    items = register.overrides.list_page(scope, wanted)
    return {"items": items, "next": items[-1]["id"] if len(items) == wanted["limit"] else None}


def export_overrides(register: Register, command: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what was decided, by id."""
    limit = command["limit"]
    items = register.overrides.feed(after=command["after"], limit=limit)
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}
