"""Reports: the rows of each, in a scope, and the runs that make long ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from chassis.work import Work
from transactions.domain.reports.lines import Place, Row
from transactions.models.projections import offices
from transactions.repository.reports import (
    books,
    collection,
    complaints,
    control,
    endings,
    forms,
    lending,
    members,
    oversight,
    passbook_checks,
    ratios,
    registers,
    savings,
    targets,
)
from transactions.repository.reports.asked import Asked, AskingStore
from transactions.repository.reports.exports import ExportStore
from transactions.repository.reports.runs import ReportRunStore
from transactions.repository.reports.sources import Source, Summary

SOURCES: Mapping[str, Source] = {
    **collection.SOURCES,
    **lending.SOURCES,
    **endings.SOURCES,
    **savings.SOURCES,
    **members.SOURCES,
    **registers.SOURCES,
    **ratios.SOURCES,
    **books.SOURCES,
    **control.SOURCES,
    **targets.SOURCES,
    **passbook_checks.SOURCES,
    **oversight.SOURCES,
    **complaints.SOURCES,
    **forms.SOURCES,
}
"""Who answers for the rows of each report, by its code."""


class ReportStore:
    """Rows of reports."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self.asking = AskingStore(work)
        self.runs = ReportRunStore(work)
        self.exports = ExportStore(work)

    def page(self, asked: Asked, after: Sequence[str] | None, limit: int) -> Sequence[Row]:
        """Return the next rows after a place."""
        return SOURCES[asked.definition.code].page(self._session, asked.values, after, limit)

    def groups(self, asked: Asked, rows: Sequence[Row]) -> Mapping[Place, Row]:
        """Return the sums of the whole groups to which some rows belong."""
        return SOURCES[asked.definition.code].groups(self._session, asked.values, rows)

    def summary(self, asked: Asked) -> Summary:
        """Return how many rows there are, and their sums."""
        return SOURCES[asked.definition.code].summary(self._session, asked.values)

    def parts(self, asked: Asked) -> tuple[str, ...]:
        """Return the places that are read one after the other: each branch by code, or the office as one."""
        if not asked.definition.by_branch:
            return (asked.office.path,)
        query = select(offices.c.path).where(
            offices.c.level == "branch", offices.c.path.startswith(asked.office.path, autoescape=True)
        )
        found: Any = self._session.execute(query.order_by(offices.c.code, offices.c.id)).scalars()
        return tuple(found) or (asked.office.path,)
