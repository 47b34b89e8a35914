"""Days that closed past a sheet, within a scope (rule M3)."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.deferrals import Deferral
from transactions.domain.sheets import FINAL
from transactions.models.collection import sheets
from transactions.models.deferrals import deferrals
from transactions.models.projections import offices, samities, staff
from transactions.repository.scope import Scope
from transactions.repository.sheets import money_of, sees_sheet


class DeferralStore:
    """What was said when a day closed past a sheet."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def fingerprint_of(self, deferral_id: str) -> str | None:
        """Return by what a deferral's request is known; None where the id is new."""
        query = select(deferrals.c.fingerprint).where(deferrals.c.id == deferral_id)
        return self._session.execute(query).scalar()

    def days_of(self, sheet_id: str) -> frozenset[date]:
        """Return the days for which a sheet was deferred."""
        query = select(deferrals.c.on).where(deferrals.c.sheet_id == sheet_id)
        return frozenset(self._session.execute(query).scalars())

    def add(self, deferral: Deferral) -> bool:
        """Keep a deferral; False where its id, or its sheet and day, are known."""
        fresh = insert(deferrals).values(**asdict(deferral), deferred_at=self._now)
        kept = fresh.on_conflict_do_nothing().returning(deferrals.c.id)
        return self._session.execute(kept).first() is not None

    def cash_overnight(self, office_id: str, on: date) -> dict[str, int]:
        """Return what each officer declares to hold past a day, in paisa."""
        query = (
            select(deferrals.c.officer_id, money_of(deferrals.c.cash_overnight))
            .where(deferrals.c.office_id == office_id, deferrals.c.on == on)
            .group_by(deferrals.c.officer_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def find(self, deferral_id: str, scope: Scope) -> dict[str, Any]:
        """Return one deferral as lists show it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = _items(scope).where(deferrals.c.id == deferral_id)
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return dict(row)

    def listed(
        self,
        scope: Scope,
        *,
        path: str | None,
        settled: bool,
        before: tuple[date, str] | None,
        limit: int,
    ) -> list[dict[str, Any]]:
        """Return deferrals, the newest first: those whose sheet is in the book by now, or the others.

        Args:
            scope: Of whom.
            path: Only of offices below it; None leaves it open.
            settled: Which of the two.
            before: The day and id of the last one seen.
            limit: How many at most.
        """
        in_book = sheets.c.status.in_(_FINAL)
        query = _items(scope).where(in_book if settled else ~in_book)
        if path is not None:
            query = query.where(offices.c.path.startswith(path, autoescape=True))
        if before is not None:
            query = query.where(tuple_(deferrals.c.on, deferrals.c.id) < tuple_(*before))
        ordered = query.order_by(deferrals.c.on.desc(), deferrals.c.id.desc()).limit(limit)
        return [dict(row) for row in self._session.execute(ordered).mappings()]


_FINAL = [status.value for status in FINAL]


def _items(scope: Scope) -> Select[Any]:
    names = ("id", "sheet_id", "office_id", "on", "number", "reason", "officer_id", "cash_overnight")
    return (
        select(
            *(deferrals.c[name] for name in (*names, "pending", "deferred_by", "deferred_at")),
            sheets.c.meeting_on,
            sheets.c.status.label("sheet_status"),
            sheets.c.status.in_(_FINAL).label("settled"),
            samities.c.code.label("samity_code"),
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
        )
        .join(sheets, sheets.c.id == deferrals.c.sheet_id)
        .join(samities, samities.c.id == sheets.c.samity_id)
        .join(offices, offices.c.id == deferrals.c.office_id)
        .join(staff, staff.c.id == deferrals.c.officer_id, isouter=True)
        .where(sees_sheet(scope))
    )
