"""Deciding what waits for a second person. Rules P1, P7; maker and checker are compared as people (M8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts.errors import AlreadyDecided, Forbidden, MakerIsChecker, ReasonMissing
from contracts.permissions import permits
from identity.domain.approvals import (
    ACCESS_HOLD,
    ACTING,
    CREDENTIAL_RESET,
    LIMIT_CHANGE,
    MEMBER_LOGIN,
    STAFF_CREATION,
    Approval,
)
from identity.operations import acting, credentials, holds, limits, logins, staff
from identity.repository import Books, Scope
from identity.vault import Vault


@dataclass(frozen=True, slots=True)
class Kind:
    """What follows from the decision of one kind, in the same transaction.

    Attributes:
        approve: Does it; answers the secret of the slip, where there is one.
        decline: Undoes what the proposal made.
        repeat: Draws the secret anew for a checker whose answer was lost.
    """

    approve: Callable[[Books, Approval, Vault], str | None]
    decline: Callable[[Books, Approval], None]
    repeat: Callable[[Books, Approval, Vault], str | None]


def no_secret(books: Books, approval: Approval, vault: Vault) -> None:
    """Answer again to one who approved what has no slip."""
    del books, approval, vault


KINDS: Mapping[str, Kind] = {
    STAFF_CREATION: Kind(staff.approve_staff, staff.decline_staff, staff.repeat_slip),
    MEMBER_LOGIN: Kind(logins.approve_login, logins.decline_login, logins.repeat_code),
    ACTING: Kind(acting.approve, acting.decline, no_secret),
    CREDENTIAL_RESET: Kind(credentials.approve, credentials.decline, staff.repeat_slip),
    ACCESS_HOLD: Kind(holds.approve, holds.decline, no_secret),
    LIMIT_CHANGE: Kind(limits.approve, limits.decline, no_secret),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """How an approval was decided, and the secret of the slip in clear, where there is one."""

    approval: Approval
    secret: str | None = None


def decide_approval(books: Books, command: dict[str, Any], vault: Vault) -> Decided:
    """Approve or decline what another person proposed.

    The same decision by the same person again answers the same; a secret that was not used yet is drawn
    anew, because the answer that held it was lost.

    Raises:
        NotFound: no such approval in scope.
        Forbidden: the actor's role does not decide this kind.
        MakerIsChecker: the actor proposed it.
        ReasonMissing: declined without a reason.
        AlreadyDecided: somebody decided it otherwise.
        ApproverTooNew, OwnOfficer, PersonExcluded, LoginNotIssuable, LimitTooSoon, LimitKnown, OwnActing,
            ActingOver, ActingOverlaps, NotAtWork, NotHisPost: as the kind's
            own rules say.
    """
    actor = books.work.actor
    approval = books.approvals.lock(command["id"], Scope.of(actor))
    if not permits(actor.role or "", approval.permission):
        raise Forbidden(permission=approval.permission)
    if approval.maker_id == actor.person_id:
        raise MakerIsChecker
    state = "approved" if command["approve"] else "declined"
    decided = replace(approval, state=state, checker_id=actor.person_id)
    if approval.state != "waiting":
        return _again(books, approval, decided, vault)
    if not command["approve"] and not command["reason"]:
        raise ReasonMissing
    books.approvals.decide(decided, reason=command["reason"], now=books.work.now)
    if command["approve"]:
        return Decided(decided, KINDS[approval.kind].approve(books, approval, vault))
    KINDS[approval.kind].decline(books, approval)
    return Decided(decided)


def _again(books: Books, known: Approval, wanted: Approval, vault: Vault) -> Decided:
    if known != wanted:
        raise AlreadyDecided(state=known.state)
    if known.state == "declined":
        return Decided(known)
    return Decided(known, KINDS[known.kind].repeat(books, known, vault))
