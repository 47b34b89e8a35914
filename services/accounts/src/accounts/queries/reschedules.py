"""Which loans were rescheduled."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_reschedules(register: Register, command: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of what was proposed under an office of the scope between two days, the newest first."""
    limit, days = command["limit"], (command["from_on"], command["to_on"])
    items = register.reschedules.list_page(
        scope, command["office_id"], days, after=command["after"], limit=limit
    )
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}
