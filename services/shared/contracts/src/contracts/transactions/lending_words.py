"""The closed lists of words of a loan's life in the book, as they stand on the wire."""

from enum import StrEnum


class Split(StrEnum):
    """How a payment is told apart (rule L1): flat loans in proportion, others charge first, row by row."""

    PROPORTIONAL = "proportional"
    BY_INSTALMENT = "by_instalment"


class PayoutHow(StrEnum):
    """How the principal reaches her (rule L4): in her hand at the branch, or on an account of her own."""

    CASH = "cash"
    BANK = "bank"
    MOBILE_MONEY = "mobile_money"


class LoanStatus(StrEnum):
    """Where a loan stands in the book; all but the first are its ends."""

    RUNNING = "running"
    REPAID = "repaid"
    SETTLED = "settled"
    WAIVED = "waived"
    WRITTEN_OFF = "written_off"
    UNDONE = "undone"


class ScheduleReason(StrEnum):
    """Why a loan got this version of its schedule."""

    PAYOUT = "payout"
    HOLIDAY = "holiday"
    MEETING_DAY = "meeting_day"
    RESCHEDULE = "reschedule"
    TRANSFER = "transfer"


class SurplusTo(StrEnum):
    """Where she wants money that is more than the rest of her loan (rule M11)."""

    SAVINGS = "savings"
    UNALLOCATED = "unallocated"


class LoansShown(StrEnum):
    """Which of an office's loans a list shows."""

    RUNNING = "running"
    OVERDUE = "overdue"


class RowPaid(StrEnum):
    """How an instalment stands on a day."""

    PAID = "paid"
    PARTLY = "partly"
    DUE = "due"
    OVERDUE = "overdue"
    COMING = "coming"
