"""The closed lists of words about applicants' money, as they stand on the wire."""

from enum import StrEnum


class ApplicantMoneyState(StrEnum):
    """Where money of an applicant is: with the branch, on her savings, or back in her hand."""

    HELD = "held"
    MOVED = "moved"
    REFUNDED = "refunded"
