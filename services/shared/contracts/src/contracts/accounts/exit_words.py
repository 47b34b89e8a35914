"""The closed lists of words of a member's leaving, as they stand on the wire."""

from enum import StrEnum


class ExitState(StrEnum):
    """Where the leaving of a member stands; `blocked` is agreed to, but something came in between."""

    PROPOSED = "proposed"
    CLOSING = "closing"
    CLOSED = "closed"
    BLOCKED = "blocked"
    DECLINED = "declined"
    UNDOING = "undoing"
    UNDONE = "undone"


class ExitCheck(StrEnum):
    """What must be so before a member leaves for good (rule L7)."""

    NOTHING_PENDING = "nothing_pending"
    NO_RUNNING_LOAN = "no_running_loan"
    NO_GUARANTEE = "no_guarantee"
    NO_OPEN_CASE = "no_open_case"
    NOTHING_UNALLOCATED = "nothing_unallocated"
    SAVINGS_CLOSED = "savings_closed"
    PASSBOOK_RETURNED = "passbook_returned"
