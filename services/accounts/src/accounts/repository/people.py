"""What accounts remembers of identity. The newer state wins, in whatever order events come (mechanics T4).

The same version may be written again: that is how a rebuild mends a row.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from accounts.domain.samities import Office, Officer
from accounts.domain.scope import Scope
from accounts.models import logins, offices, staff
from accounts.repository.rows import find_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.errors import NotFound

_OFFICE = (offices.c.id, offices.c.code, offices.c.level, offices.c.path)
_OFFICER = (staff.c.id, staff.c.role, staff.c.office_id, staff.c.active, staff.c.to_on)


class People:
    """Offices, staff and members' logins."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def hold_office(self, scope: Scope, office_id: str) -> Office:
        """Return an office and keep its samities' serials to oneself until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = sa.select(*_OFFICE).where(offices.c.id == office_id, office_in(scope)).with_for_update()
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="branch_id")
        return Office(**row)

    def find_officer(self, staff_id: str) -> Officer | None:
        """Return a staff person's posting; None where nobody is called that."""
        query = sa.select(*_OFFICER).where(staff.c.id == staff_id)
        row = find_one(self._session, query)
        return None if row is None else Officer(**row)

    def works(self, staff_id: str) -> bool:
        """Tell whether somebody is active staff of the institution."""
        query = sa.select(staff.c.id).where(staff.c.id == staff_id, staff.c.active)
        return self._session.execute(query).first() is not None

    def works_in(self, scope: Scope, staff_id: str) -> bool:
        """Tell whether somebody is active staff of an office in scope."""
        query = (
            sa.select(staff.c.id)
            .join(offices, offices.c.id == staff.c.office_id)
            .where(staff.c.id == staff_id, staff.c.active, office_in(scope))
        )
        return self._session.execute(query).first() is not None

    def is_number_of_staff(self, mobile_index: str) -> bool:
        """Tell whether a telephone number is an active staff person's. Rule P1."""
        query = sa.select(staff.c.id).where(staff.c.mobile_index == mobile_index, staff.c.active)
        return self._session.execute(query.limit(1)).first() is not None

    def remember_office(self, state: Mapping[str, Any]) -> None:
        """Remember an office unless a newer state is known."""
        self._remember(offices, state)

    def remember_staff(self, state: Mapping[str, Any]) -> None:
        """Remember a staff person's posting unless a newer state is known."""
        self._remember(staff, state)

    def remember_login(self, state: Mapping[str, Any]) -> None:
        """Remember the state of a member's login unless a newer one is known."""
        self._remember(logins, state)

    def _remember(self, table: sa.Table, state: Mapping[str, Any]) -> None:
        row = {column.name: state[column.name] for column in table.columns}
        addition = insert(table).values(row)
        newer = addition.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={name: addition.excluded[name] for name in row},
            where=table.c.version <= addition.excluded.version,
        )
        self._session.execute(newer)
