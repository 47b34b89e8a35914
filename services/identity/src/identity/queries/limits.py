"""Limits by amount, as people read them."""

from dataclasses import asdict
from typing import Any

from identity.repository import Books


def list_limits(books: Books) -> dict[str, Any]:
    """Return every limit that ever was or will be, and which of them counts today."""
    known = books.limits.all()
    counting = {}
    for limit in known:
        if limit.effective_on <= books.work.today:
            counting[limit.role, limit.permission] = limit
    items = [
        asdict(limit) | {"in_force": counting.get((limit.role, limit.permission)) == limit} for limit in known
    ]
    return {"items": items}
