"""The closed lists of words of a loan's agreement, as they stand on the wire."""

from enum import StrEnum


class LoanState(StrEnum):
    """Where a loan stands between proposal and end; how a running one is paid, transactions knows."""

    PROPOSED = "proposed"
    RECOMMENDED = "recommended"
    APPROVED = "approved"
    DISBURSING = "disbursing"
    DISBURSED = "disbursed"
    ENDED = "ended"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class LoanRole(StrEnum):
    """As what somebody stands beside the borrower."""

    GUARANTOR = "guarantor"
    CO_APPLICANT = "co_applicant"
    NOMINEE = "nominee"


class PayoutProof(StrEnum):
    """How her telephone proved a payout (rule L4): she said the code, or another person called."""

    CODE = "code"
    CALL_BACK = "call_back"


class CallBackOutcome(StrEnum):
    """What she said when the area called her back after the payout (rule L4)."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    NOT_REACHED = "not_reached"
