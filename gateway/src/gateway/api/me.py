"""The person who asks: who he is, his sessions, and a member's PIN."""

from typing import Any

from marshmallow import fields

from contracts.fields import InstantField, UuidField
from contracts.identity import CHANGE_PIN, LIST_SESSIONS, REVOKE_SESSION
from contracts.identity.sessions import ActingPost
from contracts.schemas import Answer, Nothing
from gateway.api.resource import SESSION, Resource, Route
from gateway.asking import ask, parts
from gateway.auth import current_session

me = Resource("me", "The person who asks.")


class Me(Answer):
    """Who is signed in, what the role allows, and in which posts the person acts for another."""

    person_id = UuidField(required=True)
    kind = fields.String(required=True)
    role = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True)
    acting = fields.List(fields.Nested(ActingPost), required=True)
    office_id = UuidField(required=True)
    office_path = fields.String(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    username = fields.String(required=True, allow_none=True)
    member_code = fields.String(required=True, allow_none=True)
    device_id = UuidField(required=True, allow_none=True)
    session_id = UuidField(required=True)
    expires_at = InstantField(required=True)


def who_am_i(_: dict[str, Any]) -> dict[str, Any]:
    """Tell who is signed in."""
    session = current_session()
    return {
        "person_id": session.person_id,
        "kind": session.kind,
        "role": session.role,
        "permissions": sorted(session.permissions),
        "acting": list(session.acting),
        "office_id": session.office_id,
        "office_path": session.office_path,
        "office_name_bn": session.office["name_bn"],
        "office_name_en": session.office["name_en"],
        "name_bn": session.person["name_bn"],
        "name_en": session.person["name_en"],
        "username": session.username,
        "member_code": session.member_code,
        "device_id": session.device_id,
        "session_id": session.session_id,
        "expires_at": InstantField().write(session.expires_at),
    }


me.add(Route(verb="GET", rule="/me", command=Nothing, answer=Me, permission=SESSION), who_am_i)


@me.get("/me/sessions", LIST_SESSIONS)
def list_sessions(command: dict[str, Any]) -> dict[str, Any]:
    """List one's own open sessions."""
    return ask(LIST_SESSIONS, command)


@me.delete("/me/sessions/<uuid:session_id>", REVOKE_SESSION)
def revoke_session(command: dict[str, Any]) -> dict[str, Any]:
    """End one of one's own sessions, such as that of a lost phone."""
    answer = ask(REVOKE_SESSION, command)
    parts().sessions.forget(frozenset(answer["session_ids"]))
    return answer


@me.post("/me/pin", CHANGE_PIN)
def change_pin(command: dict[str, Any]) -> dict[str, Any]:
    """Replace one's own PIN."""
    return ask(CHANGE_PIN, command)
