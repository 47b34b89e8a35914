"""Holidays in force: for people who plan, and for the books that rebuild what they remember."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register


def list_holidays(register: Register, command: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return the holidays that hold for an office of the scope between two days, by day."""
    found = register.calendar.list_between(scope, command["office_id"], command["from_on"], command["to_on"])
    return {"items": found}


def export_holidays(register: Register, command: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of holidays by id."""
    limit = command["limit"]
    items = register.calendar.feed(after=command["after"], limit=limit)
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}
