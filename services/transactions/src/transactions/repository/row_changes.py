"""What was taken back after the server had seen it: kept once, counted by officer (rule M6)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, insert, select
from sqlalchemy import func as sql

from chassis.work import Work
from contracts.transactions.collection_words import ChangeKind
from transactions.domain.rows import Judged
from transactions.domain.sheets import Sheet
from transactions.models.collection import row_changes
from transactions.models.projections import members, staff

Period = tuple[date, date]
"""The first and the last meeting day, both included."""


class ChangeStore:
    """Changes of rows."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._session = work.session

    def keep(self, sheet: Sheet, judged: Iterable[Judged], officer_id: str) -> None:
        """Keep what some rows took back, for her passbook and for the report by officer."""
        values = [
            {
                "id": self._work.new_id(),
                "row_id": change.before.row_id,
                "version": change.after.version,
                "sheet_id": sheet.id,
                "office_id": sheet.office_id,
                "officer_id": officer_id,
                "member_id": change.before.member_id,
                "account_id": change.before.account_id,
                "kind": change.kind,
                "row_kind": change.before.kind,
                "before": change.before.amount,
                "after": change.after.amount,
                "reason": change.after.change_reason,
                "receipt_number": change.before.receipt_number,
                "meeting_on": sheet.meeting_on,
                "recorded_at": change.before.recorded_at,
                "changed_at": self._work.now,
            }
            for change in (one.change for one in judged)
            if change is not None
        ]
        if values:
            self._session.execute(insert(row_changes), values)

    def listed(self, office_id: str, period: Period, after: str | None, limit: int) -> list[dict[str, Any]]:
        """Return the changes of an office as the report shows them, the oldest first."""
        query = (
            select(
                *(row_changes.c[name] for name in ("id", "row_id", "sheet_id", "member_id", "officer_id")),
                *(row_changes.c[name] for name in ("kind", "before", "after", "reason", "meeting_on")),
                row_changes.c.changed_at,
                members.c.code.label("member_code"),
                members.c.name_bn,
                members.c.name_en,
                staff.c.name_bn.label("officer_name_bn"),
                staff.c.name_en.label("officer_name_en"),
            )
            .join(members, members.c.id == row_changes.c.member_id, isouter=True)
            .join(staff, staff.c.id == row_changes.c.officer_id, isouter=True)
            .where(_in(office_id, period))
            .order_by(row_changes.c.id)
            .limit(limit)
        )
        if after is not None:
            query = query.where(row_changes.c.id > after)
        return [dict(row) for row in self._session.execute(query).mappings()]

    def sums_by_officer(self, office_id: str, period: Period) -> list[dict[str, Any]]:
        """Return how often and by how much, in paisa, each officer's rows went down; the most first."""
        # What left an account for another one left it whole.
        kept = sql.coalesce(row_changes.c.after, 0)
        lost = row_changes.c.before - sql.least(kept, row_changes.c.before)
        gone = sql.sum(_if_moved(row_changes.c.before, lost))
        query = (
            select(
                row_changes.c.officer_id,
                staff.c.name_bn.label("officer_name_bn"),
                staff.c.name_en.label("officer_name_en"),
                sql.count().label("count"),
                gone.cast(row_changes.c.before.type).label("value"),
            )
            .join(staff, staff.c.id == row_changes.c.officer_id, isouter=True)
            .where(_in(office_id, period))
            .group_by(row_changes.c.officer_id, staff.c.id)
            .order_by(gone.desc(), row_changes.c.officer_id)
        )
        return [dict(row) for row in self._session.execute(query).mappings()]


def _in(office_id: str, period: Period) -> ColumnElement[bool]:
    return and_(row_changes.c.office_id == office_id, row_changes.c.meeting_on.between(*period))


def _if_moved(whole: ColumnElement[int], lost: ColumnElement[int]) -> ColumnElement[int]:
    return case((row_changes.c.kind == ChangeKind.ACCOUNT_CHANGED, whole), else_=lost)
