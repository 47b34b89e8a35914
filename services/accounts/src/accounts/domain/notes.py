"""Notes on a member: who reads which, and about whom a note is. Pure."""

from dataclasses import dataclass

from contracts.accounts.note_words import NoteKind
from contracts.actor import Actor
from contracts.permissions import Role, permits

READS_AUDIT = "note:read_audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """A note as it is written."""

    id: str
    member_id: str
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class NoteReader:
    """What of the notes somebody may read.

    Attributes:
        person_id: Notes about this person are hidden from him, in whatever post he looks.
        kinds: Which kinds he reads.
    """

    person_id: str
    kinds: frozenset[NoteKind]

    @classmethod
    def of(cls, actor: Actor) -> "NoteReader":
        """Return what an actor reads: no field officer reads what was said of one (rule P4)."""
        kinds = {NoteKind.MEMBER}
        if actor.role != Role.FIELD_OFFICER:
            kinds.add(NoteKind.OFFICER)
        if permits(actor.role or "", READS_AUDIT):
            kinds.add(NoteKind.AUDIT)
        return cls(actor.person_id, frozenset(kinds))

    def reads(self, kind: NoteKind, about_id: str | None) -> bool:
        """Tell whether a note is for this reader."""
        return kind in self.kinds and about_id != self.person_id
