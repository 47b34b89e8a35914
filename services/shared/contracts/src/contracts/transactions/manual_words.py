"""The closed lists of words of vouchers that are written by hand, as they stand on the wire."""

from enum import StrEnum


class ManualKind(StrEnum):
    """What a voucher does to money: it is paid, received, not touched, or changes its place."""

    PAYMENT = "payment"
    RECEIPT = "receipt"
    JOURNAL = "journal"
    CONTRA = "contra"


class ManualState(StrEnum):
    """Where a voucher stands: it waits, is in the book, was declined, or another one undid it."""

    WAITING = "waiting"
    POSTED = "posted"
    DECLINED = "declined"
    UNDONE = "undone"
