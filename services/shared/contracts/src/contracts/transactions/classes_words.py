"""The closed lists of words of the age of loans, as they stand on the wire."""

from enum import StrEnum

LOAN_CLASSES = ("regular", "watchful", "sub_standard", "doubtful", "bad")
"""From the best to the worst (domain 4.9)."""


class ClassRunState(StrEnum):
    """Where a branch's run of a month stands."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
