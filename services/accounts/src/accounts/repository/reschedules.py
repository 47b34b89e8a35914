"""Reschedules of running loans, and what became of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.scope import Scope
from accounts.models import offices, reschedules
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.reschedule_errors import RescheduleRuns
from contracts.accounts.reschedule_words import RescheduleState
from contracts.errors import IdConflict

_HIDDEN = {"branch_id", "paid", "wanted_instalments", "wanted_instalment", "fingerprint", "maker_id"}
_SHOWN = tuple(column for column in reschedules.c if column.name not in {*_HIDDEN, "in_force_on"})


class RescheduleStore:
    """Reschedules of loans that were found in scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_fingerprint(self, reschedule_id: str) -> str | None:
        """Return by what a reschedule is known; None where there is none."""
        query = sa.select(reschedules.c.fingerprint).where(reschedules.c.id == reschedule_id)
        return self._session.execute(query).scalar_one_or_none()

    def count_in_force(self, loan_id: str) -> int:
        """Return how often a loan was rescheduled already."""
        done = (reschedules.c.loan_id == loan_id, reschedules.c.state == RescheduleState.IN_FORCE)
        return int(self._session.execute(sa.select(sa.func.count()).where(*done)).scalar_one())

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a reschedule that waits for a second person.

        Raises:
            IdConflict: another one was written under the id.
            RescheduleRuns: another one of the loan waits, or is under way.
        """
        made = {
            "state": RescheduleState.PROPOSED,
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
        }
        refusals = {"reschedules_pkey": IdConflict(), "reschedules_one_under_way": RescheduleRuns()}
        add(self._session, sa.insert(reschedules).values({**row, **made}), refusals)

    def hold(self, reschedule_id: str) -> Row:
        """Return a reschedule and keep it to oneself until the end of the work."""
        query = sa.select(reschedules).where(reschedules.c.id == reschedule_id)
        return get_one(self._session, query.with_for_update())

    def hold_handed_over(self, loan_id: str, version: int) -> Row | None:
        """Return and hold the reschedule that waits for the books to take a version; None if none does."""
        query = sa.select(reschedules).where(
            reschedules.c.loan_id == loan_id,
            reschedules.c.version == version,
            reschedules.c.state == RescheduleState.HANDED_OVER,
        )
        return find_one(self._session, query.with_for_update())

    def show(self, reschedule_id: str) -> Row:
        """Return what staff see of a reschedule that was found in scope."""
        return get_one(self._session, sa.select(*_SHOWN).where(reschedules.c.id == reschedule_id))

    def change(self, reschedule_id: str, state: RescheduleState, **values: Any) -> None:
        """Write where a reschedule stands now."""
        changed = sa.update(reschedules).where(reschedules.c.id == reschedule_id)
        self._session.execute(changed.values(state=state, **values))

    def list_page(
        self, scope: Scope, office_id: str, days: tuple[date, date], *, after: str | None, limit: int
    ) -> list[Row]:
        """Return the next reschedules proposed between two days under an office, the newest first."""
        above = offices.alias("above")
        query = (
            sa.select(*_SHOWN)
            .join(offices, offices.c.id == reschedules.c.branch_id)
            .join(above, sa.func.starts_with(offices.c.path, above.c.path))
            .where(above.c.id == office_id, office_in(scope), reschedules.c.proposed_on.between(*days))
            .order_by(reschedules.c.proposed_at.desc(), reschedules.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            last = sa.select(reschedules.c.proposed_at, reschedules.c.id).where(reschedules.c.id == after)
            key = sa.tuple_(reschedules.c.proposed_at, reschedules.c.id)
            query = query.where(key < last.scalar_subquery())
        return every(self._session, query)
