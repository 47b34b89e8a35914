"""Pages of the whole institution for the services that remember parts of it (mechanics T4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register


def export_samities(register: Register, page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the next samities."""
    return _paged(register.feeds.samities(**page), page)


def export_members(register: Register, page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the next members; applicants are not among them."""
    return _paged(register.feeds.members(**page), page)


def export_applicants(register: Register, page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the next ones who asked to become members."""
    return _paged(register.feeds.applicants(**page), page)


def export_contacts(
    register: Register, page: Mapping[str, Any], *, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return where messages reach the next members, each number sealed to notifications."""
    rows = register.feeds.contacts(**page)
    return _paged(rows, page) | {"items": [numbers.contact(row) for row in rows]}


def _paged(rows: Sequence[Mapping[str, Any]], page: Mapping[str, Any]) -> dict[str, Any]:
    return {"items": rows, "next": rows[-1]["id"] if len(rows) == page["limit"] else None}
