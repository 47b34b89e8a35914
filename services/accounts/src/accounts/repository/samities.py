"""Samities in the database: their opening, their officers and days, their codes' serials."""

from typing import Any

import sqlalchemy as sa

from accounts.domain.samities import Samity, SamityOpening
from accounts.domain.scope import Scope
from accounts.models import members, offices, samities, samity_days, samity_officers, staff
from accounts.repository.rows import Row, add, every, find_one
from accounts.repository.scope import PLACED, samity_in
from accounts.repository.tenures import TenureStore
from chassis.work import Work
from contracts.errors import IdConflict, NotFound

_HELD = (samities.c.id, samities.c.branch_id, samities.c.code, samities.c.max_members, samities.c.active)
_COUNTED = (
    sa.select(sa.func.count())
    .where(members.c.samity_id == samities.c.id, members.c.status == "active")
    .scalar_subquery()
)
_SHOWN = (
    *_HELD,
    samities.c.name_bn,
    samities.c.name_en,
    samities.c.kind,
    samities.c.village,
    samities.c.meeting_weekday,
    samities.c.meeting_time,
    samities.c.officer_id,
    samities.c.opened_on,
    staff.c.name_bn.label("officer_name_bn"),
    staff.c.name_en.label("officer_name_en"),
    _COUNTED.label("members"),
)


class SamityStore:
    """Samities of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work
        self.officers = TenureStore(work, samity_officers, samity_officers.c.officer_id)
        self.days = TenureStore(work, samity_days, samity_days.c.meeting_weekday)

    def hold(self, scope: Scope, samity_id: str) -> Samity:
        """Return a samity and keep others from changing it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(*_HELD)
            .select_from(PLACED)
            .where(samities.c.id == samity_id, samity_in(scope))
            .with_for_update(of=samities)
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="samity_id")
        return Samity(**row)

    def show(self, scope: Scope, samity_id: str) -> Row:
        """Return what staff see of a samity.

        Raises:
            NotFound: there is none in scope.
        """
        row = find_one(self._session, _shown(scope).where(samities.c.id == samity_id))
        if row is None:
            raise NotFound(field="samity_id")
        return row

    def list_page(
        self, scope: Scope, *, branch_id: str | None, officer_id: str | None, after: str | None, limit: int
    ) -> list[Row]:
        """Return the next samities of the scope by code."""
        query = _shown(scope).order_by(samities.c.code).limit(limit)
        if branch_id is not None:
            query = query.where(samities.c.branch_id == branch_id)
        if officer_id is not None:
            query = query.where(samities.c.officer_id == officer_id)
        if after is not None:
            last = sa.select(samities.c.code).where(samities.c.id == after).scalar_subquery()
            query = query.where(samities.c.code > last)
        return every(self._session, query)

    def find_others(self, query: str, *, but: str, limit: int) -> list[Row]:
        """Return the first active samities of the institution whose code or name says something, by code.

        They are asked for wherever they are, so no more of them is told than what they are called (rule L6).
        """
        shown = (samities.c.id, samities.c.code, samities.c.name_bn, samities.c.name_en)
        branch = (offices.c.name_bn.label("branch_name_bn"), offices.c.name_en.label("branch_name_en"))
        said = (
            samities.c.code.startswith(query.upper(), autoescape=True),
            samities.c.name_bn.contains(query, autoescape=True),
            samities.c.name_en.icontains(query, autoescape=True),
        )
        found = sa.select(*shown, *branch).select_from(PLACED).where(sa.or_(*said))
        active = found.where(samities.c.active, samities.c.id != but)
        return every(self._session, active.order_by(samities.c.code).limit(limit))

    def find_fingerprint(self, samity_id: str) -> str | None:
        """Return the fingerprint of the request that opened a samity; None where nobody did."""
        query = sa.select(samities.c.fingerprint).where(samities.c.id == samity_id)
        return self._session.execute(query).scalar_one_or_none()

    def last_serial(self, branch_id: str) -> int:
        """Return the greatest serial ever given in a branch; whoever asks holds the office."""
        query = sa.select(sa.func.max(samities.c.serial)).where(samities.c.branch_id == branch_id)
        return self._session.execute(query).scalar() or 0

    def has_serial(self, branch_id: str, serial: int) -> bool:
        """Tell whether a branch has given a serial; whoever asks holds the office."""
        query = sa.select(samities.c.id).where(samities.c.branch_id == branch_id, samities.c.serial == serial)
        return self._session.execute(query).first() is not None

    def open(self, opening: SamityOpening, *, serial: int, code: str, fingerprint: str) -> None:
        """Write a new samity.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        row = {
            "id": opening.id,
            "branch_id": opening.branch_id,
            "serial": serial,
            "code": code,
            "name_bn": opening.name_bn,
            "name_en": opening.name_en,
            "kind": opening.kind,
            "village": opening.village,
            "meeting_weekday": opening.meeting_weekday,
            "meeting_time": opening.meeting_time,
            "officer_id": opening.officer_id,
            "opened_on": opening.opened_on,
            "max_members": opening.max_members,
            "last_member_serial": 0,
            "active": True,
            "fingerprint": fingerprint,
            "opened_by": self._work.actor.person_id,
            "opened_at": self._work.now,
            "version": 1,
        }
        add(self._session, sa.insert(samities).values(row), {"samities_pkey": IdConflict()})

    def count_people(self, samity_id: str) -> int:
        """Return how many members and applicants a samity has; whoever asks holds it."""
        query = sa.select(sa.func.count()).where(
            members.c.samity_id == samity_id, members.c.status.in_(("applicant", "active"))
        )
        return self._session.execute(query).scalar_one()

    def next_member_serial(self, samity_id: str) -> int:
        """Give the next serial of a samity's members; one given is never given again."""
        given = (
            sa.update(samities)
            .where(samities.c.id == samity_id)
            .values(last_member_serial=samities.c.last_member_serial + 1)
            .returning(samities.c.last_member_serial)
        )
        serial: int = self._session.execute(given).scalar_one()
        return serial

    def put_in_force(self, samity_id: str, *, officer_id: str, meeting_weekday: int) -> None:
        """Let a samity's row say who keeps it and when it meets from now on."""
        changed = sa.update(samities).where(samities.c.id == samity_id)
        self._session.execute(
            changed.values(
                officer_id=officer_id, meeting_weekday=meeting_weekday, version=samities.c.version + 1
            )
        )


def _shown(scope: Scope) -> sa.Select[Any]:
    placed = PLACED.outerjoin(staff, staff.c.id == samities.c.officer_id)
    return sa.select(*_SHOWN).select_from(placed).where(samity_in(scope))
