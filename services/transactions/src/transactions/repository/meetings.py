"""Meetings that took place: which samities have said something for a day."""

from datetime import date

from sqlalchemy import Select, exists, select

from chassis.work import Work
from transactions.models.collection import sheet_rows, sheets
from transactions.models.days import days
from transactions.models.projections import offices

MOST = 50
"""So many names are enough to see why a holiday comes too late."""


class MeetingStore:
    """Meetings of a day, whoever asks: another service does, before it declares a holiday."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def collected(self, office_id: str, samity_id: str | None, days: tuple[date, date]) -> tuple[str, ...]:
        """Return samities with rows on a sheet between two days, both included, at most `MOST`."""
        said = exists(select(sheet_rows.c.row_id).where(sheet_rows.c.sheet_id == sheets.c.id))
        query = (
            select(sheets.c.samity_id)
            .distinct()
            .where(sheets.c.office_id.in_(_below(office_id)), sheets.c.meeting_on.between(*days), said)
            .order_by(sheets.c.samity_id)
            .limit(MOST)
        )
        if samity_id is not None:
            query = query.where(sheets.c.samity_id == samity_id)
        return tuple(self._session.execute(query).scalars())

    def has_begun(self, office_id: str, on: date) -> bool:
        """Tell whether a branch of an office has opened a day, or one after it."""
        begun = exists(select(days.c.on).where(days.c.office_id.in_(_below(office_id)), days.c.on >= on))
        return bool(self._session.execute(select(begun)).scalar())


def _below(office_id: str) -> Select[tuple[str]]:
    above = select(offices.c.path).where(offices.c.id == office_id).scalar_subquery()
    return select(offices.c.id).where(offices.c.path.startswith(above))
