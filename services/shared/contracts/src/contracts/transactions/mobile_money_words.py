"""The closed lists of words about mobile money, as they stand on the wire."""

from enum import StrEnum


class Provider(StrEnum):
    """Who carried the money."""

    BKASH = "bkash"
    NAGAD = "nagad"
    ROCKET = "rocket"
    UPAY = "upay"
    OTHER = "other"


class LineState(StrEnum):
    """What a line of a provider's statement is in the book.

    Put onto an account by itself, known from the counter or a sheet, waiting without an account, or put
    onto one by hand.
    """

    POSTED = "posted"
    KNOWN = "known"
    SUSPENSE = "suspense"
    MATCHED = "matched"


class Unmatched(StrEnum):
    """Why a line waits without an account."""

    NO_ACCOUNT = "no_account"
    ACCOUNT_CLOSED = "account_closed"
    ANOTHER_BRANCH = "another_branch"
    NOT_COLLECTED = "not_collected"
    MORE_THAN_THE_LOAN = "more_than_the_loan"
    MEMBER_DECEASED = "member_deceased"
    OWN_OR_KIN = "own_or_kin"
