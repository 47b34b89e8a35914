"""A manager's hold of a field officer: confirmed within a day by an administrator, or it lapses. Rule P6."""

from dataclasses import replace

from contracts.errors import Forbidden
from contracts.identity.staff import StaffNotSwitchable
from identity.domain.access import HOLD, StaffPerson
from identity.domain.approvals import ACCESS_HOLD, Approval
from identity.operations.staff import check_approver, end_sessions, other, tell_posting
from identity.repository import Books, Scope
from identity.vault import Vault

FIELD_OFFICER = "field_officer"


def hold_access(books: Books, staff_id: str, reason: str) -> StaffPerson:
    """Hold a field officer's access at once; what waits for an administrator is whether it stays off.

    A hold that waits is not made longer by another: nobody keeps an officer out by himself.

    Raises:
        NotFound: no such person in scope.
        OwnAccess: it is the actor's own.
        Forbidden: a manager holds field officers only.
        StaffNotSwitchable: the access is not on.
    """
    person = other(books, staff_id)
    if person.role != FIELD_OFFICER:
        raise Forbidden(permission="staff:hold")
    if person.status != "active":
        raise StaffNotSwitchable
    if person.held_until is not None and books.work.now < person.held_until:
        return person
    lapse(books)
    held = replace(person, held_until=books.work.now + HOLD, version=person.version + 1)
    books.staff.change(held)
    end_sessions(books, person.id)
    books.approvals.add(_approval(books, held, reason))
    books.work.audit("hold_access", "staff", person.id, {"reason": reason})
    return held


def approve(books: Books, approval: Approval, vault: Vault) -> None:
    """Confirm a hold: the access is off until an administrator switches it on.

    Raises:
        ApproverTooNew: who confirms has not been an administrator for a day (P7).
    """
    check_approver(books, books.work.now)
    person = books.staff.get(approval.subject_id, Scope.everything(), lock=True)
    ended = replace(person, status="off", held_until=None, version=person.version + 1)
    books.staff.change(ended)
    end_sessions(books, person.id)
    tell_posting(books, ended, vault)
    books.work.audit("confirm_hold", "staff", person.id)


def decline(books: Books, approval: Approval) -> None:
    """Lift a hold at once."""
    person = books.staff.get(approval.subject_id, Scope.everything(), lock=True)
    books.staff.change(replace(person, held_until=None, version=person.version + 1))
    books.work.audit("lift_hold", "staff", person.id)


def settle(books: Books, staff_id: str, *, on: bool, reason: str) -> None:
    """Close what waits of a hold, where an administrator has switched the access himself."""
    waiting = books.approvals.find_waiting(ACCESS_HOLD, staff_id)
    if waiting is None or waiting.maker_id == books.work.actor.person_id:
        return
    state = "declined" if on else "approved"
    decided = replace(waiting, state=state, checker_id=books.work.actor.person_id)
    books.approvals.decide(decided, reason=reason, now=books.work.now)


def lapse(books: Books) -> int:
    """Let holds that nobody confirmed within a day lapse; return how many."""
    lapsed = books.approvals.lapse(ACCESS_HOLD, before=books.work.now - HOLD, now=books.work.now)
    for staff_id in lapsed:
        books.work.audit("lapse_hold", "staff", staff_id)
    return len(lapsed)


def _approval(books: Books, person: StaffPerson, reason: str) -> Approval:
    return Approval(
        id=books.work.new_id(),
        kind=ACCESS_HOLD,
        subject_id=person.id,
        subject_bn=person.name_bn,
        subject_en=person.name_en,
        office_id=person.office_id,
        maker_id=books.work.actor.person_id,
        proposed_at=books.work.now,
        facts={"username": person.username, "role": str(person.role), "reason": reason},
    )
