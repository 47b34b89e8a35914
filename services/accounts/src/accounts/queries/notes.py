"""Notes on a member, to whom they are for."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.notes import NoteReader
from accounts.domain.scope import Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row

TABLE = "member_notes"


def list_notes(
    register: Register, command: Mapping[str, Any], *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return a page of the notes that the actor may read, the newest first.

    Raises:
        NotFound: she is not in scope.
    """
    member_id, limit = command["member_id"], command["limit"]
    register.members.show(scope, member_id)
    reader = NoteReader.of(register.work.actor)
    rows = register.notes.of_member(member_id, reader, after=command["after"], limit=limit)
    items = [_shown(row, numbers) for row in rows]
    return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}


def show_note(register: Register, note_id: str, *, numbers: PrivateNumbers) -> dict[str, Any]:
    """Return a note to who has just written it."""
    return _shown(register.notes.written(note_id), numbers)


def _shown(row: Row, numbers: PrivateNumbers) -> dict[str, Any]:
    return row | {"text": numbers.show_text(TABLE, row["id"], row["text"])}
