"""The closed lists of words of month-ends, as they stand on the wire (rule M15)."""

from enum import StrEnum


class MonthState(StrEnum):
    """Where a branch's month stands; `open` until somebody asks for its end."""

    OPEN = "open"
    RUNNING = "running"
    MISSING = "missing"
    CLOSED = "closed"


class MonthStage(StrEnum):
    """What the end of a month has done last, in the one order of rule M15."""

    ASKED = "asked"
    READY = "ready"
    PROVIDED = "provided"
    CREDITED = "credited"
    CLASSED = "classed"
    SUMMED = "summed"
    CLOSED = "closed"
