"""Ids that the server makes, made here only: UUID version 7 (RFC 9562), so that they sort by time."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 74


def new_id(now: datetime) -> str:
    """Return a new id: 48 bits of milliseconds, then 74 random bits.

    Args:
        now: The instant that the id sorts by.
    """
    random = secrets.randbits(_RANDOM_BITS)
    value = (now - EPOCH) // MILLISECOND << 80
    value |= 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(UUID(int=value))
