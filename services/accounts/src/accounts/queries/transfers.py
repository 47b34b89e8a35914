"""Who moved where."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_transfers(register: Register, command: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of the transfers from or to an office of the scope, the newest first."""
    limit = command["limit"]
    items = register.transfers.list_page(scope, command["office_id"], after=command["after"], limit=limit)
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}
