"""What branches and officers are to reach in a month; it is only ever added."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.targets import Targets
from transactions.models.targets import targets


class TargetStore:
    """Targets as they were set."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def fingerprint_of(self, targets_id: str) -> str | None:
        """Return by which a request is known that was done; None where the id is new."""
        query = select(targets.c.fingerprint).where(targets.c.id == targets_id)
        return self._session.execute(query).scalar()

    def add(self, wanted: Targets) -> bool:
        """Write targets; False where the id is known already."""
        row = {**asdict(wanted), "fingerprint": wanted.fingerprint, "set_at": self._now}
        added = insert(targets).values(**row).on_conflict_do_nothing().returning(targets.c.id)
        return self._session.execute(added).first() is not None

    def get(self, targets_id: str) -> Mapping[Any, Any]:
        """Return what was set under an id that the caller has set."""
        query = select(targets).where(targets.c.id == targets_id)
        return self._session.execute(query).mappings().one()

    def all_of(self, office_id: str, month: date) -> list[Mapping[Any, Any]]:
        """Return all that was set for a branch and its officers for a month, the newest first."""
        query = select(targets).where(targets.c.office_id == office_id, targets.c.month == month)
        return list(self._session.execute(query.order_by(targets.c.number.desc())).mappings())
