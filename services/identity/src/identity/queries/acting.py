"""Acting assignments, as people read them, and as a session carries them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from contracts.permissions import PERMISSIONS, Role
from identity.repository import Books, Scope
from identity.repository.acting import ActingShown


def list_acting(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the acting posts at the actor's offices."""
    scope = Scope.of(books.work.actor)
    found = books.acting.list_page(scope, after=command["after"], limit=command["limit"])
    items = [_item(one, books.work.today) for one in found]
    return {"items": items, "next": items[-1]["id"] if len(items) == command["limit"] else None}


def show_acting(books: Books, acting_id: str) -> dict[str, Any]:
    """Return one that was found in scope."""
    return _item(books.acting.show(acting_id), books.work.today)


def posts_of(books: Books, staff_id: str) -> list[dict[str, Any]]:
    """Return the posts in which a person acts today, as his session carries them."""
    held = books.acting.held_by(staff_id, books.work.today)
    offices = books.offices.get_each({acting.office_id for acting in held})
    return [
        {
            "id": acting.id,
            "role": acting.role,
            "permissions": sorted(PERMISSIONS[Role(acting.role)]),
            "office_id": acting.office_id,
            "office_path": offices[acting.office_id].path,
            "office_name_bn": offices[acting.office_id].name_bn,
            "office_name_en": offices[acting.office_id].name_en,
            "limits": limits_of(books, acting.role),
            "to_on": acting.to_on,
        }
        for acting in held
    ]


def limits_of(books: Books, role: str) -> list[dict[str, Any]]:
    """Return up to which amounts a role may allow what today."""
    known = books.limits.of_role(role, books.work.today)
    return [{"permission": permission, "amount": amount} for permission, amount in known.items()]


def _item(shown: ActingShown, today: date) -> dict[str, Any]:
    return asdict(shown.acting) | shown.names | {"holds": shown.acting.holds(today)}
