"""Hand-overs with their counts, and the receipts that wait for an account."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    insert,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from chassis.work import Work
from contracts.errors import NotFound
from contracts.money import Paisa
from contracts.transactions.collection_words import HandoverStatus, RowCode
from transactions.domain.handovers import OF_NO_ROW, Count, Handover, UnallocatedReceipt
from transactions.models.collection import (
    handover_counts,
    handovers,
    sheet_rows,
    sheets,
    unallocated_receipts,
)
from transactions.models.projections import members, samities, staff
from transactions.repository.scope import Scope
from transactions.repository.sheets import (
    SCOPES,
    float_of_sheet,
    in_cash,
    money_of,
    paid_out,
    received,
    sees_sheet,
    signed,
)

_HANDOVER = tuple(handovers.c[name] for name in Handover.__dataclass_fields__)
_COUNT = tuple(handover_counts.c[name] for name in Count.__dataclass_fields__)
_RECEIPT = tuple(unallocated_receipts.c[name] for name in UnallocatedReceipt.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFilter:
    """Which hand-overs a list shows; None leaves a thing open."""

    office_id: str | None = None
    on: date | None = None
    status: str | None = None
    before: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How an unallocated receipt was settled; `state` is `open` until then (rule M5)."""

    state: str
    to_account_id: str | None
    entry_id: str | None


