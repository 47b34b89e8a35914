"""Acting assignments: proposed by one, approved by an administrator who is another, ended by either (M8)."""

from dataclasses import replace
from typing import Any

from contracts.errors import IdConflict
from contracts.identity.acting import (
    ActingDates,
    ActingOver,
    ActingOverlaps,
    CannotAct,
    NotAtWork,
    NotHisPost,
    OwnActing,
)
from contracts.identity.approvals import ACTING
from contracts.identity.sessions import SESSION_CHANGED
from contracts.identity.staff import RoleNotOfOffice
from identity.domain.access import StaffPerson, may_work
from identity.domain.acting import LONGEST, STAY_WHAT_THEY_ARE, Acting, days_are_possible
from identity.domain.approvals import Approval
from identity.domain.offices import Office, may_work_at
from identity.operations.staff import check_approver
from identity.repository import Books, Scope
from identity.vault import Vault


def propose_acting(books: Books, command: dict[str, Any]) -> Approval:
    """Propose that a person holds the post of one who is away; the same again changes nothing.

    Raises:
        NotFound: the office, or one of the two people, is not in the actor's scope.
        OwnActing, CannotAct, RoleNotOfOffice, NotHisPost, NotAtWork, ActingDates, ActingOverlaps: as named.
        IdConflict: the id is known with another body.
    """
    actor = books.work.actor
    said = command | {"role": str(command["role"])}
    acting = Acting(**said, proposed_by=actor.person_id, proposed_at=books.work.now)
    known = books.acting.find(acting.id)
    if known is not None:
        return _known(books, known, acting)
    scope = Scope.of(actor)
    office = books.offices.get(acting.office_id, scope)
    person, away = _both(books, acting, scope)
    if not days_are_possible(acting.from_on, acting.to_on, books.work.today):
        raise ActingDates(days=LONGEST.days)
    _require_possible(books, acting, (person, away))
    if not may_work_at(acting.role, office.level):
        raise RoleNotOfOffice(role=acting.role, level=office.level)
    approval = _approval(acting, (person, away), office)
    if not books.acting.add(acting) or not books.approvals.add(approval):
        raise IdConflict
    noted = {"role": acting.role, "office_id": office.id, "away_id": away.id}
    books.work.audit("propose_acting", "staff", person.id, noted)
    return approval


def approve(books: Books, approval: Approval, vault: Vault) -> None:
    """Let it hold; the person's open sessions learn it at once.

    Raises:
        ApproverTooNew: who approves has not been an administrator for a day (P7).
        OwnActing: it is about the checker himself.
        ActingOver: its last day is over.
        NotHisPost, NotAtWork, ActingOverlaps: things have changed since it was proposed.
    """
    del vault
    check_approver(books, books.work.now)
    acting = books.acting.lock(approval.subject_id, Scope.everything())
    if acting.to_on < books.work.today:
        raise ActingOver(state=acting.state)
    _require_possible(books, acting, _both(books, acting, Scope.everything()))
    books.acting.change(replace(acting, state="agreed"), by=books.work.actor.person_id, reason=None)
    tell_sessions(books, acting.staff_id)
    books.work.audit("approve_acting", "staff", acting.staff_id, {"acting_id": acting.id})


def decline(books: Books, approval: Approval) -> None:
    """Let a proposal be."""
    acting = books.acting.lock(approval.subject_id, Scope.everything())
    books.acting.change(replace(acting, state="declined"), by=books.work.actor.person_id, reason=None)
    books.work.audit("decline_acting", "staff", acting.staff_id, {"acting_id": acting.id})


def end_acting(books: Books, acting_id: str, reason: str) -> None:
    """End it before its last day: whoever was away is back; repeated, do nothing.

    Raises:
        NotFound: there is none at an office of the actor's scope.
        ActingOver: it was never agreed to.
    """
    acting = books.acting.lock(acting_id, Scope.of(books.work.actor))
    if acting.state == "ended":
        return
    if acting.state != "agreed":
        raise ActingOver(state=acting.state)
    by = books.work.actor.person_id
    books.acting.change(replace(acting, state="ended", ended_at=books.work.now), by=by, reason=reason)
    tell_sessions(books, acting.staff_id)
    books.work.audit("end_acting", "staff", acting.staff_id, {"acting_id": acting.id, "reason": reason})


def tell_sessions(books: Books, person_id: str) -> None:
    """Let every gateway ask again what a person's open sessions may do."""
    found = books.sessions.list_open(person_id, now=books.work.now)
    if found:
        ids = [session.id for session in found]
        books.work.tell(SESSION_CHANGED, {"session_ids": ids, "person_id": person_id})


def _both(books: Books, acting: Acting, scope: Scope) -> tuple[StaffPerson, StaffPerson]:
    """Return who acts and who is away, locked in one order, so that two proposals follow each other.

    Raises:
        OwnActing: they are one person, or the caller is to act.
        NotFound: one of them is not in scope.
    """
    if acting.staff_id in (acting.away_id, books.work.actor.person_id):
        raise OwnActing
    locked = {
        person_id: books.staff.get(person_id, scope, lock=True)
        for person_id in sorted((acting.staff_id, acting.away_id))
    }
    return locked[acting.staff_id], locked[acting.away_id]


def _require_possible(books: Books, acting: Acting, both: tuple[StaffPerson, StaffPerson]) -> None:
    person, away = both
    if person.role in STAY_WHAT_THEY_ARE:
        raise CannotAct(role=person.role)
    if (away.role, away.office_id) != (acting.role, acting.office_id):
        raise NotHisPost
    if not may_work(person, now=books.work.now, today=books.work.today):
        raise NotAtWork
    if books.acting.overlaps(acting):
        raise ActingOverlaps


def _known(books: Books, known: Acting, wanted: Acting) -> Approval:
    approval = books.approvals.find(known.id)
    if approval is None or not known.is_same(wanted):
        raise IdConflict
    return approval


def _approval(acting: Acting, both: tuple[StaffPerson, StaffPerson], office: Office) -> Approval:
    person, away = both
    return Approval(
        id=acting.id,
        kind=ACTING,
        subject_id=acting.id,
        subject_bn=person.name_bn,
        subject_en=person.name_en,
        office_id=office.id,
        maker_id=acting.proposed_by,
        proposed_at=acting.proposed_at,
        facts={
            "role": acting.role,
            "office_bn": office.name_bn,
            "office_en": office.name_en,
            "away_bn": away.name_bn,
            "away_en": away.name_en,
            "from_on": acting.from_on.isoformat(),
            "to_on": acting.to_on.isoformat(),
            "reason": acting.reason,
        },
    )
