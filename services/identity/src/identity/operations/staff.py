"""Proposing staff, and switching or holding their access. Rules P6 and P7."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from contracts.actor import Actor
from contracts.errors import ApproverTooNew, IdConflict, InvalidPayload
from contracts.fields import MobileField
from contracts.identity.sessions import SESSION_REVOKED
from contracts.identity.staff import (
    STAFF_POSTING_CHANGED,
    OwnAccess,
    RoleNotOfOffice,
    StaffNotSwitchable,
    UsernameTaken,
)
from identity.domain.access import ONE_TIME_PASSWORD_LIFE, StaffPerson, approves_from
from identity.domain.approvals import STAFF_CREATION, Approval
from identity.domain.offices import Office, may_work_at
from identity.repository import Books, Password, Scope
from identity.told import posting_of
from identity.vault import Vault, draw_password


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person who is proposed, and the office where the person is to work."""

    person: StaffPerson
    office: Office


def propose_staff(books: Books, command: dict[str, Any], vault: Vault) -> Approval:
    """Propose a person; a second person of the head office approves (P7). The same again changes nothing.

    Raises:
        NotFound: no such office in scope.
        RoleNotOfOffice: the role does not belong to an office of this level.
        UsernameTaken: another person has the username.
        IdConflict: the id is known with another body.
    """
    actor = books.work.actor
    office = books.offices.get(command["office_id"], Scope.of(actor))
    if not may_work_at(command["role"], office.level):
        raise RoleNotOfOffice(role=command["role"], level=office.level)
    person = new_person(command, vault)
    if not books.staff.add(person):
        return _known(books, person)
    approval = _approval(Proposal(person, office), actor, books.work.now)
    books.approvals.add(approval)
    books.work.audit("propose_staff", "staff", person.id, {"role": person.role, "office_id": office.id})
    return approval


def new_person(command: dict[str, Any], vault: Vault) -> StaffPerson:
    """Return the person that a command proposes, the number hidden and a fingerprint of the whole.

    Raises:
        InvalidPayload: the number cannot be unsealed, or is none.
    """
    mobile = _mobile(vault.read(command["mobile"], "mobile"))
    body = command | {
        "mobile": mobile,
        "from_on": command["from_on"].isoformat(),
        "role": str(command["role"]),
    }
    given = {name: value for name, value in command.items() if name not in {"mobile", "declared_members"}}
    return StaffPerson(
        **given,
        mobile=vault.hide_mobile(mobile, command["id"]),
        declared_members=tuple(sorted(command["declared_members"])),
        status="proposed",
        founding=False,
        active_since=None,
        held_until=None,
        fingerprint=vault.fingerprint(body),
        version=0,
    )


def approve_staff(books: Books, approval: Approval, vault: Vault) -> str:
    """Let a proposed person work, and return the one-time password of the slip.

    Raises:
        ApproverTooNew: who approves has not been an administrator for a day (P7).
    """
    now = books.work.now
    check_approver(books, now)
    person = books.staff.get(approval.subject_id, Scope.everything(), lock=True)
    active = replace(person, status="active", active_since=now, version=person.version + 1)
    books.staff.change(active)
    tell_posting(books, active, vault)
    books.work.audit("approve_staff", "staff", person.id)
    return give_one_time_password(books, person.id, vault)


def decline_staff(books: Books, approval: Approval) -> None:
    """Let a proposed person be; the username is not given to another."""
    person = books.staff.get(approval.subject_id, Scope.everything(), lock=True)
    books.staff.change(replace(person, status="declined", version=person.version + 1))
    books.work.audit("decline_staff", "staff", person.id)


def give_one_time_password(books: Books, staff_id: str, vault: Vault) -> str:
    """Draw a password that opens nothing but its own change; an earlier one ends."""
    plain = draw_password()
    ends_at = books.work.now + ONE_TIME_PASSWORD_LIFE
    kept = Password(staff_id, vault.hasher.hash(plain), one_time=True, expires_at=ends_at)
    books.staff.set_password(kept, now=books.work.now)
    return plain


