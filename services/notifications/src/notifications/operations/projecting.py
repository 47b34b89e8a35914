"""Remembering what other services tell of offices, members and their numbers."""

from collections.abc import Mapping
from typing import Any

from notifications.repository import Books
from notifications.vault import Vault


def project_office(books: Books, state: Mapping[str, Any]) -> None:
    """Remember an office."""
    books.people.remember_office(state)


def project_member(books: Books, state: Mapping[str, Any]) -> None:
    """Remember a member."""
    books.people.remember_member(state)


def project_contact(books: Books, state: Mapping[str, Any], vault: Vault) -> None:
    """Remember a member's number, encrypted, and her consent (P10)."""
    kept = vault.keep(state["mobile"], state["member_id"])
    books.people.remember_contact({**state, "mobile": kept})
