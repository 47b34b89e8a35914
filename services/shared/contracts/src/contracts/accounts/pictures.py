"""A member's photo and the pictures of her papers: sealed on their way, seen by who may read her.

A picture is a bare JPEG of a few kilobytes, redrawn by the gateway from whatever a camera made, so that
it says nothing of where and with what it was taken. On the wire it is base64 text, sealed.
"""

from marshmallow import fields

from contracts.accounts.picture_words import PictureKind, PictureState
from contracts.calls import Method
from contracts.fields import CodeField, CountField, InstantField, NameField, SealedField, TextField, UuidField
from contracts.schemas import Answer, Command

LONGEST_SEALED = 120 * 1024
"""Characters: the largest picture in base64, sealed, in base64 again."""


class AddPicture(Command):
    """Put a picture into a member's file; a second person agrees, of an applicant with her admission."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = CodeField(*PictureKind, required=True)
    note = TextField(120, load_default=None, allow_none=True)
    content = SealedField(to="accounts", longest=LONGEST_SEALED, required=True)


class Picture(Answer):
    """One picture of a file, without what it shows."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = CodeField(*PictureKind, required=True)
    state = CodeField(*PictureState, required=True)
    note = fields.String(required=True, allow_none=True)
    size = CountField(required=True)
    made_by = UuidField(required=True)
    made_by_name_bn = fields.String(required=True, allow_none=True)
    made_by_name_en = fields.String(required=True, allow_none=True)
    made_at = InstantField(required=True)
    decided_at = InstantField(required=True, allow_none=True)


class ListPictures(Command):
    """Whose pictures."""

    member_id = UuidField(required=True)


class Pictures(Answer):
    """All pictures of a member's file, the newest first."""

    items = fields.List(fields.Nested(Picture), required=True)


class ReadPhoto(Command):
    """Whose photo: the one in force, of an applicant the one that waits with her; who looked is recorded."""

    member_id = UuidField(required=True)


class ReadOwnPhoto(Command):
    """One's own photo, as the paper book bears it."""


class ReadPicture(Command):
    """Which picture, and why: papers show whole numbers. One that waits for a decision needs no reason."""

    id = UuidField(required=True)
    reason = NameField(200, load_default=None, allow_none=True)


class PictureContent(Answer):
    """What a picture shows: a JPEG in base64, which only the gateway can open."""

    id = UuidField(required=True)
    kind = CodeField(*PictureKind, required=True)
    content = SealedField(to="gateway", longest=LONGEST_SEALED, required=True)


ADD_PICTURE = Method(
    service="accounts",
    name="add_picture",
    command=AddPicture,
    answer=Picture,
    permission="picture:add",
    changes=True,
)
LIST_PICTURES = Method(
    service="accounts",
    name="list_pictures",
    command=ListPictures,
    answer=Pictures,
    permission="member:read",
)
READ_PHOTO = Method(
    service="accounts",
    name="read_photo",
    command=ReadPhoto,
    answer=PictureContent,
    permission="member:read",
)
READ_OWN_PHOTO = Method(
    service="accounts",
    name="read_own_photo",
    command=ReadOwnPhoto,
    answer=PictureContent,
    permission="passbook:own",
)
READ_PICTURE = Method(
    service="accounts",
    name="read_picture",
    command=ReadPicture,
    answer=PictureContent,
    permission="document:read",
)

METHODS = (ADD_PICTURE, LIST_PICTURES, READ_PHOTO, READ_OWN_PHOTO, READ_PICTURE)
