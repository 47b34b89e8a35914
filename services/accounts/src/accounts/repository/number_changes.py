"""Changes of members' numbers in the database."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from accounts.domain.number_changes import ChangeState, NumberChange
from accounts.domain.scope import Scope
from accounts.models import members, number_changes, samities
from accounts.repository.rows import Row, every, find_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.errors import NotFound

_NAMES = tuple(field.name for field in fields(NumberChange))
_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    number_changes, number_changes.c.member_id == members.c.id
)
_RUNNING = number_changes.c.state.in_((ChangeState.ASKED, ChangeState.CONFIRMED))


class NumberChangeStore:
    """Changes of a scope's members; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def add(self, change: NumberChange) -> bool:
        """Write a change; False where the id is known, or another one of hers runs."""
        row = {name: getattr(change, name) for name in _NAMES} | {"warnings": list(change.warnings)}
        statement = insert(number_changes).values(row).on_conflict_do_nothing()
        return self._session.execute(statement.returning(number_changes.c.id)).first() is not None

    def find(self, change_id: str) -> NumberChange | None:
        """Return a change, whoever asks: for one that is repeated."""
        row = find_one(self._session, sa.select(number_changes).where(number_changes.c.id == change_id))
        return None if row is None else _change(row)

    def hold(self, scope: Scope, change_id: str) -> NumberChange:
        """Return a change and keep others from it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(number_changes)
            .select_from(_PLACED)
            .where(number_changes.c.id == change_id, samity_in(scope))
            .with_for_update(of=number_changes)
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="id")
        return _change(row)

    def running(self, member_id: str) -> NumberChange | None:
        """Return the change of a member that runs; whoever asks holds her row."""
        query = sa.select(number_changes).where(number_changes.c.member_id == member_id, _RUNNING)
        row = find_one(self._session, query)
        return None if row is None else _change(row)

    def change(self, change_id: str, **values: object) -> None:
        """Write what became of a change that is held."""
        self._session.execute(
            sa.update(number_changes).where(number_changes.c.id == change_id).values(values)
        )

    def take_try(self, change_id: str, now: datetime) -> bool:
        """Count a try before the code is looked at; False where none is left, or the code is too old."""
        tried = (
            sa.update(number_changes)
            .where(
                number_changes.c.id == change_id,
                number_changes.c.state == ChangeState.ASKED,
                number_changes.c.tries_left > 0,
                number_changes.c.code_ends_at > now,
            )
            .values(tries_left=number_changes.c.tries_left - 1)
        )
        return self._session.execute(tried.returning(number_changes.c.id)).first() is not None

    def list_of(self, scope: Scope, member_id: str) -> list[NumberChange]:
        """Return all changes of a member of the scope, the newest first."""
        query = (
            sa.select(number_changes)
            .select_from(_PLACED)
            .where(number_changes.c.member_id == member_id, samity_in(scope))
            .order_by(number_changes.c.proposed_at.desc(), number_changes.c.id.desc())
        )
        return [_change(row) for row in every(self._session, query)]


def _change(row: Row) -> NumberChange:
    plain: dict[str, Any] = {name: row[name] for name in _NAMES}
    return NumberChange(**plain | {"state": ChangeState(row["state"]), "warnings": tuple(row["warnings"])})
