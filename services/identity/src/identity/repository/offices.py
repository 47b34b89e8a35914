"""The rows of offices."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from identity.domain.offices import Office
from identity.models import offices
from identity.repository.scope import Scope

PAGE = 100


class OfficeRows:
    """Offices in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, office: Office) -> bool:
        """Insert an office; False where its id or code is taken."""
        values = {column.name: getattr(office, column.name) for column in offices.columns}
        added = insert(offices).values(values).on_conflict_do_nothing().returning(offices.c.id)
        return self._session.execute(added).first() is not None

    def find(self, office_id: str, scope: Scope) -> Office | None:
        """Return an office within the scope, or None."""
        return self._one(sa.select(offices).where(offices.c.id == office_id, scope.covers(offices.c.path)))

    def get(self, office_id: str, scope: Scope) -> Office:
        """Return an office within the scope.

        Raises:
            NotFound: there is none, or not for the caller.
        """
        office = self.find(office_id, scope)
        if office is None:
            raise NotFound(kind="office")
        return office

    def get_each(self, ids: Collection[str]) -> dict[str, Office]:
        """Return offices that are named in other rows, by id."""
        found = self._session.execute(sa.select(offices).where(offices.c.id.in_(ids)))
        return {office.id: office for office in map(_office, found)}

    def find_head(self) -> Office | None:
        """Return the head office, or None where the institution is not founded yet."""
        return self._one(sa.select(offices).where(offices.c.parent_id.is_(None)))

    def list_page(self, scope: Scope, after: str | None) -> tuple[Office, ...]:
        """Return up to a page of offices by path, after a path."""
        query = sa.select(offices).where(scope.covers(offices.c.path)).order_by(offices.c.path).limit(PAGE)
        if after is not None:
            query = query.where(offices.c.path > after)
        return tuple(map(_office, self._session.execute(query)))

    def feed(self, after: str | None, limit: int) -> tuple[Office, ...]:
        """Return a stretch of all offices by id, for other services' projections."""
        query = sa.select(offices).order_by(offices.c.id).limit(limit)
        if after is not None:
            query = query.where(offices.c.id > after)
        return tuple(map(_office, self._session.execute(query)))

    def _one(self, query: sa.Select[Any]) -> Office | None:
        row = self._session.execute(query).first()
        return None if row is None else _office(row)


def _office(row: sa.Row[Any]) -> Office:
    return Office(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
