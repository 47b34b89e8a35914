"""The sign-in doors and the sessions behind them.

Secrets come sealed to identity and tokens go sealed to the gateway, so none crosses the broker in clear (T1).
"""

from marshmallow import fields, validate

from contracts.calls import Event, Method
from contracts.errors import Kind, ServiceError
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    SealedField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.schemas import Answer, Command, EventData, page_of

HASH = validate.Regexp(r"\A[0-9a-f]{64}\Z", error="NOT_A_HASH")


class SignInRefused(ServiceError):
    """Name or secret is wrong; which of them, and whether the person exists, is not told."""

    kind = Kind.UNAUTHENTICATED


class AccessOff(ServiceError):
    """The secret was right, but the person's access is off, held or not begun."""

    kind = Kind.FORBIDDEN


class PasswordChangeRequired(ServiceError):
    """The one-time password was right: it opens nothing but the change of the password."""

    kind = Kind.FORBIDDEN


class WeakPassword(ServiceError):
    """The new password is too short, too long, too common or too near to the person's name."""


class SessionEnded(ServiceError):
    """The token is unknown, spent, expired or revoked: sign in again."""

    kind = Kind.UNAUTHENTICATED


class Door(Command):
    """From where a person knocks: the phone where there is one, and the network address."""

    device_id = UuidField(load_default=None, allow_none=True)
    device_name = TextField(80, load_default=None, allow_none=True)
    address = TextField(64, required=True)


class SignInStaff(Door):
    """Open a session with username and password."""

    username = TextField(80, required=True)
    password = SealedField(to="identity", required=True)


class ChangePassword(Door):
    """Replace the password, the one-time one included, and open a session."""

    username = TextField(80, required=True)
    password = SealedField(to="identity", required=True)
    new_password = SealedField(to="identity", required=True)


class SignInMember(Door):
    """Open a session with member code and PIN."""

    member_code = TextField(40, required=True)
    pin = SealedField(to="identity", required=True)


class ActivateMemberLogin(Door):
    """Turn the code of the slip into a PIN and open a session (P1)."""

    member_code = TextField(40, required=True)
    code = SealedField(to="identity", required=True)
    pin = SealedField(to="identity", required=True)


class Refresh(Command):
    """Rotate a refresh token, named by its SHA-256 in hexadecimal."""

    refresh_hash = fields.String(required=True, validate=HASH)
    device_id = UuidField(load_default=None, allow_none=True)


class Tokens(Answer):
    """A session and its tokens: JSON {access_token, refresh_token}, sealed to the gateway.

    `expires_in` is the access token's life in seconds.
    """

    tokens = SealedField(to="gateway", required=True)
    expires_in = CountField(required=True)
    session_id = UuidField(required=True)


class SignOut(Command):
    """End the actor's own session."""

    session_id = UuidField(required=True)


class Ended(Answer):
    """The sessions that ended."""

    session_ids = fields.List(UuidField(), required=True)


class FindSession(Command):
    """Ask who holds an access token, named by its SHA-256 in hexadecimal."""

    access_hash = fields.String(required=True, validate=HASH)


class Limit(Answer):
    """Up to which amount somebody may allow what waits for him."""

    permission = fields.String(required=True)
    amount = TakaField(required=True)


class ActingPost(Answer):
    """A post that the person holds for one who is away, until its last day: another scope, other limits."""

    id = UuidField(required=True)
    role = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True)
    office_id = UuidField(required=True)
    office_path = fields.String(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    limits = fields.List(fields.Nested(Limit), required=True)
    to_on = DateField(required=True)


class Session(Answer):
    """Whose session it is and what it may do.

    `office_path` is the scope of staff; a member's own office is her branch. `excluded_members` are the
    person's own and declared kin's, refused for acts with money (M8). `is_new` tells of an administrator
    in his first day, who approves nothing yet (P7).
    """

    session_id = UuidField(required=True)
    person_id = UuidField(required=True)
    kind = CodeField("staff", "member", required=True)
    role = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True)
    office_id = UuidField(required=True)
    office_path = fields.String(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    username = fields.String(required=True, allow_none=True)
    member_code = fields.String(required=True, allow_none=True)
    device_id = UuidField(required=True, allow_none=True)
    excluded_members = fields.List(UuidField(), required=True)
    limits = fields.List(fields.Nested(Limit), required=True)
    acting = fields.List(fields.Nested(ActingPost), required=True)
    is_new = fields.Boolean(required=True)
    expires_at = InstantField(required=True)


class ListSessions(Command):
    """Ask for one's own open sessions, the newest first."""


class OwnSession(Answer):
    """One of one's own sessions."""

    id = UuidField(required=True)
    device_name = fields.String(required=True, allow_none=True)
    created_at = InstantField(required=True)
    last_seen_at = InstantField(required=True)
    current = fields.Boolean(required=True)


OwnSessions = page_of(OwnSession, "OwnSessions")


class RevokeSession(Command):
    """End another of one's own sessions: a lost phone, a forgotten browser."""

    session_id = UuidField(required=True)


class SessionsRevoked(EventData):
    """The sessions that no gateway may honour from now on."""

    session_ids = fields.List(UuidField(), required=True)
    person_id = UuidField(required=True)


class SessionsChanged(EventData):
    """The sessions of whose rights the gateways know too little or too much: ask again."""

    session_ids = fields.List(UuidField(), required=True)
    person_id = UuidField(required=True)


SIGN_IN_STAFF = Method(
    service="identity", name="sign_in_staff", command=SignInStaff, answer=Tokens, changes=True
)
CHANGE_PASSWORD = Method(
    service="identity", name="change_password", command=ChangePassword, answer=Tokens, changes=True
)
SIGN_IN_MEMBER = Method(
    service="identity", name="sign_in_member", command=SignInMember, answer=Tokens, changes=True
)
ACTIVATE_MEMBER_LOGIN = Method(
    service="identity", name="activate_member_login", command=ActivateMemberLogin, answer=Tokens, changes=True
)
REFRESH = Method(service="identity", name="refresh", command=Refresh, answer=Tokens, changes=True)
FIND_SESSION = Method(service="identity", name="find_session", command=FindSession, answer=Session)
SIGN_OUT = Method(
    service="identity", name="sign_out", command=SignOut, answer=Ended, permission="session:own", changes=True
)
LIST_SESSIONS = Method(
    service="identity",
    name="list_sessions",
    command=ListSessions,
    answer=OwnSessions,
    permission="session:own",
)
REVOKE_SESSION = Method(
    service="identity",
    name="revoke_session",
    command=RevokeSession,
    answer=Ended,
    permission="session:own",
    changes=True,
)
METHODS = (
    SIGN_IN_STAFF,
    CHANGE_PASSWORD,
    SIGN_IN_MEMBER,
    ACTIVATE_MEMBER_LOGIN,
    REFRESH,
    FIND_SESSION,
    SIGN_OUT,
    LIST_SESSIONS,
    REVOKE_SESSION,
)

SESSION_REVOKED = Event(
    service="identity", name="session_revoked", version=1, data=SessionsRevoked, consumers=(), broadcast=True
)
SESSION_CHANGED = Event(
    service="identity", name="session_changed", version=1, data=SessionsChanged, consumers=(), broadcast=True
)
EVENTS = (SESSION_REVOKED, SESSION_CHANGED)
