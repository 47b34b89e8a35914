"""Which payouts the area asks members about (rule L4). Pure."""

import hashlib
from datetime import date, timedelta

from accounts.domain.lending.loans import LendingLimits

_PARTS = 10_000


def is_drawn(key: str, limits: LendingLimits) -> bool:
    """Tell whether a payout is drawn; the same key is always drawn alike.

    Args:
        key: Of the loan, and not to be foreseen by who chooses its id.
        limits: With how many in a hundred are drawn.
    """
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % _PARTS
    return drawn < limits.call_back_percent * (_PARTS // 100)


def due_on(disbursed_on: date, limits: LendingLimits) -> date:
    """Return the last day on which she is to be called."""
    return disbursed_on + timedelta(days=limits.call_back_days)
