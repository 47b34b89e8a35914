"""The closed words of an officer's leaving (rule P8)."""

from enum import StrEnum


class LeavingCheck(StrEnum):
    """What must be so before an officer has left."""

    NOTHING_OPEN = "nothing_open"
    """No sheet and no hand-over of his waits for the book: nothing is unsent."""

    NO_CASH = "no_cash"
    """Neither the book nor a sheet holds cash of his."""

    SAMITIES_GIVEN = "samities_given"
    """Every samity has another officer."""

    LISTS_SIGNED = "lists_signed"
    """The balances of each samity, as they were when it became another's, are signed by both."""

    ACCESS_OFF = "access_off"
    """His access is off, and with it every device of his."""
