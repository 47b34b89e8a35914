"""Pictures and notes of members' files: from loaded commands to values, and fingerprints."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.notes import NewNote
from accounts.domain.pictures import NewPicture
from accounts.private_numbers import PrivateNumbers
from contracts import wire
from contracts.accounts.note_words import NoteKind
from contracts.accounts.notes import WriteNote
from contracts.accounts.picture_words import PictureKind
from contracts.accounts.pictures import AddPicture
from contracts.calls import dump


def new_picture(command: Mapping[str, Any], numbers: PrivateNumbers) -> tuple[NewPicture, str]:
    """Return the picture, opened, and the keyed digest that is equal for equal requests.

    Raises:
        InvalidPayload: it cannot be opened.
        NotAPicture: it is no base64.
    """
    content = numbers.read_picture(command["content"])
    picture = NewPicture(**dict(command) | {"kind": PictureKind(command["kind"]), "content": content})
    plain = dict(command) | {"content": content.hex()}
    return picture, numbers.fingerprint(wire.dumps(dump(AddPicture, plain)))


def new_note(
    command: Mapping[str, Any], numbers: PrivateNumbers, kind: NoteKind | None = None
) -> tuple[NewNote, str]:
    """Return the note, and the keyed digest that is equal for equal requests.

    Args:
        command: What was asked.
        numbers: With which the digest is keyed.
        kind: About what it is, where the method says so.
    """
    said = dict(command) | {"kind": kind or NoteKind(command["kind"])}
    return NewNote(**said), numbers.fingerprint(wire.dumps(dump(WriteNote, said)))
