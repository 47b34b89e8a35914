"""Who kept a samity, and when it met, from which day on: rows that are only ever added."""

from typing import Generic, TypeVar

import sqlalchemy as sa

from accounts.domain.tenures import Tenure
from chassis.work import Work

Held = TypeVar("Held")


class TenureStore(Generic[Held]):
    """The tenures of one sort."""

    def __init__(self, work: Work, table: sa.Table, held: sa.Column[Held]) -> None:
        self._work = work
        self._table = table
        self._held = held

    def list_of(self, samity_id: str) -> tuple[Tenure[Held], ...]:
        """Return what was in force for a samity from which day on."""
        query = sa.select(self._table.c.from_on, self._held).where(self._table.c.samity_id == samity_id)
        return tuple(Tenure(from_on, held) for from_on, held in self._work.session.execute(query))

    def find(self, tenure_id: str) -> tuple[str, Tenure[Held]] | None:
        """Return the samity and the tenure that an id stands for; None where nobody used it."""
        query = sa.select(self._table.c.samity_id, self._table.c.from_on, self._held)
        row = self._work.session.execute(query.where(self._table.c.id == tenure_id)).one_or_none()
        return None if row is None else (row[0], Tenure(row[1], row[2]))

    def add(self, tenure_id: str, samity_id: str, tenure: Tenure[Held]) -> None:
        """Write what is in force for a samity from a day on."""
        row = {
            "id": tenure_id,
            "samity_id": samity_id,
            "from_on": tenure.from_on,
            self._held.name: tenure.held,
            "decided_by": self._work.actor.person_id,
            "decided_at": self._work.now,
        }
        self._work.session.execute(sa.insert(self._table).values(row))
