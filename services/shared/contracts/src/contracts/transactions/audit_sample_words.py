"""The closed words of an auditor's samples (rule P12)."""

from enum import StrEnum


class SampleOf(StrEnum):
    """Of what a sample is drawn."""

    ENTRIES = "entries"
    MEMBERS = "members"
