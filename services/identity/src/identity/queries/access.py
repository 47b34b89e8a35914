"""Devices of the staff, and who switched members' logins. Rules P6, P9."""

from typing import Any

from identity.domain.logins import Switch
from identity.repository import Books, Scope
from identity.vault import Vault

SHOWN = 4
"""How many digits of a number stand at its end; the rest is masked."""


def list_devices(books: Books, staff_id: str) -> dict[str, Any]:
    """Return from which devices a person has signed in.

    Raises:
        NotFound: no such person in scope.
    """
    person = books.staff.get(staff_id, Scope.of(books.work.actor))
    return {"items": books.sessions.list_devices(person.id, now=books.work.now), "next": None}


def list_login_switches(books: Books, member_id: str, vault: Vault) -> dict[str, Any]:
    """Return who switched a member's login.

    Raises:
        NotFound: no such member in scope.
    """
    member = books.logins.get_member(member_id, Scope.of(books.work.actor))
    return {
        "items": [_shown(books, one, vault) for one in books.logins.list_switches(member.id)],
        "next": None,
    }


def _shown(books: Books, switch: Switch, vault: Vault) -> dict[str, Any]:
    by = books.staff.find(switch.by_id, Scope.everything())
    number = vault.show_of_switch(switch.number, "number", switch.id) if switch.number else None
    return {
        "id": switch.id,
        "deed": switch.deed,
        "at": switch.at,
        "by_id": switch.by_id,
        "by_bn": by.name_bn if by else None,
        "by_en": by.name_en if by else None,
        "caller": vault.show_of_switch(switch.caller, "caller", switch.id) if switch.caller else None,
        "number_masked": "*" * (len(number) - SHOWN) + number[-SHOWN:] if number else None,
        "called_back": switch.called_back,
        "seen": switch.seen,
        "reason": switch.reason,
    }
