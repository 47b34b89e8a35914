"""Deciding what waits for a second person. Rules P1, P7; maker and checker are compared as people (M8)."""

from dataclasses import dataclass, replace
from typing import Any

from contracts.errors import AlreadyDecided, Forbidden, MakerIsChecker, ReasonMissing
from contracts.permissions import permits
from identity.domain.approvals import STAFF_CREATION, Approval
from identity.operations import logins, staff
from identity.repository import Books, Scope
from identity.vault import Vault


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
        ApproverTooNew, OwnOfficer, PersonExcluded, LoginNotIssuable: as the kind's own rules say.
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
        return Decided(decided, _approve(books, approval, vault))
    _decline(books, approval)
    return Decided(decided)


def _approve(books: Books, approval: Approval, vault: Vault) -> str:
    if approval.kind == STAFF_CREATION:
        return staff.approve_staff(books, approval, vault)
    return logins.approve_login(books, approval, vault)


def _decline(books: Books, approval: Approval) -> None:
    if approval.kind == STAFF_CREATION:
        staff.decline_staff(books, approval)
    else:
        logins.decline_login(books, approval)


def _again(books: Books, known: Approval, wanted: Approval, vault: Vault) -> Decided:
    if known != wanted:
        raise AlreadyDecided(state=known.state)
    if known.state == "declined":
        return Decided(known)
    if known.kind == STAFF_CREATION:
        return Decided(known, staff.repeat_one_time_password(books, known.subject_id, vault))
    return Decided(known, logins.repeat_code(books, known, vault))
