"""Notes on a member: about what one is, which says who reads it."""

from enum import StrEnum


class NoteKind(StrEnum):
    """About what a note is, which says who reads it."""

    MEMBER = "member"
    OFFICER = "officer"
    AUDIT = "audit"


WRITTEN_BY_STAFF = (NoteKind.MEMBER, NoteKind.OFFICER)
