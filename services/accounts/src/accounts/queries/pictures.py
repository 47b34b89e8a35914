"""Pictures of members' files, for those who may read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.domain.members import Status
from accounts.domain.pictures import KeptPicture, check_consent, check_reason, is_agreed
from accounts.domain.scope import ANYWHERE, Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.picture_errors import PictureNotFound
from contracts.accounts.picture_words import PictureKind
from contracts.errors import NotFound, PersonExcluded

TABLE = "pictures"


def list_pictures(
    register: Register, member_id: str, *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return the pictures of a member's file, the newest first.

    Raises:
        NotFound: she is not in scope.
    """
    register.members.show(scope, member_id)
    return {"items": [_shown(row, numbers) for row in register.pictures.of_member(member_id)]}


def show_picture(register: Register, picture_id: str, *, numbers: PrivateNumbers) -> dict[str, Any]:
    """Return a picture to who has just added it, without what it shows."""
    return _shown(register.pictures.listed(picture_id), numbers)


def photo_of(register: Register, member: Row, consents: Sequence[Row]) -> str | None:
    """Return which photo stands for a member found in scope; of an applicant the one that waits with her.

    Args:
        register: The register.
        member: Whose photo.
        consents: Her latest answers: who agrees no more has none that is shown (rule P10).
    """
    if not is_agreed(PictureKind.PHOTO, consents):
        return None
    return register.pictures.photo_id(member["id"], is_applicant=member["status"] == Status.APPLICANT)


def read_photo(
    register: Register, member_id: str, *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return a member's photo, sealed to the gateway; who looked is recorded.

    Raises:
        NotFound: she is not in scope.
        PictureNotFound: she has none.
    """
    member = register.members.show(scope, member_id)
    picture_id = photo_of(register, member, register.members.consents_of(member_id))
    if picture_id is None:
        raise PictureNotFound
    register.work.audit("read_photo", "picture", picture_id, {"member_id": member_id})
    return _content(register.pictures.show(scope, picture_id), numbers)


def read_own_photo(register: Register, *, numbers: PrivateNumbers) -> dict[str, Any]:
    """Return the photo of the member who asks, sealed to the gateway; that she looked is recorded too.

    Raises:
        NotFound: it is no member who asks.
        PictureNotFound: she has none.
    """
    actor = register.work.actor
    if actor.kind != "member":
        raise NotFound
    return read_photo(register, actor.person_id, scope=ANYWHERE, numbers=numbers)


def read_picture(
    register: Register, command: Mapping[str, Any], *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return one picture of a file, sealed to the gateway; who looked and why is recorded.

    Raises:
        PictureNotFound: there is none in scope.
        PersonExcluded: it is of the reader himself or of declared kin (rule M8).
        PhotoNotConsented: it is her photo, and she agrees no more (rule P10).
        LookReasonMissing: it is a paper of a file, and nobody says why.
    """
    picture = register.pictures.show(scope, command["id"])
    if picture.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    check_consent(picture.kind, register.members.consents_of(picture.member_id))
    check_reason(picture, command["reason"])
    facts = {"member_id": picture.member_id, "kind": str(picture.kind), "reason": command["reason"]}
    register.work.audit("read_picture", "picture", picture.id, facts)
    return _content(picture, numbers)


def _shown(row: Row, numbers: PrivateNumbers) -> dict[str, Any]:
    note = row["note"]
    return row | {"note": None if note is None else numbers.show_text(TABLE, row["id"], note)}


def _content(picture: KeptPicture, numbers: PrivateNumbers) -> dict[str, Any]:
    hidden = picture.content or b""
    return {
        "id": picture.id,
        "kind": picture.kind,
        "content": numbers.sealed_picture("gateway", picture.id, hidden),
    }
