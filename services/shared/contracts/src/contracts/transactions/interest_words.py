"""The closed lists of words of interest on savings, as they stand on the wire."""

from enum import StrEnum


class InterestRunKind(StrEnum):
    """What a run does: puts a month's interest aside, or credits what was earned since the last time."""

    PROVISION = "provision"
    POSTING = "posting"


class InterestRunState(StrEnum):
    """Where a run stands; what it booked before it was cancelled stays."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


INTEREST_METHODS = ("daily_product", "monthly_minimum", "monthly_last", "average_open_close")
"""On which balance of a month interest is counted (domain §3)."""
