"""A new one-time password for a person who lost the old one: two administrators (P7)."""

from typing import Any

from contracts.errors import AlreadyDecided, IdConflict
from contracts.identity.approvals import CREDENTIAL_RESET
from contracts.identity.staff import OwnAccess, StaffNotSwitchable
from identity.domain.access import StaffPerson
from identity.domain.approvals import Approval
from identity.operations.staff import check_approver, end_sessions, give_one_time_password
from identity.repository import Books, Scope
from identity.vault import Vault


def propose_credential_reset(books: Books, command: dict[str, Any]) -> Approval:
    """Propose it; the old password works until another person has approved. The same again changes nothing.

    Raises:
        NotFound: no such person in scope.
        OwnAccess: it is the actor's own.
        StaffNotSwitchable: the person's access is not on.
        AlreadyDecided: another reset of the same person waits.
        IdConflict: the id is known with another body.
    """
    actor = books.work.actor
    person = _person(books, command["staff_id"], Scope.of(actor))
    approval = Approval(
        id=command["id"],
        kind=CREDENTIAL_RESET,
        subject_id=person.id,
        subject_bn=person.name_bn,
        subject_en=person.name_en,
        office_id=person.office_id,
        maker_id=actor.person_id,
        proposed_at=books.work.now,
        facts={"username": person.username, "role": person.role, "reason": command["reason"]},
    )
    if not books.approvals.add(approval):
        return _known(books, approval)
    books.work.audit("propose_credential_reset", "staff", person.id)
    return approval


def approve(books: Books, approval: Approval, vault: Vault) -> str:
    """End every session, make the old password worthless, and return the one-time password of the slip.

    Raises:
        OwnAccess: it is the checker's own.
        StaffNotSwitchable: the access was switched off meanwhile.
        ApproverTooNew: who approves has not been an administrator for a day (P7).
    """
    check_approver(books, books.work.now)
    person = _person(books, approval.subject_id, Scope.everything())
    end_sessions(books, person.id)
    books.work.audit("approve_credential_reset", "staff", person.id)
    return give_one_time_password(books, person.id, vault)


def decline(books: Books, approval: Approval) -> None:
    """Let the old password be."""
    books.work.audit("decline_credential_reset", "staff", approval.subject_id)


def _person(books: Books, staff_id: str, scope: Scope) -> StaffPerson:
    if staff_id == books.work.actor.person_id:
        raise OwnAccess
    person = books.staff.get(staff_id, scope, lock=True)
    if person.status != "active":
        raise StaffNotSwitchable
    return person


def _known(books: Books, wanted: Approval) -> Approval:
    known = books.approvals.find(wanted.id)
    if known is None:
        raise AlreadyDecided(state="waiting")
    if (known.kind, known.subject_id, known.facts) != (wanted.kind, wanted.subject_id, wanted.facts):
        raise IdConflict
    return known
