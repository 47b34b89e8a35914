"""Notes on a member: who wrote what and when; nothing is changed or taken away afterwards.

A note about her field officer is not for him, nor for any other officer; an auditor's notes are for
auditors and for those above the branch.
"""

from marshmallow import fields

from contracts.accounts.note_words import WRITTEN_BY_STAFF, NoteKind
from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.fields import CodeField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command

LONGEST_NOTE = 1000


class WriteAuditNote(Command):
    """Write down what an auditor found."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    text = TextField(LONGEST_NOTE, shortest=3, required=True)


class WriteNote(WriteAuditNote):
    """Write down what others should know of her, or what she said of her officer."""

    kind = CodeField(*WRITTEN_BY_STAFF, required=True)


class Note(Answer):
    """One note."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = CodeField(*NoteKind, required=True)
    text = fields.String(required=True)
    written_by = UuidField(required=True)
    written_by_name_bn = fields.String(required=True, allow_none=True)
    written_by_name_en = fields.String(required=True, allow_none=True)
    written_at = InstantField(required=True)


class ListNotes(PageCommand):
    """Whose notes; the newest come first, and only those that the reader may read."""

    member_id = UuidField(required=True)


class Notes(Answer):
    """A page of notes."""

    items = fields.List(fields.Nested(Note), required=True)
    next = UuidField(required=True, allow_none=True)


WRITE_NOTE = Method(
    service="accounts",
    name="write_note",
    command=WriteNote,
    answer=Note,
    permission="note:write",
    changes=True,
)
WRITE_AUDIT_NOTE = Method(
    service="accounts",
    name="write_audit_note",
    command=WriteAuditNote,
    answer=Note,
    permission="note:audit",
    changes=True,
)
LIST_NOTES = Method(
    service="accounts", name="list_notes", command=ListNotes, answer=Notes, permission="member:read"
)

METHODS = (WRITE_NOTE, WRITE_AUDIT_NOTE, LIST_NOTES)
