"""Counts that nobody was told of, and who saw them (rule P12)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, true, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.surprise_counts import SurpriseCount
from transactions.models.surprise_counts import surprise_counts, surprise_sightings
from transactions.repository.scope import Scope

_SIGHTING = ("seen_by", "seen_at", "reply")
_OWN = tuple(one.name for one in fields(SurpriseCount) if one.name not in _SIGHTING)


class SurpriseCountStore:
    """What was found by surprise."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def record(self, count: SurpriseCount) -> bool:
        """Write a count; tells whether its id was new."""
        row = {name: getattr(count, name) for name in _OWN}
        statement = insert(surprise_counts).values(**row).on_conflict_do_nothing()
        return self._session.execute(statement.returning(surprise_counts.c.id)).first() is not None

    def get(self, count_id: str, scope: Scope) -> SurpriseCount:
        """Return a count with who saw it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = _counts().where(surprise_counts.c.id == count_id, _visible(scope))
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return _count(row)

    def of_office(
        self, office_id: str, scope: Scope, after: SurpriseCount | None, limit: int
    ) -> tuple[SurpriseCount, ...]:
        """Return an office's counts, the newest first."""
        query = _counts().where(surprise_counts.c.office_id == office_id, _visible(scope))
        if after is not None:
            place = tuple_(literal(after.counted_at), literal(after.id, surprise_counts.c.id.type))
            query = query.where(tuple_(surprise_counts.c.counted_at, surprise_counts.c.id) < place)
        newest = query.order_by(surprise_counts.c.counted_at.desc(), surprise_counts.c.id.desc())
        return tuple(_count(row) for row in self._session.execute(newest.limit(limit)).mappings())

    def see(self, count_id: str, seen_by: str, reply: str | None) -> bool:
        """Write who saw the same notes; tells whether nobody was before."""
        row = {"count_id": count_id, "seen_by": seen_by, "seen_at": self._now, "reply": reply}
        statement = insert(surprise_sightings).values(**row).on_conflict_do_nothing()
        return self._session.execute(statement.returning(surprise_sightings.c.count_id)).first() is not None


def _visible(scope: Scope) -> ColumnElement[bool]:
    own = surprise_counts.c.officer_id == scope.officer_id if scope.officer_id else true()
    return and_(scope.sees_office(surprise_counts.c.office_id), own)


def _counts() -> Select[Any]:
    seen = (surprise_sightings.c[name] for name in _SIGHTING)
    return select(surprise_counts, *seen).outerjoin(
        surprise_sightings, surprise_sightings.c.count_id == surprise_counts.c.id
    )


def _count(row: Mapping[Any, Any]) -> SurpriseCount:
    return SurpriseCount(**{str(name): value for name, value in row.items()})
