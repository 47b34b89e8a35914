"""Members' logins: issued by one person, approved by another, turned into a PIN by her (P1, P6)."""

from marshmallow import fields

from contracts.approvals import PendingApproval
from contracts.calls import Event, Method
from contracts.errors import Kind, ServiceError
from contracts.fields import (
    CodeField,
    CountField,
    InstantField,
    MobileField,
    SealedField,
    TextField,
    UuidField,
)
from contracts.schemas import Answer, Command, EventData, page_of

STATES = ("none", "pending", "issued", "active", "temp_off", "revoked")
CALLED_BACK = ("known_number", "calling_number")
"""Which number was called back before a login was suspended: the one on her file, or the one she gave."""

SEEN = ("nid", "photo", "passbook")
"""By what she was known at the branch, before her app was closed."""

SWITCHED = ("suspended", "reactivated", "closed")
DEEDS = ("issued", "activated", "pin_changed", "suspended", "reactivated", "revoked")


class MemberNotActive(ServiceError):
    """Only an active member gets a login."""


class LoginNotIssuable(ServiceError):
    """A login that waits for approval, is suspended or revoked is not issued again."""

    kind = Kind.CONFLICT


class LoginNotActive(ServiceError):
    """Only an active login is suspended."""

    kind = Kind.CONFLICT


class LoginNotSuspended(ServiceError):
    """Only a suspended login is reactivated."""

    kind = Kind.CONFLICT


class OwnOfficer(ServiceError):
    """Her own field officer never touches a member's login (P1, P6)."""

    kind = Kind.FORBIDDEN


class SecondPersonNeeded(ServiceError):
    """Who suspended a login does not reactivate it (P6)."""

    kind = Kind.FORBIDDEN


class ActivationRefused(ServiceError):
    """The code is wrong, used up or too old; which of them is not told."""

    kind = Kind.UNAUTHENTICATED


class WeakPin(ServiceError):
    """The PIN is one of those that a finder tries first."""


class IssueMemberLogin(Command):
    """Propose an app account for a member, or a new code for one who lost hers (P1).

    Code and branch are compared with what accounts told, where they are given.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    member_code = TextField(40, load_default=None, allow_none=True)
    branch_id = UuidField(load_default=None, allow_none=True)
    officer_id = UuidField(load_default=None, allow_none=True)


class GetMemberLogin(Command):
    """Ask for the state of a member's login."""

    member_id = UuidField(required=True)


class MemberLogin(Answer):
    """The state of a member's login; `none` where nobody has issued one."""

    member_id = UuidField(required=True)
    status = CodeField(*STATES, required=True)


class SuspendMemberLogin(Command):
    """Switch a member's login off for a while, after her call and the call-back (P6)."""

    member_id = UuidField(required=True)
    caller = TextField(120, shortest=2, required=True)
    number = MobileField(required=True)
    called_back = CodeField(*CALLED_BACK, required=True)
    reason = TextField(300, shortest=3, required=True)


class ReactivateMemberLogin(Command):
    """Switch a suspended login on again; a second person does it (P6)."""

    member_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class CloseMemberLogin(Command):
    """Close the app of somebody who stays a member: she came to the branch, and was known (P6)."""

    member_id = UuidField(required=True)
    seen = CodeField(*SEEN, required=True)
    reason = TextField(300, shortest=3, required=True)


class ListLoginSwitches(Command):
    """Ask who switched a member's login, the newest first."""

    member_id = UuidField(required=True)


class LoginSwitch(Answer):
    """One switch of a member's login: by whom, on whose call from which number (masked), and why."""

    id = UuidField(required=True)
    deed = CodeField(*SWITCHED, required=True)
    at = InstantField(required=True)
    by_id = UuidField(required=True)
    by_bn = fields.String(required=True, allow_none=True)
    by_en = fields.String(required=True, allow_none=True)
    caller = fields.String(required=True, allow_none=True)
    number_masked = fields.String(required=True, allow_none=True)
    called_back = CodeField(*CALLED_BACK, required=True, allow_none=True)
    seen = CodeField(*SEEN, required=True, allow_none=True)
    reason = fields.String(required=True)


LoginSwitches = page_of(LoginSwitch, "LoginSwitches")


class ChangePin(Command):
    """Replace one's own PIN."""

    pin = SealedField(to="identity", required=True)
    new_pin = SealedField(to="identity", required=True)


class LoginState(EventData):
    """The state of a member's login and the deed that brought it; the newer version wins."""

    member_id = UuidField(required=True)
    status = fields.String(required=True)
    deed = fields.String(required=True)
    version = CountField(required=True)


class ExportLogins(Command):
    """Ask for a stretch of the feed, after a member id."""

    after = UuidField(load_default=None, allow_none=True)
    limit = CountField(load_default=500, minimum=1, maximum=500)


class LoginFeed(Answer):
    """A stretch of the feed; `next` is null at its end."""

    items = fields.List(fields.Nested(LoginState), required=True)
    next = UuidField(required=True, allow_none=True)


ISSUE_MEMBER_LOGIN = Method(
    service="identity",
    name="issue_member_login",
    command=IssueMemberLogin,
    answer=PendingApproval,
    permission="login:issue",
    changes=True,
)
GET_MEMBER_LOGIN = Method(
    service="identity",
    name="get_member_login",
    command=GetMemberLogin,
    answer=MemberLogin,
    permission="login:read",
)
SUSPEND_MEMBER_LOGIN = Method(
    service="identity",
    name="suspend_member_login",
    command=SuspendMemberLogin,
    answer=MemberLogin,
    permission="login:suspend",
    changes=True,
)
REACTIVATE_MEMBER_LOGIN = Method(
    service="identity",
    name="reactivate_member_login",
    command=ReactivateMemberLogin,
    answer=MemberLogin,
    permission="login:reactivate",
    changes=True,
)
CLOSE_MEMBER_LOGIN = Method(
    service="identity",
    name="close_member_login",
    command=CloseMemberLogin,
    answer=MemberLogin,
    permission="login:close",
    changes=True,
)
LIST_LOGIN_SWITCHES = Method(
    service="identity",
    name="list_login_switches",
    command=ListLoginSwitches,
    answer=LoginSwitches,
    permission="login:read",
)
CHANGE_PIN = Method(
    service="identity",
    name="change_pin",
    command=ChangePin,
    answer=MemberLogin,
    permission="preference:own",
    changes=True,
)
EXPORT_LOGINS = Method(
    service="identity",
    name="export_logins",
    command=ExportLogins,
    answer=LoginFeed,
    callers=frozenset({"accounts", "notifications"}),
)
METHODS = (
    ISSUE_MEMBER_LOGIN,
    GET_MEMBER_LOGIN,
    SUSPEND_MEMBER_LOGIN,
    REACTIVATE_MEMBER_LOGIN,
    CLOSE_MEMBER_LOGIN,
    LIST_LOGIN_SWITCHES,
    CHANGE_PIN,
    EXPORT_LOGINS,
)

MEMBER_LOGIN_CHANGED = Event(
    service="identity",
    name="member_login_changed",
    version=1,
    data=LoginState,
    consumers=("accounts.project_login", "notifications.tell_login"),
)
EVENTS = (MEMBER_LOGIN_CHANGED,)
