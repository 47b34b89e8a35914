"""The rows of acting assignments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from identity.domain.acting import Acting
from identity.models import acting_assignments, offices, staff
from identity.repository.scope import Scope

_NAMES = tuple(Acting.__dataclass_fields__)
_COLUMNS = tuple(acting_assignments.c[name] for name in _NAMES)
_away = staff.alias("away")


@dataclass(frozen=True, slots=True)
class ActingShown:
    """An assignment with the names that people read."""

    acting: Acting
    names: dict[str, str]


class ActingRows:
    """Acting assignments in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, acting: Acting) -> bool:
        """Insert a proposal; False where the id is known."""
        values = {name: getattr(acting, name) for name in _NAMES}
        added = insert(acting_assignments).values(values).on_conflict_do_nothing()
        return self._session.execute(added.returning(acting_assignments.c.id)).first() is not None

    def find(self, acting_id: str) -> Acting | None:
        """Return an assignment whatever its scope, to compare a proposal with; or None."""
        query = sa.select(*_COLUMNS).where(acting_assignments.c.id == acting_id)
        row = self._session.execute(query).first()
        return None if row is None else _acting(row)

    def lock(self, acting_id: str, scope: Scope) -> Acting:
        """Return an assignment at an office of the scope, locked.

        Raises:
            NotFound: there is none, or not for the caller.
        """
        query = (
            sa.select(*_COLUMNS)
            .join(offices, offices.c.id == acting_assignments.c.office_id)
            .where(acting_assignments.c.id == acting_id, scope.covers(offices.c.path))
            .with_for_update(of=acting_assignments)
        )
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound(kind="acting")
        return _acting(row)

    def overlaps(self, acting: Acting) -> bool:
        """Tell whether the person acts, or somebody acts for the one who is away, on any of its days."""
        table = acting_assignments.c
        query = sa.select(table.id).where(
            table.id != acting.id,
            table.state == "agreed",
            table.from_on <= acting.to_on,
            table.to_on >= acting.from_on,
            sa.or_(table.staff_id == acting.staff_id, table.away_id == acting.away_id),
        )
        return self._session.execute(query.limit(1)).first() is not None

    def held_by(self, staff_id: str, today: date) -> tuple[Acting, ...]:
        """Return in which posts a person acts today."""
        table = acting_assignments.c
        query = sa.select(*_COLUMNS).where(
            table.staff_id == staff_id,
            table.state == "agreed",
            table.from_on <= today,
            table.to_on >= today,
        )
        return tuple(map(_acting, self._session.execute(query.order_by(table.id))))

    def change(self, acting: Acting, *, by: str, reason: str | None) -> None:
        """Write what became of a locked assignment."""
        values = {"state": acting.state, "ended_at": acting.ended_at}
        if acting.state == "ended":
            values |= {"ended_by": by, "end_reason": reason}
        changed = sa.update(acting_assignments).where(acting_assignments.c.id == acting.id)
        self._session.execute(changed.values(values))

    def show(self, acting_id: str) -> ActingShown:
        """Return an assignment that is there, with its names."""
        return _shown(self._session.execute(_named().where(acting_assignments.c.id == acting_id)).one())

    def list_page(self, scope: Scope, *, after: str | None, limit: int) -> tuple[ActingShown, ...]:
        """Return a page of the scope's assignments, the newest first."""
        order = (acting_assignments.c.proposed_at, acting_assignments.c.id)
        query = _named().where(scope.covers(offices.c.path)).order_by(*(one.desc() for one in order))
        if after is not None:
            last = sa.select(*order).where(acting_assignments.c.id == after).scalar_subquery()
            query = query.where(sa.tuple_(*order) < last)
        return tuple(map(_shown, self._session.execute(query.limit(limit))))


def _named() -> sa.Select[Any]:
    return (
        sa.select(
            *_COLUMNS,
            staff.c.name_bn,
            staff.c.name_en,
            offices.c.name_bn.label("office_name_bn"),
            offices.c.name_en.label("office_name_en"),
            _away.c.name_bn.label("away_name_bn"),
            _away.c.name_en.label("away_name_en"),
        )
        .join(staff, staff.c.id == acting_assignments.c.staff_id)
        .join(_away, _away.c.id == acting_assignments.c.away_id)
        .join(offices, offices.c.id == acting_assignments.c.office_id)
    )


def _acting(row: sa.Row[Any]) -> Acting:
    return Acting(**{name: getattr(row, name) for name in _NAMES})


def _shown(row: sa.Row[Any]) -> ActingShown:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    acting = Acting(**{name: values.pop(name) for name in _NAMES})
    return ActingShown(acting, values)
