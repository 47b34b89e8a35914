"""The rows of tries at sign-in doors."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from identity.domain.delays import Tries
from identity.models import tries


class TryRows:
    """Tries in one transaction; a door is a keyed hash."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, door: str, *, now: datetime) -> Tries:
        """Return the tries at a door, locked, so that of many at once each is counted."""
        made = insert(tries).values(door=door, count=0, last_at=now).on_conflict_do_nothing()
        self._session.execute(made)
        query = sa.select(tries.c.count, tries.c.last_at).where(tries.c.door == door).with_for_update()
        return Tries(*self._session.execute(query).one())

    def write(self, door: str, count: Tries) -> None:
        """Write the tries at a door that was locked."""
        changed = sa.update(tries).where(tries.c.door == door)
        self._session.execute(changed.values(count=count.count, last_at=count.last_at))

    def forget(self, *, before: datetime, limit: int) -> int:
        """Delete what was last tried before an instant; return how many doors."""
        old = sa.select(tries.c.door).where(tries.c.last_at < before).limit(limit)
        gone = sa.delete(tries).where(tries.c.door.in_(old)).returning(tries.c.door)
        return len(self._session.execute(gone).all())
