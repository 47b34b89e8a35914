"""The rows of limits by amount: dated data, to which is only ever added."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.money import Paisa
from identity.domain.limits import Limit
from identity.models import limits


class LimitRows:
    """Limits in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_role(self, role: str, on: date) -> dict[str, Paisa]:
        """Return up to which amount a role may allow what, in paisa by permission, on a day."""
        query = (
            sa.select(limits.c.permission, limits.c.amount)
            .where(limits.c.role == role, limits.c.effective_on <= on)
            .order_by(limits.c.effective_on)
        )
        return {row.permission: Paisa(row.amount) for row in self._session.execute(query)}

    def all(self) -> tuple[Limit, ...]:
        """Return every limit, by role, permission and day."""
        query = sa.select(limits.c.role, limits.c.permission, limits.c.amount, limits.c.effective_on)
        rows = self._session.execute(
            query.order_by(limits.c.role, limits.c.permission, limits.c.effective_on)
        )
        return tuple(Limit(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name

    def has(self, limit: Limit) -> bool:
        """Tell whether the role has a limit of the permission from exactly that day on."""
        query = sa.select(limits.c.amount).where(
            limits.c.role == limit.role,
            limits.c.permission == limit.permission,
            limits.c.effective_on == limit.effective_on,
        )
        return self._session.execute(query).first() is not None

    def add(self, limit: Limit, approval_id: str) -> bool:
        """Write a limit that two people agreed on; False where one from that day on is there."""
        row = {
            "role": limit.role,
            "permission": limit.permission,
            "effective_on": limit.effective_on,
            "amount": limit.amount,
            "approval_id": approval_id,
        }
        added = insert(limits).values(row).on_conflict_do_nothing().returning(limits.c.role)
        return self._session.execute(added).first() is not None
