"""The law as it stands and stood, and what waits to be it."""

from typing import Any

from accounts.repository import Register
from contracts.errors import NotFound


def list_laws(register: Register) -> dict[str, Any]:
    """Return every law that was ever proposed, by its date."""
    return {"items": register.laws.list_all()}


def show_law(register: Register, law_id: str) -> dict[str, Any]:
    """Return how one stands.

    Raises:
        NotFound: nobody proposed it.
    """
    found = [row for row in register.laws.list_all() if row["id"] == law_id]
    if not found:
        raise NotFound(field="id")
    return found[0]