@lru_cache(SCOPES)
def sees_handover(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a hand-over is in scope; a field officer sees his own."""
    inside = scope.sees_office(handovers.c.office_id)
    return inside if scope.officer_id is None else and_(inside, handovers.c.officer_id == scope.officer_id)


class HandoverStore:
    """Hand-overs, counts and unallocated receipts."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._session = work.session

    def lock(self, handover_id: str, scope: Scope) -> Handover:
        """Return a hand-over, locked until the end of the transaction.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = select(*_HANDOVER).where(handovers.c.id == handover_id, sees_handover(scope))
        row = self._session.execute(query.with_for_update()).mappings().first()
        if row is None:
            raise NotFound
        return _handover(row)

    def any_on(self, office_id: str, on: date) -> bool:
        """Tell whether cash was declared in an office on a day."""
        query = select(handovers.c.id).where(handovers.c.office_id == office_id, handovers.c.on == on)
        return self._session.execute(query.limit(1)).first() is not None

    def office_of(self, handover_id: str, scope: Scope) -> str:
        """Return the office of a hand-over, before anything is locked.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = select(handovers.c.office_id).where(handovers.c.id == handover_id, sees_handover(scope))
        office_id: str | None = self._session.execute(query).scalar()
        if office_id is None:
            raise NotFound
        return office_id

    def authorised_by_count(self, handover_id: str) -> tuple[str | None, str | None]:
        """Return by which count and by whom a locked hand-over was posted."""
        columns = (handovers.c.authorised_count_id, handovers.c.authorised_by)
        row = self._session.execute(select(*columns).where(handovers.c.id == handover_id)).one()
        return row.authorised_count_id, row.authorised_by

    def fingerprint_of(self, handover_id: str) -> str | None:
        """Return the fingerprint of the request that declared a hand-over, whoever asks."""
        query = select(handovers.c.fingerprint).where(handovers.c.id == handover_id)
        return self._session.execute(query).scalar()

    def next_number(self, officer_id: str, on: date) -> int:
        """Return the number of an officer's next hand-over of a day; another one waits until this is kept."""
        together = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        self._session.execute(together, {"key": f"hand-over:{officer_id}:{on.isoformat()}"})
        last = select(sql.max(handovers.c.number)).where(
            handovers.c.officer_id == officer_id, handovers.c.on == on
        )
        return (self._session.execute(last).scalar() or 0) + 1

    def declare(self, handover: Handover, fingerprint: str) -> bool:
        """Keep a new hand-over; False where its id was taken meanwhile."""
        values = asdict(handover) | {"fingerprint": fingerprint, "declared_at": self._work.now}
        statement = insert_or_skip(handovers).values(**values).on_conflict_do_nothing(index_elements=["id"])
        return self._session.execute(statement.returning(handovers.c.id)).first() is not None

    def find_count(self, count_id: str) -> Count | None:
        """Return a saved count."""
        row = (
            self._session.execute(select(*_COUNT).where(handover_counts.c.id == count_id)).mappings().first()
        )
        return Count(**row) if row else None

    def keep_count(self, count: Count, denominations: Mapping[str, int]) -> None:
        """Save a count for good (rule M7)."""
        values = asdict(count) | {"denominations": dict(denominations), "counted_at": self._work.now}
        self._session.execute(insert(handover_counts).values(**values))
        self._move(count.handover_id, status=HandoverStatus.COUNTED)

    def authorise(
        self, handover_id: str, *, count_id: str, authorised_by: str, approval_id: str | None
    ) -> None:
        """Keep by which count and by whom a hand-over was posted."""
        self._move(
            handover_id,
            status=HandoverStatus.AUTHORISED,
            authorised_count_id=count_id,
            authorised_by=authorised_by,
            authorised_at=self._work.now,
            approval_id=approval_id,
        )

    def keep_unallocated(self, receipts: Iterable[UnallocatedReceipt]) -> None:
        """Keep posted money that has no account yet."""
        known = {"state": "open", "recorded_at": self._work.now}
        rows = [asdict(receipt) | known for receipt in receipts]
        if rows:
            self._session.execute(insert(unallocated_receipts), rows)

    def lock_unallocated(self, row_id: str, scope: Scope) -> tuple[UnallocatedReceipt, Resolution] | None:
        """Return an unallocated receipt, locked, with how it was settled; None where nothing is posted.

        A receipt out of scope is none either.
        """
        seen = scope.sees_office(unallocated_receipts.c.office_id)
        settled = tuple(unallocated_receipts.c[name] for name in Resolution.__dataclass_fields__)
        query = select(*_RECEIPT, *settled).where(unallocated_receipts.c.row_id == row_id, seen)
        row = self._session.execute(query.with_for_update()).mappings().first()
        if row is None:
            return None
        receipt = {name: row[name] for name in UnallocatedReceipt.__dataclass_fields__}
        return (
            UnallocatedReceipt(**receipt | {"code": RowCode(row["code"]), "amount": Paisa(row["amount"])}),
            Resolution(**{name: row[name] for name in Resolution.__dataclass_fields__}),
        )

    def resolve(self, row_id: str, resolution: Resolution, *, by: str, reason: str) -> None:
        """Keep how a receipt was settled."""
        values = asdict(resolution) | {"resolved_by": by, "resolved_at": self._work.now, "reason": reason}
        where = unallocated_receipts.c.row_id == row_id
        self._session.execute(update(unallocated_receipts).where(where).values(**values))

    def item(self, handover_id: str, scope: Scope) -> dict[str, Any]:
        """Return a hand-over as screens show it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        row = (
            self._session.execute(_item_query(scope).where(handovers.c.id == handover_id)).mappings().first()
        )
        if row is None:
            raise NotFound
        return dict(row)

    def listed(self, wanted: HandoverFilter, scope: Scope, limit: int) -> list[dict[str, Any]]:
        """Return hand-overs as lists show them, the latest first."""
        query = _item_query(scope).order_by(handovers.c.on.desc(), handovers.c.id.desc()).limit(limit)
        if wanted.office_id is not None:
            query = query.where(handovers.c.office_id == wanted.office_id)
        if wanted.on is not None:
            query = query.where(handovers.c.on == wanted.on)
        if wanted.status is not None:
            query = query.where(handovers.c.status == wanted.status)
        if wanted.before is not None:
            query = query.where(tuple_(handovers.c.on, handovers.c.id) < tuple_(*wanted.before))
        return [dict(row) for row in self._session.execute(query).mappings()]

    def sheets_of(self, handover_id: str) -> list[dict[str, Any]]:
        """Return a hand-over's sheets as screens show them, by samity."""
        query = (
            select(
                sheets.c.id.label("sheet_id"),
                sheets.c.meeting_on,
                sheets.c.status,
                samities.c.code.label("samity_code"),
                samities.c.name_bn.label("samity_name_bn"),
                samities.c.name_en.label("samity_name_en"),
                money_of(received).label("total"),
                money_of(paid_out).label("paid_out"),
                float_of_sheet().label("float_amount"),
                (money_of(case((in_cash, signed))) + float_of_sheet()).label("cash"),
                sql.count(sheet_rows.c.row_id).label("rows"),
            )
            .join(samities, samities.c.id == sheets.c.samity_id)
            .join(sheet_rows, sheet_rows.c.sheet_id == sheets.c.id, isouter=True)
            .where(sheets.c.handover_id == handover_id)
            .group_by(sheets.c.id, samities.c.id)
            .order_by(samities.c.code, sheets.c.id)
        )
        return [dict(row) for row in self._session.execute(query).mappings()]

    def counts_of(self, handover_id: str) -> list[dict[str, Any]]:
        """Return a hand-over's counts as screens show them, the oldest first."""
        query = (
            select(
                handover_counts,
                staff.c.name_bn.label("counted_by_name_bn"),
                staff.c.name_en.label("counted_by_name_en"),
            )
            .join(staff, staff.c.id == handover_counts.c.counted_by, isouter=True)
            .where(handover_counts.c.handover_id == handover_id)
            .order_by(handover_counts.c.counted_at, handover_counts.c.id)
        )
        return [dict(row) for row in self._session.execute(query).mappings()]

    def unallocated_listed(
        self, scope: Scope, *, office_id: str | None, settled: bool, after: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """Return unallocated receipts as lists show them, posted or still pending, by row id."""
        waiting = _unallocated(scope)
        query = _unallocated_query(waiting).order_by(waiting.c.id).limit(limit)
        if office_id is not None:
            query = query.where(waiting.c.office_id == office_id)
        if not settled:
            query = query.where(waiting.c.entry_id.is_(None))
        if after is not None:
            query = query.where(waiting.c.id > after)
        return [dict(row) for row in self._session.execute(query).mappings()]

    def unallocated_item(self, row_id: str, scope: Scope) -> dict[str, Any]:
        """Return one unallocated receipt as lists show it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        waiting = _unallocated(scope)
        query = _unallocated_query(waiting).where(waiting.c.id == row_id)
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return dict(row)

    def _move(self, handover_id: str, **values: str | datetime | None) -> None:
        self._session.execute(update(handovers).where(handovers.c.id == handover_id).values(**values))


@lru_cache(SCOPES)
def _item_query(scope: Scope) -> Select[Any]:
    """Ask for hand-overs with what their sheets say and what was counted last."""
    of_rows = (
        select(money_of(signed))
        .join(sheets, sheets.c.id == sheet_rows.c.sheet_id)
        .where(sheets.c.handover_id == handovers.c.id, in_cash)
    )
    of_floats = select(money_of(float_of_sheet())).where(sheets.c.handover_id == handovers.c.id)
    how_many = select(sql.count()).where(sheets.c.handover_id == handovers.c.id)
    counted = (
        select(handover_counts.c.total - handover_counts.c.expected)
        .where(
            handover_counts.c.handover_id == handovers.c.id,
            sql.coalesce(handovers.c.authorised_count_id, handover_counts.c.id) == handover_counts.c.id,
        )
        .order_by(handover_counts.c.counted_at.desc(), handover_counts.c.id.desc())
        .limit(1)
    )
    return (
        select(
            *_HANDOVER,
            handovers.c.authorised_count_id,
            handovers.c.approval_id,
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
            (of_rows.scalar_subquery() + of_floats.scalar_subquery()).label("expected"),
            how_many.scalar_subquery().label("sheets_count"),
            counted.scalar_subquery().label("difference"),
        )
        .join(staff, staff.c.id == handovers.c.officer_id, isouter=True)
        .where(sees_handover(scope))
    )


@lru_cache(SCOPES)
def _unallocated(scope: Scope) -> Subquery:
    """Return money without an account: whole rows of sheets, and what is no row of one."""
    return union_all(_whole_rows(scope), _surplus(scope)).subquery("waiting")


def _whole_rows(scope: Scope) -> Select[Any]:
    return (
        select(
            sheet_rows.c.row_id.label("id"),
            sheet_rows.c.member_id,
            sheet_rows.c.account_id,
            sheet_rows.c.sheet_id,
            sheet_rows.c.amount,
            sheet_rows.c.code,
            sheet_rows.c.receipt_number,
            sheets.c.office_id,
            sheets.c.samity_id,
            sheets.c.meeting_on.label("value_on"),
            sql.coalesce(unallocated_receipts.c.state, "pending").label("state"),
            unallocated_receipts.c.entry_id,
        )
        .join(sheets, sheets.c.id == sheet_rows.c.sheet_id)
        .join(unallocated_receipts, unallocated_receipts.c.row_id == sheet_rows.c.row_id, isouter=True)
        .where(sheet_rows.c.code.is_not(None), sheet_rows.c.amount.is_not(None), sees_sheet(scope))
    )


def _surplus(scope: Scope) -> Select[Any]:
    names = ("row_id", "member_id", "account_id", "sheet_id", "amount", "code", "receipt_number", "office_id")
    return (
        select(
            *(unallocated_receipts.c[name] for name in names),
            members.c.samity_id,
            unallocated_receipts.c.value_on,
            unallocated_receipts.c.state,
            unallocated_receipts.c.entry_id,
        )
        .join(members, members.c.id == unallocated_receipts.c.member_id)
        .where(
            unallocated_receipts.c.code.in_(OF_NO_ROW),
            scope.sees_office(unallocated_receipts.c.office_id),
            scope.sees_samity(members.c.samity_id),
        )
    )


def _unallocated_query(waiting: Subquery) -> Select[Any]:
    return (
        select(
            waiting,
            members.c.code.label("member_code"),
            members.c.name_bn,
            members.c.name_en,
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
        )
        .join(samities, samities.c.id == waiting.c.samity_id)
        .join(members, members.c.id == waiting.c.member_id, isouter=True)
    )


def _handover(row: Mapping[Any, Any]) -> Handover:
    return Handover(**{**row, "status": HandoverStatus(row["status"])})
