"""What identity promises: offices, staff, members' logins, sessions."""

from contracts.calls import Event, Method
from contracts.identity import acting, approvals, devices, limits, logins, offices, sessions, staff
from contracts.identity.acting import END_ACTING, LIST_ACTING, PROPOSE_ACTING
from contracts.identity.approvals import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.identity.limits import LIST_LIMITS, PROPOSE_LIMIT
from contracts.identity.logins import (
    CHANGE_PIN,
    EXPORT_LOGINS,
    GET_MEMBER_LOGIN,
    ISSUE_MEMBER_LOGIN,
    MEMBER_LOGIN_CHANGED,
    REACTIVATE_MEMBER_LOGIN,
    SUSPEND_MEMBER_LOGIN,
)
from contracts.identity.offices import EXPORT_OFFICES, LIST_OFFICES, OFFICE_CHANGED, OPEN_OFFICE
from contracts.identity.sessions import (
    ACTIVATE_MEMBER_LOGIN,
    CHANGE_PASSWORD,
    FIND_SESSION,
    LIST_SESSIONS,
    REFRESH,
    REVOKE_SESSION,
    SESSION_CHANGED,
    SESSION_REVOKED,
    SIGN_IN_MEMBER,
    SIGN_IN_STAFF,
    SIGN_OUT,
)
from contracts.identity.staff import (
    EXPORT_STAFF,
    HOLD_ACCESS,
    LIST_COLLEAGUES,
    LIST_STAFF,
    PROPOSE_CREDENTIAL_RESET,
    PROPOSE_STAFF,
    STAFF_POSTING_CHANGED,
    SWITCH_ACCESS,
)
from contracts.schemas import Nothing, Pong

PING = Method(service="identity", name="ping", command=Nothing, answer=Pong)

METHODS: tuple[Method, ...] = (
    PING,
    *offices.METHODS,
    *staff.METHODS,
    *logins.METHODS,
    *devices.METHODS,
    *approvals.METHODS,
    *acting.METHODS,
    *limits.METHODS,
    *sessions.METHODS,
)
EVENTS: tuple[Event, ...] = (*offices.EVENTS, *staff.EVENTS, *logins.EVENTS, *sessions.EVENTS)

__all__ = [
    "ACTIVATE_MEMBER_LOGIN",
    "CHANGE_PASSWORD",
    "CHANGE_PIN",
    "DECIDE_APPROVAL",
    "END_ACTING",
    "EVENTS",
    "EXPORT_LOGINS",
    "EXPORT_OFFICES",
    "EXPORT_STAFF",
    "FIND_SESSION",
    "GET_MEMBER_LOGIN",
    "HOLD_ACCESS",
    "ISSUE_MEMBER_LOGIN",
    "LIST_ACTING",
    "LIST_APPROVALS",
    "LIST_COLLEAGUES",
    "LIST_LIMITS",
    "LIST_OFFICES",
    "LIST_SESSIONS",
    "LIST_STAFF",
    "MEMBER_LOGIN_CHANGED",
    "METHODS",
    "OFFICE_CHANGED",
    "OPEN_OFFICE",
    "PING",
    "PROPOSE_ACTING",
    "PROPOSE_CREDENTIAL_RESET",
    "PROPOSE_LIMIT",
    "PROPOSE_STAFF",
    "REACTIVATE_MEMBER_LOGIN",
    "REFRESH",
    "REVOKE_SESSION",
    "SESSION_CHANGED",
    "SESSION_REVOKED",
    "SIGN_IN_MEMBER",
    "SIGN_IN_STAFF",
    "SIGN_OUT",
    "STAFF_POSTING_CHANGED",
    "SUSPEND_MEMBER_LOGIN",
    "SWITCH_ACCESS",
]
