"""Offices, staff and approvals as people read them, and as other services remember them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from contracts.actor import Actor
from contracts.permissions import permits
from identity.domain.access import StaffPerson, may_work, status_of
from identity.domain.approvals import Approval
from identity.domain.offices import Office
from identity.repository import Books, Scope, StaffQuestion
from identity.told import posting_of, state_of
from identity.vault import Vault

PAGE = 100
FIELD_OFFICER = "field_officer"


class Identified(Protocol):
    """What has an id."""

    @property
    def id(self) -> str:
        """Its id."""


def list_offices(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the actor's offices."""
    items = books.offices.list_page(Scope.of(books.work.actor), command["after"])
    return {"items": items, "next": items[-1].path if len(items) == PAGE else None}


def list_staff(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the staff of the actor's offices."""
    question = StaffQuestion(command["office_id"], command["query"], command["after"])
    found = books.staff.list_page(Scope.of(books.work.actor), question)
    offices = _offices(books, found)
    items = [_shown(person, offices[person.office_id], books.work.now) for person in found]
    return {"items": items, "next": found[-1].username if len(found) == PAGE else None}


def staff_person(books: Books, person: StaffPerson) -> dict[str, Any]:
    """Return one person as the portal shows the staff."""
    office = books.offices.get(person.office_id, Scope.everything())
    return _shown(person, office, books.work.now)


def list_colleagues(books: Books) -> dict[str, Any]:
    """Return who may work at the actor's own office today: names and roles, for a witness to be chosen."""
    actor = books.work.actor
    work = books.work
    found = books.staff.of_office(Scope.of(actor), actor.office_id or "")
    working = [person for person in found if may_work(person, now=work.now, today=work.today)]
    names = ("id", "name_bn", "name_en", "role")
    return {"items": [{name: getattr(person, name) for name in names} for person in working]}


def _shown(person: StaffPerson, office: Office, now: datetime) -> dict[str, Any]:
    return {
        "id": person.id,
        "username": person.username,
        "name_bn": person.name_bn,
        "name_en": person.name_en,
        "role": person.role,
        "office_id": office.id,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "status": status_of(person, now=now),
        "from_on": person.from_on,
    }


def list_approvals(books: Books, after: str | None) -> dict[str, Any]:
    """Return a page of what waits in the actor's scope; a field officer sees what he made."""
    actor = books.work.actor
    maker_id = actor.person_id if actor.role == FIELD_OFFICER else None
    waiting = books.approvals.list_waiting(Scope.of(actor), maker_id=maker_id, after=after)
    items = [pending(row.approval, actor, (row.maker_bn, row.maker_en)) for row in waiting]
    return {"items": items, "next": items[-1]["id"] if len(items) == PAGE else None}


def proposed(books: Books, approval: Approval) -> dict[str, Any]:
    """Return an approval to its maker."""
    maker = books.staff.find(approval.maker_id, Scope.everything())
    names = (maker.name_bn, maker.name_en) if maker else (None, None)
    return pending(approval, books.work.actor, names)


def pending(approval: Approval, actor: Actor, maker: tuple[str | None, str | None]) -> dict[str, Any]:
    """Return an approval in the one shape that all services share."""
    may_decide = permits(actor.role or "", approval.permission) and actor.person_id != approval.maker_id
    return {
        "id": approval.id,
        "service": "identity",
        "kind": approval.kind,
        "permission": approval.permission,
        "subject_id": approval.subject_id,
        "subject_bn": approval.subject_bn,
        "subject_en": approval.subject_en,
        "office_id": approval.office_id,
        "maker_id": approval.maker_id,
        "maker_bn": maker[0],
        "maker_en": maker[1],
        "proposed_at": approval.proposed_at,
        "state": approval.state,
        "may_decide": may_decide and not actor.is_new and approval.state == "waiting",
        "facts": approval.facts,
    }


def export_offices(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a stretch of the feed of offices."""
    items = books.offices.feed(command["after"], command["limit"])
    return {"items": items, "next": _after(items, command["limit"])}


def export_staff(books: Books, command: dict[str, Any], vault: Vault) -> dict[str, Any]:
    """Return a stretch of the feed of staff."""
    found = books.staff.feed(command["after"], command["limit"])
    offices = _offices(books, found)
    items = [posting_of(person, offices[person.office_id], vault) for person in found]
    return {"items": items, "next": _after(found, command["limit"])}


def export_logins(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a stretch of the feed of members' logins."""
    found = books.logins.feed(command["after"], command["limit"])
    items = [state_of(login, "exported") for login in found]
    return {"items": items, "next": found[-1].member_id if len(found) == command["limit"] else None}


def get_member_login(books: Books, member_id: str) -> dict[str, Any]:
    """Return where a member's login stands.

    Raises:
        NotFound: no such member in scope.
    """
    member = books.logins.get_member(member_id, Scope.of(books.work.actor))
    login = books.logins.find(member.id)
    return {"member_id": member.id, "status": str(login.status) if login else "none"}


def _offices(books: Books, people: Sequence[StaffPerson]) -> dict[str, Office]:
    return books.offices.get_each({person.office_id for person in people})


def _after(items: Sequence[Identified], limit: int) -> str | None:
    return items[-1].id if len(items) == limit else None
