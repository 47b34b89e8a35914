"""The closed lists of words about nominees' money, as they stand on the wire."""

from enum import StrEnum


class ClaimState(StrEnum):
    """Where the money of a member who died stands (rule L5)."""

    AGREED = "agreed"
    CLOSED = "closed"
    PAID = "paid"
