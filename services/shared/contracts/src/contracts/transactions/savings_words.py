"""The closed lists of words of a savings account's life, as they stand on the wire."""

from enum import StrEnum


class WithdrawalState(StrEnum):
    """What became of a withdrawal; from `approved` on its amount is kept back from everything else.

    While it is `carried`, its cash is in a float for a samity: nobody pays it at the counter meanwhile (M9).
    """

    REQUESTED = "requested"
    APPROVED = "approved"
    CARRIED = "carried"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Mark(StrEnum):
    """How she says that the money is in her hand."""

    SIGNATURE = "signature"
    THUMB = "thumb"


class ClosingHow(StrEnum):
    """On what terms an account was closed."""

    ORDINARY = "ordinary"
    MATURITY = "maturity"
    PREMATURE = "premature"


class CautionReason(StrEnum):
    """Why a withdrawal needs the manager and the area (rule M9)."""

    DORMANT = "dormant"
    NUMBER_CHANGED = "number_changed"
