"""Pictures of a member's file: her photo, and her papers."""

from http import HTTPStatus
from typing import Any

from flask import Response

from contracts.accounts.picture_errors import PictureNotFound
from contracts.accounts.picture_words import PictureKind
from contracts.accounts.pictures import (
    ADD_PICTURE,
    LIST_PICTURES,
    READ_OWN_PHOTO,
    READ_PHOTO,
    READ_PICTURE,
)
from contracts.calls import Method
from gateway.api.resource import Resource, Route
from gateway.asking import ask
from gateway.photographs import JPEG_MEDIA, redrawn_text
from gateway.showing import picture_of

pictures = Resource("pictures", "Pictures of a member's file: her photo, and her papers.")


@pictures.get("/members/<uuid:member_id>/pictures", LIST_PICTURES)
def list_pictures(command: dict[str, Any]) -> dict[str, Any]:
    """List which pictures a member's file holds, the newest first."""
    return ask(LIST_PICTURES, command)


@pictures.put("/members/<uuid:member_id>/pictures/<uuid:id>", ADD_PICTURE, status=HTTPStatus.ACCEPTED)
def add_picture(command: dict[str, Any]) -> dict[str, Any]:
    """Put a picture (JPEG, PNG or WebP in base64) into a file; a second person agrees to it."""
    small = redrawn_text(command["content"], PictureKind(command["kind"]))
    return ask(ADD_PICTURE, command | {"content": small})


def read_photo(command: dict[str, Any]) -> Response:
    """Show a member's photo, of an applicant the one that waits with her; who looked is recorded."""
    return photo_of(READ_PHOTO, command)


def read_own_photo(command: dict[str, Any]) -> Response:
    """Show one's own photo, as the paper book bears it."""
    return photo_of(READ_OWN_PHOTO, command)


def photo_of(method: Method, command: dict[str, Any]) -> Response:
    """Answer with a photo, or with nothing where she has none."""
    try:
        return picture_of(method, command)
    except PictureNotFound:
        return Response(status=HTTPStatus.NO_CONTENT)


def read_picture(command: dict[str, Any]) -> Response:
    """Show one picture of a file to who says why; one that waits for a decision needs no reason. P10."""
    return picture_of(READ_PICTURE, command)


for verb, rule, method, view in (
    ("GET", "/members/<uuid:member_id>/photo", READ_PHOTO, read_photo),
    ("GET", "/me/photo", READ_OWN_PHOTO, read_own_photo),
    ("POST", "/pictures/<uuid:id>/look", READ_PICTURE, read_picture),
):
    pictures.add(
        Route(
            verb=verb,
            rule=rule,
            command=method.command,
            answer=None,
            permission=method.permission,
            media=(JPEG_MEDIA,),
            may_lack=method is not READ_PICTURE,
        ),
        view,
    )
