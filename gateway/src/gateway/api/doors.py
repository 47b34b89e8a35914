"""The doors: signing in, choosing a secret, renewing and ending a session."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import request
from marshmallow import ValidationError, fields

from contracts.calls import Method
from contracts.errors import InvalidPayload
from contracts.fields import CountField, TextField, UuidField
from contracts.identity import (
    ACTIVATE_MEMBER_LOGIN,
    CHANGE_PASSWORD,
    REFRESH,
    SIGN_IN_MEMBER,
    SIGN_IN_STAFF,
    SIGN_OUT,
)
from contracts.schemas import Answer, Command, Nothing
from gateway.api.resource import SESSION, Resource, Route
from gateway.asking import ask, parts
from gateway.auth import current_session
from gateway.auth.sessions import LONGEST_TOKEN, hash_of

DEVICE = "X-Device-Id"
UNKNOWN = "unknown"
LONGEST_NAME = 80

doors = Resource("doors", "Signing in and out; tokens are opaque and belong into `Authorization: Bearer`.")


class Tokens(Answer):
    """Whoever shows the access token is this person; the refresh token brings the next pair, once."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    expires_in = CountField(required=True)


class RefreshToken(Command):
    """The refresh token of the session that shall go on."""

    refresh_token = TextField(LONGEST_TOKEN, required=True)


def knocking() -> dict[str, Any]:
    """Return from where somebody knocks, as identity wants to know it."""
    agent = "".join(filter(str.isprintable, request.user_agent.string)).strip()[:LONGEST_NAME].strip()
    return {"device_id": device(), "device_name": agent or None, "address": request.remote_addr or UNKNOWN}


def device() -> str | None:
    """Return the phone's id from its header.

    Raises:
        InvalidPayload: it is not an id.
    """
    named = request.headers.get(DEVICE)
    if named is None:
        return None
    try:
        return UuidField().read(named)
    except ValidationError:
        raise InvalidPayload.of(**{DEVICE: "NOT_AN_ID"}) from None


def tokens_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tokens as a program uses them."""
    tokens = json.loads(answer["tokens"])
    return {
        "access_token": tokens["access_token"],
        "refresh_token": tokens["refresh_token"],
        "expires_in": answer["expires_in"],
    }


def enter(method: Method, command: Mapping[str, Any]) -> dict[str, Any]:
    """Open a session."""
    return tokens_of(ask(method, command))


knock = partial(
    doors.post,
    answer=Tokens,
    by_gateway=knocking,
    gateway_says=frozenset({"device_id", "device_name", "address"}),
)


@knock("/auth/staff", SIGN_IN_STAFF)
def sign_in_staff(command: dict[str, Any]) -> dict[str, Any]:
    """Sign in with user name and password.

    403 `PASSWORD_CHANGE_REQUIRED` says that the password was a one-time one: choose one's own at
    `/auth/staff/password`. 429 says by `Retry-After` when the next try is listened to.
    """
    return enter(SIGN_IN_STAFF, command)


@knock("/auth/staff/password", CHANGE_PASSWORD)
def change_password(command: dict[str, Any]) -> dict[str, Any]:
    """Choose a new password in place of the present or the one-time one, and sign in."""
    return enter(CHANGE_PASSWORD, command)


@knock("/auth/member", SIGN_IN_MEMBER)
def sign_in_member(command: dict[str, Any]) -> dict[str, Any]:
    """Sign in with member code and PIN."""
    return enter(SIGN_IN_MEMBER, command)


@knock("/auth/member/activation", ACTIVATE_MEMBER_LOGIN)
def activate_member_login(command: dict[str, Any]) -> dict[str, Any]:
    """Turn the code of the branch's slip into a PIN, and sign in."""
    return enter(ACTIVATE_MEMBER_LOGIN, command)


def refresh(command: dict[str, Any]) -> dict[str, Any]:
    """Get the next pair of tokens; a refresh token that was used before ends its whole family."""
    token_hash = hash_of(command["refresh_token"])
    return enter(REFRESH, {"refresh_hash": token_hash, "device_id": device()})


def sign_out(_: dict[str, Any]) -> None:
    """End this session."""
    session_id = current_session().session_id
    ask(SIGN_OUT, {"session_id": session_id})
    parts().sessions.forget(frozenset({session_id}))


doors.add(
    Route(
        verb="POST",
        rule="/auth/refresh",
        command=RefreshToken,
        answer=Tokens,
        permission=None,
        changes=True,
    ),
    refresh,
)
doors.add(
    Route(
        verb="POST",
        rule="/auth/sign-out",
        command=Nothing,
        answer=None,
        permission=SESSION,
        changes=True,
    ),
    sign_out,
)
