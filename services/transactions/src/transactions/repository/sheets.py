"""Collection sheets: locked in the order of their ids, seen by whom they concern."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    delete,
    exists,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.collection_words import PaidBy, RowKind, SheetKind, SheetStatus
from contracts.transactions.float_words import FloatState
from transactions.domain.sheets import Holder, Sheet
from transactions.models.collection import comparisons, sheet_rows, sheets, submissions
from transactions.models.days import days
from transactions.models.deferrals import deferrals
from transactions.models.floats import floats
from transactions.models.projections import members, samities, staff
from transactions.repository.scope import Scope

_COLUMNS = tuple(column for column in sheets.c if column.name not in {"checked_at", "issued_at"})
collector = sql.coalesce(sheets.c.collected_by, sheets.c.substitute_id, samities.c.officer_id)
"""Whose sheet it is: who has the money, else who stands in, else the samity's officer."""


_pays = sheet_rows.c.kind == RowKind.WITHDRAWAL
received = case((~_pays, sheet_rows.c.amount))
"""What members gave, of a row."""
paid_out = case((_pays, sheet_rows.c.amount))
"""What members were paid, of a row (rule M9)."""
signed = case((_pays, -sheet_rows.c.amount), else_=sheet_rows.c.amount)
"""What was received less what was paid, of a row."""
in_cash = sheet_rows.c.paid_by != PaidBy.MOBILE_MONEY
"""The condition that a row's money goes through the officer's hands."""

SCOPES = 1_000
"""For how many callers' scopes the questions are kept: building one takes as long as asking it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFilter:
    """Which sheets a list shows; None leaves a thing open. `before` is (meeting day, id) of the last seen."""

    on: date | None = None
    officer_id: str | None = None
    office_id: str | None = None
    status: str | None = None
    before: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSubmission:
    """A submission that was answered before."""

    sheet_id: str
    person_id: str
    fingerprint: str
    answer: dict[str, Any]


@lru_cache(SCOPES)
def sees_sheet(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a sheet is in scope; a field officer sees what is or was his to collect."""
    if scope.officer_id is None:
        return scope.sees_office(sheets.c.office_id)
    his = or_(
        scope.sees_samity(sheets.c.samity_id),
        sheets.c.substitute_id == scope.officer_id,
        sheets.c.collected_by == scope.officer_id,
    )
    return and_(scope.sees_office(sheets.c.office_id), his)


def money_of(amounts: ColumnElement[int]) -> ColumnElement[int]:
    """Return the sum of amounts in paisa, a whole number; nothing where there are none."""
    return cast(sql.coalesce(sql.sum(amounts), 0), BigInteger)


def float_of_sheet() -> ScalarSelect[int]:
    """Return the cash that the officer took along for a sheet's withdrawals (rule M9)."""
    taken = select(money_of(floats.c.amount)).where(
        floats.c.sheet_id == sheets.c.id, floats.c.state.in_([FloatState.ACCEPTED, FloatState.SETTLED])
    )
    return taken.scalar_subquery()


