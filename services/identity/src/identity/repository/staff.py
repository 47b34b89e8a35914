"""The rows of staff, their postings to offices, and their passwords."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from identity.domain.access import StaffPerson
from identity.models import offices, passwords, staff, staff_postings
from identity.repository.scope import Scope

PAGE = 100


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """Which staff are asked for: of one office, whose name or username holds a text, after a username."""

    office_id: str | None = None
    text: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Password:
    """What is kept of a person's password."""

    staff_id: str
    hash: str
    one_time: bool
    expires_at: datetime | None


class StaffRows:
    """Staff in one transaction; `today` decides which posting counts."""

    def __init__(self, session: Session, today: date) -> None:
        self._session = session
        self._today = today

    def add(self, person: StaffPerson) -> bool:
        """Insert a person with the first posting; False where the id or the username is taken."""
        values = _columns(staff, person) | {"search_key": search_key(person)}
        added = insert(staff).values(values).on_conflict_do_nothing().returning(staff.c.id)
        if self._session.execute(added).first() is None:
            return False
        posting = _columns(staff_postings, person, staff_id=person.id)
        self._session.execute(sa.insert(staff_postings).values(posting))
        return True

    def find(self, staff_id: str, scope: Scope, *, lock: bool = False) -> StaffPerson | None:
        """Return a person within the scope, or None; locked against every other change if asked."""
        query = self._query(scope).where(staff.c.id == staff_id)
        return self._one(query.with_for_update(of=staff) if lock else query)

    def get(self, staff_id: str, scope: Scope, *, lock: bool = False) -> StaffPerson:
        """Return a person within the scope.

        Raises:
            NotFound: there is none, or not for the caller.
        """
        person = self.find(staff_id, scope, lock=lock)
        if person is None:
            raise NotFound(kind="staff")
        return person

    def find_by_username(self, username: str) -> StaffPerson | None:
        """Return the person who signs in under a name, or None."""
        return self._one(self._query(Scope.everything()).where(staff.c.username == username))

    def list_page(self, scope: Scope, question: StaffQuestion) -> tuple[StaffPerson, ...]:
        """Return up to a page of staff by username."""
        query = self._query(scope).order_by(staff.c.username).limit(PAGE)
        if question.office_id is not None:
            query = query.where(offices.c.id == question.office_id)
        if question.text is not None:
            query = query.where(staff.c.search_key.contains(question.text.casefold(), autoescape=True))
        if question.after is not None:
            query = query.where(staff.c.username > question.after)
        return tuple(map(_person, self._session.execute(query)))

    def of_office(self, scope: Scope, office_id: str) -> tuple[StaffPerson, ...]:
        """Return all whose posting is to one office, by username."""
        query = self._query(scope).where(offices.c.id == office_id).order_by(staff.c.username)
        return tuple(map(_person, self._session.execute(query)))

    def feed(self, after: str | None, limit: int) -> tuple[StaffPerson, ...]:
        """Return a stretch of the staff of whom other services were told, by id."""
        query = self._query(Scope.everything()).where(
            staff.c.active_since.is_not(None), staff.c.mobile.is_not(None)
        )
        if after is not None:
            query = query.where(staff.c.id > after)
        return tuple(map(_person, self._session.execute(query.order_by(staff.c.id).limit(limit))))

    def change(self, person: StaffPerson) -> None:
        """Write the changed state of a person who was locked; the version is already counted up."""
        state = {name: getattr(person, name) for name in ("status", "active_since", "held_until", "version")}
        self._session.execute(sa.update(staff).where(staff.c.id == person.id).values(state))

    def find_password(self, staff_id: str) -> Password | None:
        """Return what is kept of a person's password, or None."""
        query = sa.select(
            passwords.c.staff_id, passwords.c.hash, passwords.c.one_time, passwords.c.expires_at
        ).where(passwords.c.staff_id == staff_id)
        row = self._session.execute(query).first()
        return None if row is None else Password(*row)

    def set_password(self, password: Password, *, now: datetime) -> None:
        """Replace a person's password."""
        values = {
            "hash": password.hash,
            "one_time": password.one_time,
            "expires_at": password.expires_at,
            "changed_at": now,
        }
        self._session.execute(
            insert(passwords)
            .values(staff_id=password.staff_id, **values)
            .on_conflict_do_update(index_elements=[passwords.c.staff_id], set_=values)
        )

    def _query(self, scope: Scope) -> sa.Select[Any]:
        away = sa.func.abs(staff_postings.c.from_on - self._today)
        begun = staff_postings.c.from_on <= self._today
        posting = (
            sa.select(staff_postings)
            .where(staff_postings.c.staff_id == staff.c.id)
            .order_by(begun.desc(), away)
            .limit(1)
            .lateral("posting")
        )
        columns = [column for column in staff.columns if column.name != "search_key"]
        of_posting = [posting.c.role, posting.c.office_id, posting.c.from_on, posting.c.to_on]
        return (
            sa.select(*columns, *of_posting)
            .select_from(staff)
            .join(posting, sa.true())
            .join(offices, offices.c.id == posting.c.office_id)
            .where(scope.covers(offices.c.path))
        )

    def _one(self, query: sa.Select[Any]) -> StaffPerson | None:
        row = self._session.execute(query).first()
        return None if row is None else _person(row)


def search_key(person: StaffPerson) -> str:
    """Return the text in which a person is looked for: username and both names, in small letters."""
    return f"{person.username} {person.name_bn} {person.name_en}".casefold()


def _columns(table: sa.Table, person: StaffPerson, **given: str) -> dict[str, Any]:
    names = (column.name for column in table.columns if hasattr(person, column.name))
    return {name: getattr(person, name) for name in names} | given


def _person(row: sa.Row[Any]) -> StaffPerson:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return StaffPerson(**values | {"declared_members": tuple(values["declared_members"])})
