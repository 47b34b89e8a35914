"""What only the edge of the system may ask for: the time, and ids that nobody has yet."""

import os
import time
import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DHAKA = ZoneInfo("Asia/Dhaka")
_RANDOM_BYTES = 10
_MILLISECONDS_FROM = 80
_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_VERSION_MASK = ~(0xF << 76)
_VARIANT_MASK = ~(0b11 << 62)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the gateway's edge is where its clock is asked


def new_id() -> str:
    """Return a fresh UUID of version 7: ids made later sort later (RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    bits = (milliseconds << _MILLISECONDS_FROM) | int.from_bytes(os.urandom(_RANDOM_BYTES))
    bits = (bits & _VERSION_MASK | _VERSION) & _VARIANT_MASK | _VARIANT
    return str(uuid.UUID(int=bits))


def today() -> date:
    """Return the calendar date in Dhaka, to prefill a form; a business day comes from the branch."""
    return now().astimezone(DHAKA).date()
