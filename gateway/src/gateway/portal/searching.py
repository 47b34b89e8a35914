"""What somebody types to find a member: a name, a code, or a whole number of hers. Pure."""

from __future__ import annotations

WHOLE_NUMBER_LENGTH = 10
"""From ten digits on, what is searched for is a telephone or identity number: it travels sealed."""


def searched(query: str) -> dict[str, str | None]:
    """A query as the filter it means."""
    if is_number(query):
        return {"number": query}
    return {"query": query or None}


def is_number(query: str) -> bool:
    """Whether a query is somebody's telephone or identity number."""
    digits = query.removeprefix("+").replace(" ", "").replace("-", "")
    return digits.isdigit() and len(digits) >= WHOLE_NUMBER_LENGTH
