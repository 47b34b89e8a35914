"""Notes on members who were found in scope; who may not read a note does not find it."""

import sqlalchemy as sa

from accounts.domain.notes import NewNote, NoteReader
from accounts.models import member_notes, samities, staff
from accounts.repository.rows import Row, add, every, get_one
from chassis.work import Work
from contracts.errors import IdConflict

_SHOWN = (
    *(column for column in member_notes.columns if column.name not in {"about_id", "fingerprint"}),
    staff.c.name_bn.label("written_by_name_bn"),
    staff.c.name_en.label("written_by_name_en"),
)
_AUTHORED = member_notes.outerjoin(staff, staff.c.id == member_notes.c.written_by)


class NoteStore:
    """Notes, which are only ever added."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_fingerprint(self, note_id: str) -> str | None:
        """Return the fingerprint of the request that wrote a note; None where none did."""
        query = sa.select(member_notes.c.fingerprint).where(member_notes.c.id == note_id)
        return self._session.execute(query).scalar_one_or_none()

    def written(self, note_id: str) -> Row:
        """Return a note to its author."""
        query = sa.select(*_SHOWN).select_from(_AUTHORED).where(member_notes.c.id == note_id)
        return get_one(self._session, query)

    def officer_of(self, samity_id: str) -> str:
        """Return who keeps a samity now."""
        query = sa.select(samities.c.officer_id).where(samities.c.id == samity_id)
        officer: str = self._session.execute(query).scalar_one()
        return officer

    def of_member(self, member_id: str, reader: NoteReader, *, after: str | None, limit: int) -> list[Row]:
        """Return the next notes that the reader may read, the newest first."""
        about = member_notes.c.about_id
        query = (
            sa.select(*_SHOWN)
            .select_from(_AUTHORED)
            .where(
                member_notes.c.member_id == member_id,
                member_notes.c.kind.in_(reader.kinds),
                sa.or_(about.is_(None), about != reader.person_id),
            )
            .order_by(member_notes.c.written_at.desc(), member_notes.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            last = sa.select(member_notes.c.written_at, member_notes.c.id).where(member_notes.c.id == after)
            key = sa.tuple_(member_notes.c.written_at, member_notes.c.id)
            query = query.where(key < last.scalar_subquery())
        return every(self._session, query)

    def add(self, note: NewNote, *, about_id: str | None, text: str, fingerprint: str) -> None:
        """Write a note, its text encrypted.

        Raises:
            IdConflict: another note was written under the id meanwhile.
        """
        row = {
            "id": note.id,
            "member_id": note.member_id,
            "kind": note.kind,
            "about_id": about_id,
            "text": text,
            "written_by": self._work.actor.person_id,
            "written_at": self._work.now,
            "fingerprint": fingerprint,
        }
        add(self._session, sa.insert(member_notes).values(row), {"member_notes_pkey": IdConflict()})
