"""Whose session it is, and what it may do."""

from dataclasses import dataclass
from typing import Any

from contracts.identity.sessions import SessionEnded
from contracts.permissions import PERMISSIONS, Role
from identity.domain.access import is_new, may_work
from identity.domain.logins import Login
from identity.domain.sessions import Session
from identity.queries.acting import limits_of, posts_of
from identity.repository import Books, Scope


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a session: names, office, and whose money is not his to handle (M8)."""

    name_bn: str
    name_en: str
    office_id: str
    username: str | None = None
    member_code: str | None = None
    excluded_members: tuple[str, ...] = ()
    is_new: bool = False


def find_session(books: Books, access_hash: str) -> dict[str, Any]:
    """Return the session of an access token, with the person's role, permissions and scope as they are now.

    Raises:
        SessionEnded: the token is unknown or expired, the session is over, or the person may not work.
    """
    now = books.work.now
    found = books.sessions.find_by_access(access_hash, now=now)
    if found is None or not found[0].is_open(now):
        raise SessionEnded
    session, ends_at = found
    role, holder = _staff(books, session) if session.kind == "staff" else _member(books, session)
    books.sessions.note_use(session, now=now)
    return _facts(books, session, role, holder) | {"expires_at": ends_at}


def list_sessions(books: Books) -> dict[str, Any]:
    """Return the actor's own open sessions."""
    actor = books.work.actor
    found = books.sessions.list_open(actor.person_id, now=books.work.now)
    items = [
        {
            "id": session.id,
            "device_name": session.device_name,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "current": session.id == actor.session_id,
        }
        for session in found
    ]
    return {"items": items, "next": None}


def _staff(books: Books, session: Session) -> tuple[str, Holder]:
    person = books.staff.find(session.person_id, Scope.everything())
    if person is None or not may_work(person, now=books.work.now, today=books.work.today):
        raise SessionEnded
    return person.role, Holder(
        person.name_bn,
        person.name_en,
        person.office_id,
        username=person.username,
        excluded_members=person.declared_members,
        is_new=is_new(person, now=books.work.now),
    )


def _member(books: Books, session: Session) -> tuple[str, Holder]:
    member = books.logins.get_member(session.person_id, Scope.everything())
    login = books.logins.find(member.id)
    if login is None or login.status is not Login.ACTIVE:
        raise SessionEnded
    return Role.MEMBER, Holder(member.name_bn, member.name_en, member.branch_id, member_code=member.code)


def _facts(books: Books, session: Session, role: str, holder: Holder) -> dict[str, Any]:
    office = books.offices.get(holder.office_id, Scope.everything())
    return {
        "session_id": session.id,
        "person_id": session.person_id,
        "kind": session.kind,
        "role": role,
        "permissions": sorted(PERMISSIONS[Role(role)]),
        "office_id": office.id,
        "office_path": office.path,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "name_bn": holder.name_bn,
        "name_en": holder.name_en,
        "username": holder.username,
        "member_code": holder.member_code,
        "device_id": session.device_id,
        "excluded_members": list(holder.excluded_members),
        "limits": limits_of(books, role),
        "is_new": holder.is_new,
        "acting": posts_of(books, session.person_id) if session.kind == "staff" else [],
    }
