"""Notes on a member: written once, read by whom they are for. Rule P4."""

from accounts.domain.notes import NewNote
from accounts.domain.scope import Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from contracts.accounts.note_words import NoteKind
from contracts.errors import IdConflict, PersonExcluded

TABLE = "member_notes"


def write_note(
    register: Register, note: NewNote, numbers: PrivateNumbers, *, scope: Scope, fingerprint: str
) -> None:
    """Write a note; repeated, do nothing.

    Raises:
        NotFound: she is not in scope.
        IdConflict: the id belongs to another note.
        PersonExcluded: it is the author himself or declared kin (rule M8).
    """
    member = register.members.show(scope, note.member_id)
    known = register.notes.find_fingerprint(note.id)
    if known is not None:
        if known != fingerprint:
            raise IdConflict
        return
    if note.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    about = register.notes.officer_of(member["samity_id"]) if note.kind is NoteKind.OFFICER else None
    text = numbers.hide_text(TABLE, note.id, note.text)
    register.notes.add(note, about_id=about, text=text, fingerprint=fingerprint)
    register.work.audit("write_note", "member", note.member_id, {"note_id": note.id, "kind": str(note.kind)})
