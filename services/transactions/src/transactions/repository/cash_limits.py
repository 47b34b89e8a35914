"""Limits of vaults: the nearest office above that has one sets it (rule M7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from transactions.domain.cash_limits import CashLimit
from transactions.models.cash_limits import cash_limits
from transactions.models.projections import offices


class CashLimitStore:
    """How much cash vaults should hold."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def of(self, office_id: str, on: date) -> Paisa | None:
        """Return the limit of an office on a day, in paisa; None where nobody set one."""
        branch, above = offices.alias("branch"), offices.alias("above")
        query = (
            select(cash_limits.c.amount)
            .join(above, above.c.id == cash_limits.c.office_id)
            .join(branch, func.starts_with(branch.c.path, above.c.path))
            .where(branch.c.id == office_id, cash_limits.c.effective_on <= on)
            .order_by(func.length(above.c.path).desc(), cash_limits.c.effective_on.desc())
            .limit(1)
        )
        return self._session.execute(query).scalar()

    def add(self, limit: CashLimit, approved_by: str) -> bool:
        """Put a limit in force; False where another one begins on the same day."""
        row = insert(cash_limits).values(
            id=limit.id,
            office_id=limit.office_id,
            effective_on=limit.effective_on,
            amount=limit.amount,
            reason=limit.reason,
            proposed_by=limit.maker_id,
            approved_by=approved_by,
            recorded_at=self._now,
        )
        added = row.on_conflict_do_nothing().returning(cash_limits.c.id)
        return self._session.execute(added).first() is not None

    def all_of(self, office_id: str) -> list[Mapping[Any, Any]]:
        """Return the limits of one office, the newest first."""
        query = select(cash_limits).where(cash_limits.c.office_id == office_id)
        ordered = query.order_by(cash_limits.c.effective_on.desc())
        return list(self._session.execute(ordered).mappings())
