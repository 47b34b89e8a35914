"""Dated settings of offices: the nearest office above that has one decides, by its newest (rules M7, M9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.office_settings import OfficeSetting
from transactions.models.projections import offices

Value = TypeVar("Value")


class OfficeSettings(Generic[Value]):
    """The settings of one kind; they are only ever added."""

    def __init__(self, work: Work, table: Table, value: str) -> None:
        """Serve a table of settings.

        Args:
            work: One open database transaction.
            table: With `office_id`, `effective_on`, `reason`, `proposed_by`, `approved_by`, `recorded_at`.
            value: The column that says what is set.
        """
        self._session = work.session
        self._now = work.now
        self._table = table
        self._value = value

    def of(self, office_id: str, on: date) -> Value | None:
        """Return what holds for an office on a day; None where nobody set anything."""
        settings, branch, above = self._table.c, offices.alias("branch"), offices.alias("above")
        query = (
            select(settings[self._value])
            .join(above, above.c.id == settings.office_id)
            .join(branch, func.starts_with(branch.c.path, above.c.path))
            .where(branch.c.id == office_id, settings.effective_on <= on)
            .order_by(func.length(above.c.path).desc(), settings.effective_on.desc())
            .limit(1)
        )
        found: Value | None = self._session.execute(query).scalar()
        return found

    def add(self, setting: OfficeSetting, value: Value, approved_by: str) -> bool:
        """Put a setting in force; False where another one begins on the same day."""
        row = {
            "id": setting.id,
            "office_id": setting.office_id,
            "effective_on": setting.effective_on,
            self._value: value,
            "reason": setting.reason,
            "proposed_by": setting.maker_id,
            "approved_by": approved_by,
            "recorded_at": self._now,
        }
        added = insert(self._table).values(**row).on_conflict_do_nothing().returning(self._table.c.id)
        return self._session.execute(added).first() is not None

    def all_of(self, office_id: str) -> list[Mapping[Any, Any]]:
        """Return the settings of one office, the newest first."""
        query = select(self._table).where(self._table.c.office_id == office_id)
        ordered = query.order_by(self._table.c.effective_on.desc())
        return list(self._session.execute(ordered).mappings())