class SheetStore:
    """Sheets and their submissions."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._session = work.session

    def lock(self, sheet_id: str, scope: Scope) -> Sheet:
        """Return one sheet, locked until the end of the transaction.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        return self.lock_all([sheet_id], scope)[0]

    def lock_all(self, sheet_ids: Collection[str], scope: Scope) -> tuple[Sheet, ...]:
        """Return sheets locked in the order of their ids (mechanics D4).

        Raises:
            NotFound: one of them is not there, or not for this caller.
        """
        query = select(*_COLUMNS).where(sheets.c.id.in_(sheet_ids), sees_sheet(scope))
        found = self._session.execute(query.order_by(sheets.c.id).with_for_update(of=sheets)).all()
        if len(found) != len(sheet_ids):
            raise NotFound
        return tuple(_sheet(row) for row in found)

    def lock_handed_over(self, handover_id: str) -> tuple[Sheet, ...]:
        """Return the sheets of a hand-over that the caller has locked, locked in the order of their ids."""
        query = select(*_COLUMNS).where(sheets.c.handover_id == handover_id).order_by(sheets.c.id)
        return tuple(_sheet(row) for row in self._session.execute(query.with_for_update(of=sheets)))

    def find(self, sheet_id: str, scope: Scope) -> Sheet:
        """Return one sheet as it is, without a lock.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = select(*_COLUMNS).where(sheets.c.id == sheet_id, sees_sheet(scope))
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound
        return _sheet(row)

    def save(self, sheet: Sheet) -> None:
        """Keep what became of a locked sheet."""
        values = _values(sheet)
        self._session.execute(update(sheets).where(sheets.c.id == sheet.id).values(**values))

    def mark_checked(self, sheet: Sheet) -> None:
        """Keep the manager's mark with its instant (rule M8)."""
        marked = {"checked_by": sheet.checked_by, "checked_at": self._work.now}
        self._session.execute(update(sheets).where(sheets.c.id == sheet.id).values(**marked))

    def hand_over(self, sheet_ids: Iterable[str], handover_id: str) -> None:
        """Put sheets into a hand-over."""
        values = {"handover_id": handover_id, "status": SheetStatus.HANDED_OVER}
        self._session.execute(update(sheets).where(sheets.c.id.in_(sheet_ids)).values(**values))

    def authorise(self, handover_id: str, *, counted_by: str, authorised_by: str) -> None:
        """Mark every sheet of a hand-over as posted."""
        values = {
            "status": SheetStatus.AUTHORISED,
            "counted_by": counted_by,
            "authorised_by": authorised_by,
        }
        self._session.execute(update(sheets).where(sheets.c.handover_id == handover_id).values(**values))

    def issue(self, issued: Iterable[Sheet]) -> int:
        """Make sheets that are not there yet; tells how many were new (rule M4)."""
        rows = [
            {"id": sheet.id, "samity_id": sheet.samity_id, "office_id": sheet.office_id}
            | {"kind": sheet.kind, "meeting_on": sheet.meeting_on, "status": sheet.status}
            | {"issued_at": self._work.now}
            for sheet in issued
        ]
        if not rows:
            return 0
        statement = insert_or_skip(sheets).values(rows).on_conflict_do_nothing().returning(sheets.c.id)
        return len(self._session.execute(statement).all())

    def withdraw(self, office_id: str, days: tuple[date, date], due: Collection[str]) -> None:
        """Take back regular sheets that nobody touched and that are no longer due, as after a holiday."""
        self._session.execute(delete(sheets).where(_untouched_but_not_due(office_id, days, due)))

    def agree(self, office_id: str, days: tuple[date, date], due: Collection[str]) -> bool:
        """Tell whether an office's sheets are those that are due: nothing to make, nothing to withdraw."""
        there = select(sql.count()).where(sheets.c.id.in_(due)).scalar_subquery()
        too_many = exists(select(sheets.c.id).where(_untouched_but_not_due(office_id, days, due)))
        return self._session.execute(select(and_(there == len(due), ~too_many))).scalar_one()

    def find_submission(self, submission_id: str) -> StoredSubmission | None:
        """Return a submission that was answered before."""
        query = select(
            submissions.c.sheet_id,
            submissions.c.person_id,
            submissions.c.fingerprint,
            submissions.c.answer,
        ).where(submissions.c.id == submission_id)
        row = self._session.execute(query).mappings().first()
        return StoredSubmission(**row) if row else None

    def keep_submission(self, submission_id: str, values: dict[str, Any]) -> bool:
        """Keep a submission with its answer; False where its id was taken meanwhile."""
        statement = insert_or_skip(submissions).values(id=submission_id, received_at=self._work.now, **values)
        kept = statement.on_conflict_do_nothing().returning(submissions.c.id)
        return self._session.execute(kept).first() is not None

    def listed(self, wanted: SheetFilter, scope: Scope, limit: int) -> list[dict[str, Any]]:
        """Return sheets as lists show them, the latest meeting first."""
        query = _item_query(scope).order_by(sheets.c.meeting_on.desc(), sheets.c.id.desc()).limit(limit)
        return [dict(row) for row in self._session.execute(_narrowed(query, wanted)).mappings()]

    def item(self, sheet_id: str, scope: Scope) -> dict[str, Any]:
        """Return one sheet as lists show it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        row = self._session.execute(_item_query(scope).where(sheets.c.id == sheet_id)).mappings().first()
        if row is None:
            raise NotFound
        return dict(row)

    def offices_with_a_day(self) -> tuple[str, ...]:
        """Return every office that has an open day."""
        query = select(days.c.office_id).where(days.c.status == "open").order_by(days.c.office_id)
        return tuple(self._session.execute(query).scalars())


def _untouched_but_not_due(
    office_id: str, days: tuple[date, date], due: Collection[str]
) -> ColumnElement[bool]:
    said = exists(select(submissions.c.id).where(submissions.c.sheet_id == sheets.c.id))
    counted_out = exists(select(floats.c.id).where(floats.c.sheet_id == sheets.c.id))
    return and_(
        sheets.c.office_id == office_id,
        sheets.c.meeting_on.between(*days),
        sheets.c.kind == SheetKind.REGULAR,
        sheets.c.status == SheetStatus.ISSUED,
        sheets.c.epoch == 0,
        sheets.c.id.not_in(due),
        ~said,
        ~counted_out,
    )


@lru_cache(SCOPES)
def _item_query(scope: Scope) -> Select[Any]:
    of_sheet = sheet_rows.c.sheet_id == sheets.c.id
    total, paid = (select(money_of(amount)).where(of_sheet) for amount in (received, paid_out))
    cash = select(money_of(signed)).where(of_sheet, in_cash)
    count = select(sql.count()).where(members.c.samity_id == sheets.c.samity_id, members.c.status == "active")
    open_comparisons = select(sql.count()).where(
        comparisons.c.sheet_id == sheets.c.id, comparisons.c.verdict.is_(None)
    )
    running = and_(days.c.office_id == sheets.c.office_id, days.c.status.in_(["open", "closing"]))
    past = sheets.c.status.in_(["authorised", "not_held"])
    return (
        select(
            *(sheets.c[name] for name in ("id", "samity_id", "office_id", "meeting_on", "kind", "status")),
            *(sheets.c[name] for name in ("epoch", "holder_device", "handover_id")),
            samities.c.code.label("samity_code"),
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
            collector.label("officer_id"),
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
            and_(~past, or_(days.c.on.is_(None), sheets.c.meeting_on > days.c.on)).label("waiting"),
            and_(~past, exists().where(deferrals.c.sheet_id == sheets.c.id)).label("deferred"),
            count.scalar_subquery().label("members"),
            total.scalar_subquery().label("total"),
            paid.scalar_subquery().label("paid_out"),
            float_of_sheet().label("float_amount"),
            (cash.scalar_subquery() + float_of_sheet()).label("cash"),
            open_comparisons.scalar_subquery().label("comparisons"),
            sheets.c.checked_by.is_not(None).label("checked"),
        )
        .join(samities, samities.c.id == sheets.c.samity_id)
        .join(staff, staff.c.id == collector, isouter=True)
        .join(days, running, isouter=True)
        .where(sees_sheet(scope))
    )


def _narrowed(query: Select[Any], wanted: SheetFilter) -> Select[Any]:
    if wanted.on is not None:
        query = query.where(sheets.c.meeting_on == wanted.on)
    if wanted.officer_id is not None:
        query = query.where(collector == wanted.officer_id)
    if wanted.office_id is not None:
        query = query.where(sheets.c.office_id == wanted.office_id)
    if wanted.status is not None:
        query = query.where(sheets.c.status == wanted.status)
    if wanted.before is not None:
        query = query.where(tuple_(sheets.c.meeting_on, sheets.c.id) < tuple_(*wanted.before))
    return query


def _sheet(row: Row[Any]) -> Sheet:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping
    person, device = values.pop("holder_id"), values.pop("holder_device")
    values["holder"] = Holder(person, device) if person else None
    values["kind"], values["status"] = SheetKind(values["kind"]), SheetStatus(values["status"])
    return Sheet(**values)


def _values(sheet: Sheet) -> dict[str, Any]:
    values = asdict(sheet)
    holder = values.pop("holder")
    values["holder_id"], values["holder_device"] = (
        (holder["person_id"], holder["device"]) if holder else (None, None)
    )
    return {name: value for name, value in values.items() if name not in {"id", "checked_by"}}
