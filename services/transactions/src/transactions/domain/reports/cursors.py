"""Where a page of a report ends, as one text: the last row's place in the report's order. Pure."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from contracts.errors import InvalidPayload
from transactions.domain.reports.lines import Row

Place = tuple[str, ...]
_INT8 = range(-(2**63), 2**63)


def cursor_of(order: Mapping[str, str], row: Row) -> str:
    """Return the cursor after a row."""
    values = [_plain(row[name]) for name in order]
    return urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode()


def place_of_cursor(order: Mapping[str, str], cursor: str | None) -> Place | None:
    """Return the place that a cursor says.

    Raises:
        InvalidPayload: it is none of this report's.
    """
    if cursor is None:
        return None
    try:
        values = list(json.loads(urlsafe_b64decode(cursor.encode()).decode()))
        return tuple(_READ[kind](value) for kind, value in zip(order.values(), values, strict=True))
    except (ValueError, TypeError, AttributeError):
        raise InvalidPayload.of(after="CURSOR") from None


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(value: str) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(value)
    value.encode()
    return value


def _bigint(value: str) -> str:
    if int(value) not in _INT8:
        raise ValueError(value)
    return str(int(value))


_READ: dict[str, Callable[[Any], str]] = {
    "text": _text,
    "date": lambda value: date.fromisoformat(value).isoformat(),
    "uuid": lambda value: str(UUID(value)),
    "bigint": _bigint,
}
