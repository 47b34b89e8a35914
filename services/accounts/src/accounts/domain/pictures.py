"""Pictures in a member's file: what may be kept, by whom it is added, and what a picture is at all. Pure.

The gateway redraws what a camera made; here it is looked at again: whoever keeps a thing answers for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.domain.members import Status
from contracts.accounts.errors import NotAMember
from contracts.accounts.picture_errors import (
    AdmissionOfAnother,
    LookReasonMissing,
    NotAPicture,
    PhotoNotConsented,
    PictureNotPlain,
    PictureTooLarge,
)
from contracts.accounts.picture_words import PictureKind, PictureState, longest_side, most_bytes

PHOTO_PURPOSE = "photo"
MILLION = 1_000_000
_BEGINS, _ENDS = b"\xff\xd8", b"\xff\xd9"
_HEAD = 4
_FORMAT, _BARE_FORMAT = 0xE0, 14
"""The segment that names the format, and its bytes where it holds no smaller picture of the whole."""
_FRAME, _SCAN = 0xC0, 0xDA
_NEEDED = frozenset({_FRAME, 0xC4, 0xDB, 0xDD})
"""Without these nothing could be drawn; every other segment tells of where, with what or by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPicture:
    """A picture that is put into a file; `content` is a JPEG."""

    id: str
    member_id: str
    kind: PictureKind
    note: str | None
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture of a file, its note and content as they are kept.

    Attributes:
        size: Bytes of the picture itself.
        content: None where it was declined.
    """

    id: str
    member_id: str
    kind: PictureKind
    state: PictureState
    note: str | None
    content: bytes | None
    size: int
    made_by: str
    made_at: datetime
    fingerprint: str


def check_picture(picture: NewPicture) -> None:
    """Refuse what is no bare JPEG of the size of its kind.

    Raises:
        NotAPicture: it is no JPEG that can be shown.
        PictureNotPlain: it says more than it shows.
        PictureTooLarge: it has too many bytes or points.
    """
    content = picture.content
    side = longest_side(picture.kind)
    most = side * side / MILLION
    if len(content) > most_bytes(picture.kind):
        raise PictureTooLarge(field="content", most=f"{most:.1f}")
    if not content.startswith(_BEGINS) or not content.endswith(_ENDS):
        raise NotAPicture(field="content")
    if max(_size_of(content)) > side:
        raise PictureTooLarge(field="content", most=f"{most:.1f}")


def check_consent(kind: PictureKind, consents: Sequence[dict[str, Any]]) -> None:
    """Keep no photo of who did not agree to it. Rule P10.

    Raises:
        PhotoNotConsented: her latest answer is no, or she was never asked.
    """
    if not is_agreed(kind, consents):
        raise PhotoNotConsented(field="content")


def is_agreed(kind: PictureKind, consents: Sequence[dict[str, Any]]) -> bool:
    """Tell whether she agrees to a picture, by her latest answers; only of her face is she asked."""
    agreed = any(said["purpose"] == PHOTO_PURPOSE and said["given"] for said in consents)
    return agreed or kind is not PictureKind.PHOTO


def check_reason(picture: KeptPicture, reason: str | None) -> None:
    """Show no paper of a file without a reason: it says whole numbers, which are masked everywhere else.

    What waits is looked at for its decision, and a face says no number.

    Raises:
        LookReasonMissing: nobody says why.
    """
    waits = picture.state is PictureState.WAITING
    if not waits and picture.kind is not PictureKind.PHOTO and not reason:
        raise LookReasonMissing(field="reason")


def check_owner(status: str, *, admitted_by: str | None, maker_id: str) -> None:
    """Refuse a file that takes no more pictures, and the form of another. Rule M8.

    Raises:
        NotAMember: she was turned down.
        AdmissionOfAnother: she is an applicant whom somebody else wrote down: who decides on the form
            would decide on his own picture.
    """
    if status == Status.REJECTED:
        raise NotAMember(status=status)
    if status == Status.APPLICANT and admitted_by != maker_id:
        raise AdmissionOfAnother


def _size_of(content: bytes) -> tuple[int, int]:
    """Return the height and width of a JPEG that holds nothing but one picture.

    Raises:
        NotAPicture, PictureNotPlain: as `check_picture`.
    """
    size = 0, 0
    for marker, body in _segments(content):
        if not _is_plain(marker, body):
            raise PictureNotPlain(field="content")
        if marker == _FRAME:
            size = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    if 0 in size:
        raise NotAPicture(field="content")
    return size


def _is_plain(marker: int, body: bytes) -> bool:
    """Tell whether a segment only shows; nothing lies behind the end of the picture."""
    if marker == _SCAN:
        return body.find(_ENDS) == len(body) - len(_ENDS)
    return marker in _NEEDED or (marker == _FORMAT and len(body) == _BARE_FORMAT)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments, the last of them with all that follows: the picture itself.

    Raises:
        NotAPicture: there are none that can be read.
    """
    at = len(_BEGINS)
    while at + _HEAD <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  # how every segment begins
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + _HEAD])
        if marker == _SCAN:
            yield marker, content[at + _HEAD :]
            return
        yield marker, content[at + _HEAD : at + 2 + length]
        at += 2 + length
    raise NotAPicture(field="content")
