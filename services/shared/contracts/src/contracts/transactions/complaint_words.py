"""The closed words of the register of mismatches and complaints (rule P4)."""

from enum import StrEnum


class ComplaintAbout(StrEnum):
    """What is wrong: a line, one that is missing, how somebody behaved, or a drawn passbook (rule P5)."""

    ENTRY = "entry"
    NO_ENTRY = "no_entry"
    CONDUCT = "conduct"
    PASSBOOK = "passbook"


SAID = (ComplaintAbout.ENTRY, ComplaintAbout.NO_ENTRY, ComplaintAbout.CONDUCT)
"""What somebody complains about; a passbook that differs opens its case itself."""


class ComplaintVia(StrEnum):
    """By which way it came."""

    APP = "app"
    PHONE = "phone"
    COUNTER = "counter"
    PASSBOOK_CHECK = "passbook_check"


class ComplaintAgainst(StrEnum):
    """Of whom she complains; her officer, unless she says otherwise."""

    OFFICER = "officer"
    MANAGER = "manager"
    OTHER = "other"


class ComplaintState(StrEnum):
    """How far a case has come."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class ComplaintOutcome(StrEnum):
    """What was found: of money the first three, of conduct the last three."""

    BOOK_RIGHT = "book_right"
    PAPER_RIGHT = "paper_right"
    UNCLEAR = "unclear"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


class ComplaintWaits(StrEnum):
    """Who is to answer."""

    BRANCH = "branch"
    AREA = "area"


class Escalation(StrEnum):
    """Why a case has left the branch for the area and the auditor."""

    AGAINST_MANAGER = "against_manager"
    BY_MANAGER = "by_manager"
    FOUND_BY_CHECK = "found_by_check"
    REPEATED = "repeated"
    OVERDUE = "overdue"


class Contacted(StrEnum):
    """How somebody spoke with her."""

    PHONE = "phone"
    VISIT = "visit"
    COUNTER = "counter"
