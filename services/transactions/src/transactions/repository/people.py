"""Offices, staff, samities and members as other services told of them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.people import Member, Office, Person, Samity, Staff
from transactions.models.projections import members, offices, samities, staff
from transactions.repository.scope import Scope


class PeopleStore:
    """The projections: written by events, read within a scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def office(self, office_id: str, scope: Scope) -> Office:
        """Return an office.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        return Office(**self._one(offices, office_id, scope.sees_office(offices.c.id)))

    def offices_of(self, office_ids: Collection[str]) -> tuple[Office, ...]:
        """Return offices whose books the caller reads already, without asking for the scope again."""
        rows = self._session.execute(select(offices).where(offices.c.id.in_(office_ids))).mappings()
        return tuple(Office(**_without_version(row)) for row in rows)

    def offices_but(self, office_id: str, after: str, limit: int) -> tuple[Office, ...]:
        """Return all offices but one, by code, after a code; their names are no secret between offices."""
        query = select(offices).where(offices.c.id != office_id, offices.c.code > after)
        rows = self._session.execute(query.order_by(offices.c.code).limit(limit)).mappings()
        return tuple(Office(**_without_version(row)) for row in rows)

    def samity(self, samity_id: str, scope: Scope) -> Samity:
        """Return a samity with the place of its branch in the tree.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        return Samity(**self._one(samities, samity_id, scope.sees_samity(samities.c.id)))

    def member(self, member_id: str, scope: Scope) -> Member:
        """Return a member.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        visible = scope.sees_member(members.c.id, members.c.samity_id)
        return Member(**self._one(members, member_id, visible))

    def member_of_account(self, member_id: str) -> Member | None:
        """Return a member whose account the caller holds already, without asking for the scope again."""
        row = self._session.execute(select(members).where(members.c.id == member_id)).mappings().first()
        return Member(**_without_version(row)) if row else None

    def members_of(self, member_ids: Collection[str]) -> dict[str, Member]:
        """Return members whose accounts the caller holds already, by id."""
        rows = self._session.execute(select(members).where(members.c.id.in_(member_ids))).mappings()
        return {row["id"]: Member(**_without_version(row)) for row in rows}

    def deaths_of(self, member_ids: Collection[str]) -> dict[str, date]:
        """Return on which day members died, of those who did."""
        query = select(members.c.id, members.c.deceased_on)
        rows = self._session.execute(
            query.where(members.c.id.in_(member_ids), members.c.deceased_on.is_not(None))
        )
        return {row.id: row.deceased_on for row in rows}

    def staff(self, staff_id: str, scope: Scope) -> Staff:
        """Return a staff person.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        return Staff(**self._one(staff, staff_id, scope.sees_office(staff.c.office_id)))

    def names_of(self, person_ids: Collection[str]) -> dict[str, Person]:
        """Return the names of staff, as they stand beside deeds; who is unknown is left out."""
        if not person_ids:
            return {}
        query = select(staff.c.id, staff.c.name_bn, staff.c.name_en).where(staff.c.id.in_(person_ids))
        return {row.id: Person(row.id, row.name_bn, row.name_en) for row in self._session.execute(query)}

    def samities_of_branch(self, branch_id: str) -> tuple[Samity, ...]:
        """Return the active samities of a branch, by code."""
        query = select(samities).where(samities.c.branch_id == branch_id, samities.c.active)
        rows = self._session.execute(query.order_by(samities.c.code)).mappings()
        return tuple(Samity(**_without_version(row)) for row in rows)

    def project(self, table: Table, state: Mapping[str, Any]) -> bool:
        """Keep a state that was told, unless a newer one is known (mechanics T4).

        The same version may be written again: that is how a rebuild mends a row.

        Returns:
            Whether it was kept.
        """
        fresh = insert(table).values({column.name: state[column.name] for column in table.c})
        changed = {column.name: fresh.excluded[column.name] for column in table.c if not column.primary_key}
        statement = fresh.on_conflict_do_update(
            index_elements=[table.c.id], set_=changed, where=table.c.version <= fresh.excluded.version
        ).returning(table.c.id)
        return self._session.execute(statement).first() is not None

    def _one(self, table: Table, row_id: str, visible: ColumnElement[bool]) -> dict[str, Any]:
        query = select(table).where(table.c.id == row_id, visible)
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return _without_version(row)


def _without_version(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if name != "version"}
