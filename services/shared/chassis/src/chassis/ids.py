"""Ids that the server makes, made here only: UUID version 7 (RFC 9562), so that they sort by time."""

import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_BITS = 74


def new_id(now: datetime) -> str:
    """Return a new id: 48 bits of milliseconds, then 74 random bits.

    Args:
        now: The instant that the id sorts by.
    """
    random = secrets.randbits(_RANDOM_BITS)
    value = int(now.timestamp() * 1000) << 80
    value |= 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(UUID(int=value))