def repeat_slip(books: Books, approval: Approval, vault: Vault) -> str | None:
    """Draw the password of an approved person anew; None once it was used."""
    return repeat_one_time_password(books, approval.subject_id, vault)


def repeat_one_time_password(books: Books, staff_id: str, vault: Vault) -> str | None:
    """Draw it anew for an approver whose answer was lost; None once it was used."""
    kept = books.staff.find_password(staff_id)
    if kept is None or not kept.one_time:
        return None
    return give_one_time_password(books, staff_id, vault)


def check_approver(books: Books, now: datetime) -> None:
    """Refuse an approver who is new to it (P7).

    Raises:
        ApproverTooNew: facts say from when he may.
    """
    approver = books.staff.get(books.work.actor.person_id, Scope.everything())
    since = approves_from(active_since=approver.active_since or now, founding=approver.founding)
    if now < since:
        raise ApproverTooNew(from_at=since.isoformat().replace("+00:00", "Z"))


def switch_access(books: Books, command: dict[str, Any], vault: Vault) -> StaffPerson:
    """Switch a person's access on or off; off ends every session at once. Rule P6.

    Raises:
        NotFound: no such person in scope.
        OwnAccess: it is the actor's own.
        StaffNotSwitchable: the person was never approved.
    """
    person = other(books, command["staff_id"])
    status = "active" if command["on"] else "off"
    if person.status == status and person.held_until is None:
        return person
    switched = replace(person, status=status, held_until=None, version=person.version + 1)
    books.staff.change(switched)
    if not command["on"]:
        end_sessions(books, person.id)
    tell_posting(books, switched, vault)
    books.work.audit("switch_access", "staff", person.id, {"on": command["on"], "reason": command["reason"]})
    return switched


def end_sessions(
    books: Books, person_id: str, *, only: str | None = None, but: str | None = None
) -> tuple[str, ...]:
    """End a person's sessions, all or as told, and tell every gateway at once."""
    ended = books.sessions.end(person_id, now=books.work.now, only=only, but=but)
    if ended:
        books.work.tell(SESSION_REVOKED, {"session_ids": list(ended), "person_id": person_id})
    return ended


def tell_posting(books: Books, person: StaffPerson, vault: Vault) -> None:
    """Tell the other services who works where; a founder, who has no number, concerns none of them."""
    if person.mobile is None:
        return
    office = books.offices.get(person.office_id, Scope.everything())
    books.work.tell(STAFF_POSTING_CHANGED, posting_of(person, office, vault))


def other(books: Books, staff_id: str) -> StaffPerson:
    """Return another person who was approved once, locked.

    Raises:
        NotFound: no such person in scope.
        OwnAccess: it is the actor's own.
        StaffNotSwitchable: the person was never approved.
    """
    actor = books.work.actor
    person = books.staff.get(staff_id, Scope.of(actor), lock=True)
    if person.id == actor.person_id:
        raise OwnAccess
    if person.active_since is None:
        raise StaffNotSwitchable
    return person


def _known(books: Books, person: StaffPerson) -> Approval:
    known = books.staff.find(person.id, Scope.everything())
    if known is None:
        raise UsernameTaken(username=person.username)
    approval = books.approvals.find(person.id)
    if known.fingerprint != person.fingerprint or approval is None:
        raise IdConflict
    return approval


def _approval(proposal: Proposal, actor: Actor, now: datetime) -> Approval:
    person, office = proposal.person, proposal.office
    return Approval(
        id=person.id,
        kind=STAFF_CREATION,
        subject_id=person.id,
        subject_bn=person.name_bn,
        subject_en=person.name_en,
        office_id=office.id,
        maker_id=actor.person_id,
        proposed_at=now,
        facts={
            "username": person.username,
            "role": str(person.role),
            "office_bn": office.name_bn,
            "office_en": office.name_en,
            "from_on": person.from_on.isoformat(),
            "declared_members": len(person.declared_members),
        },
    )


def _mobile(text: str) -> str:
    try:
        return str(MobileField().deserialize(text))
    except ValidationError:
        raise InvalidPayload.of(mobile="NOT_A_MOBILE") from None
