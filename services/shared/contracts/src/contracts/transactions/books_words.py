"""The closed lists of words of the book as a whole, as they stand on the wire."""

from enum import StrEnum


class CashBookKind(StrEnum):
    """Which cash is read as one: the vault with what officers hold, what lies at banks, mobile money."""

    CASH = "cash"
    BANK = "bank"
    MOBILE = "mobile"


class VoucherKind(StrEnum):
    """What an entry did to cash."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    JOURNAL = "journal"
    CONTRA = "contra"
