"""The rows of limits by amount: dated data, to which is only ever added."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.models import limits


class LimitRows:
    """Limits in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_role(self, role: str, on: date) -> dict[str, int]:
        """Return up to which amount a role may allow what, in paisa by permission, on a day."""
        query = (
            sa.select(limits.c.permission, limits.c.amount)
            .where(limits.c.role == role, limits.c.effective_on <= on)
            .order_by(limits.c.effective_on)
        )
        return {row.permission: row.amount for row in self._session.execute(query)}
