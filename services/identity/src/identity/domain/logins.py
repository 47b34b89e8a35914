"""The life of a member's login: none → pending → issued → active ↔ temp_off → revoked. Rules P1, P6."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CODE_DIGITS = 8
CODE_LIFE = timedelta(days=7)
CODE_TRIES = 10
"""A guess at 8 digits succeeds in one of ten million members before the code dies."""


class Login(StrEnum):
    """Where a login stands."""

    NONE = "none"
    PENDING = "pending"
    ISSUED = "issued"
    ACTIVE = "active"
    TEMP_OFF = "temp_off"
    REVOKED = "revoked"


_ISSUABLE = {Login.NONE: Login.PENDING, Login.ISSUED: Login.ISSUED, Login.ACTIVE: Login.ACTIVE}
_APPROVABLE = frozenset({Login.PENDING, Login.ISSUED, Login.ACTIVE})
_SUSPENDABLE = frozenset({Login.ISSUED, Login.ACTIVE})


def when_proposed(status: Login) -> Login | None:
    """Return where a login stands once a (new) code is proposed; None where that is refused.

    Whoever has an account keeps it until the new code is approved; a suspended one is reactivated first.
    """
    return _ISSUABLE.get(status)


def when_approved(status: Login) -> Login | None:
    """Return where it stands once the code is approved: an earlier PIN ends; None where refused."""
    return Login.ISSUED if status in _APPROVABLE else None


def when_declined(status: Login) -> Login:
    """Return where it stands once the proposal is declined: where it stood before."""
    return Login.NONE if status is Login.PENDING else status


def when_suspended(status: Login) -> Login | None:
    """Return where it stands once suspended; None where there is nothing to suspend."""
    return Login.TEMP_OFF if status in _SUSPENDABLE else None


def when_closed(status: Login) -> Login | None:
    """Return where it stands once she no longer wants her app; None where there is none to close."""
    return Login.NONE if status in _SUSPENDABLE | {Login.TEMP_OFF} else None


def when_reactivated(status: Login, *, has_pin: bool) -> Login | None:
    """Return where it stands once reactivated; without a PIN the code of the slip counts again."""
    if status is not Login.TEMP_OFF:
        return None
    return Login.ACTIVE if has_pin else Login.ISSUED


@dataclass(frozen=True, slots=True)
class Code:
    """What is kept of the code on a slip."""

    hash: str
    expires_at: datetime
    tries_left: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member as accounts told, with the officer of her samity where that is known yet."""

    id: str
    code: str | None
    name_bn: str
    name_en: str
    branch_id: str
    branch_path: str
    status: str
    officer_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLogin:
    """A member's login: where it stands, and what opens it."""

    member_id: str
    status: Login
    pin_hash: str | None = None
    code: Code | None = None
    suspended_by: str | None = None
    version: int = 0


def may_be_tried(code: Code | None, *, now: datetime) -> bool:
    """Tell whether a code still opens something: not used, not too old, not tried too often."""
    return code is not None and now < code.expires_at and code.tries_left > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A login switched off or on: who did it, on whose call, and why. Caller and number are encrypted."""

    id: str
    member_id: str
    deed: str
    at: datetime
    by_id: str
    reason: str
    caller: str | None = None
    number: str | None = None
    called_back: str | None = None
    seen: str | None = None
