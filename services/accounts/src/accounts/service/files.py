"""Pictures and notes of members' files, as other processes call them: load, act, answer."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import notes as writing
from accounts.operations import pictures as adding
from accounts.queries import notes, pictures
from accounts.schemas import files as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.note_words import NoteKind
from contracts.accounts.notes import LIST_NOTES, WRITE_AUDIT_NOTE, WRITE_NOTE
from contracts.accounts.pictures import (
    ADD_PICTURE,
    LIST_PICTURES,
    READ_OWN_PHOTO,
    READ_PHOTO,
    READ_PICTURE,
)

Said = dict[str, Any]


class Files(Entrypoints):
    """What a file holds besides words on a form: photo, papers, notes."""

    @serve(ADD_PICTURE)
    def add_picture(self, command: Said) -> Said:
        """Put a picture into a file; a second person agrees."""
        scope, numbers = Scope.of(self.call.actor), self._numbers()
        picture, fingerprint = schemas.new_picture(command, numbers)
        with self.books() as register:
            adding.add_picture(register, picture, numbers, scope=scope, fingerprint=fingerprint)
            return pictures.show_picture(register, picture.id, numbers=numbers)

    @serve(LIST_PICTURES)
    def list_pictures(self, command: Said) -> Said:
        """Answer which pictures a file holds."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return pictures.list_pictures(
                register, command["member_id"], scope=scope, numbers=self._numbers()
            )

    @serve(READ_PHOTO)
    def read_photo(self, command: Said) -> Said:
        """Answer a member's photo, and record who looked at it."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return pictures.read_photo(register, command["member_id"], scope=scope, numbers=self._numbers())

    @serve(READ_OWN_PHOTO)
    def read_own_photo(self, command: Said) -> Said:
        """Answer the photo of the member who asks."""
        del command
        with self.books() as register:
            return pictures.read_own_photo(register, numbers=self._numbers())

    @serve(READ_PICTURE)
    def read_picture(self, command: Said) -> Said:
        """Answer one picture of a file, and record who looked at it and why."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return pictures.read_picture(register, command, scope=scope, numbers=self._numbers())

    @serve(WRITE_NOTE)
    def write_note(self, command: Said) -> Said:
        """Write a note on a member."""
        return self._write(command, None)

    @serve(WRITE_AUDIT_NOTE)
    def write_audit_note(self, command: Said) -> Said:
        """Write what an auditor found."""
        return self._write(command, NoteKind.AUDIT)

    @serve(LIST_NOTES)
    def list_notes(self, command: Said) -> Said:
        """Answer a page of the notes that the actor may read."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return notes.list_notes(register, command, scope=scope, numbers=self._numbers())

    def _write(self, command: Said, kind: NoteKind | None) -> Said:
        scope, numbers = Scope.of(self.call.actor), self._numbers()
        note, fingerprint = schemas.new_note(command, numbers, kind)
        with self.books() as register:
            writing.write_note(register, note, numbers, scope=scope, fingerprint=fingerprint)
            return notes.show_note(register, note.id, numbers=numbers)
