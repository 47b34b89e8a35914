"""The closed words of an auditor's findings (rule P12)."""

from enum import StrEnum


class FindingAbout(StrEnum):
    """What a finding is about; of an office when it is about none of its things."""

    OFFICE = "office"
    ENTRY = "entry"
    SHEET = "sheet"
    MEMBER = "member"
    COUNT = "count"


class FindingStep(StrEnum):
    """What happened to a finding."""

    RAISED = "raised"
    ANSWERED = "answered"
    ASKED_AGAIN = "asked_again"
    CLOSED = "closed"


class FindingState(StrEnum):
    """On whom a finding waits: on the office, on the auditor, on nobody."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
