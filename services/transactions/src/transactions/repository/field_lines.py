"""Lines of a passbook that are not in the book: on their way, struck, or nothing received."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, and_, or_, select
from sqlalchemy.orm import Session

from contracts.money import Paisa
from contracts.transactions.collection_words import RowKind, RowState
from contracts.transactions.ledger_words import LineStatus
from transactions.domain.handovers import OF_NO_ROW
from transactions.domain.passbook import FieldLine
from transactions.models.collection import row_changes, sheet_rows, sheets, unallocated_receipts

Window = tuple[datetime | None, datetime | None]
"""After which instant (not included) and until which one (included); None leaves an end open."""


def field_lines(
    session: Session, member_id: str, account_ids: Collection[str], window: Window
) -> tuple[FieldLine, ...]:
    """Return a member's lines that are not in the book, told in the window.

    What is still on its way belongs to the newest page, however old it is: it is shown where `until` is
    open, and there always (rule M1). Money without an account is hers all the same (rule M5).
    """
    rows = session.execute(_rows_query(member_id, account_ids, window)).mappings()
    struck = session.execute(_struck_query(member_id, account_ids, window)).mappings()
    surplus = session.execute(_surplus_query(member_id, window)).mappings()
    return (
        *(_line(row) for row in rows),
        *(_surplus(row) for row in surplus),
        *(_struck(row) for row in struck),
    )


def _rows_query(member_id: str, account_ids: Collection[str], window: Window) -> Select[Any]:
    hers = or_(
        and_(sheet_rows.c.account_id.in_(account_ids), sheet_rows.c.code.is_(None)),
        and_(sheet_rows.c.member_id == member_id, sheet_rows.c.code.is_not(None)),
    )
    unsettled = unallocated_receipts.c.state == "open"
    waits = and_(sheet_rows.c.amount.is_not(None), or_(sheet_rows.c.state != RowState.AUTHORISED, unsettled))
    nothing = and_(sheet_rows.c.nothing_received.is_not(None), sheet_rows.c.kind != RowKind.WITHDRAWAL)
    done = or_(nothing, unallocated_receipts.c.state == "refunded")
    past = and_(done, *_within(sheet_rows.c.received_at, window))
    return (
        select(
            sheet_rows.c.row_id,
            sheet_rows.c.account_id,
            sheet_rows.c.kind,
            sheet_rows.c.amount,
            sheet_rows.c.nothing_received,
            sheet_rows.c.code,
            sheet_rows.c.receipt_number,
            sheet_rows.c.received_at,
            sheets.c.meeting_on,
            sheets.c.collected_by,
            unallocated_receipts.c.state.label("settled"),
            unallocated_receipts.c.reason,
        )
        .join(sheets, sheets.c.id == sheet_rows.c.sheet_id)
        .join(unallocated_receipts, unallocated_receipts.c.row_id == sheet_rows.c.row_id, isouter=True)
        .where(hers, past if window[1] is not None else or_(waits, past))
    )


def _struck_query(member_id: str, account_ids: Collection[str], window: Window) -> Select[Any]:
    return select(row_changes).where(
        row_changes.c.member_id == member_id,
        row_changes.c.account_id.in_(account_ids),
        *_within(row_changes.c.changed_at, window),
    )


def _surplus_query(member_id: str, window: Window) -> Select[Any]:
    """Ask for what is on no sheet and has no account yet, or was paid back (rules M7, M11)."""
    waits = unallocated_receipts.c.state == "open"
    past = and_(
        unallocated_receipts.c.state == "refunded", *_within(unallocated_receipts.c.recorded_at, window)
    )
    return select(unallocated_receipts).where(
        unallocated_receipts.c.member_id == member_id,
        unallocated_receipts.c.code.in_(OF_NO_ROW),
        past if window[1] is not None else or_(waits, past),
    )


def _within(told_at: Column[Any], window: Window) -> list[Any]:
    after, until = window
    bounds = [] if after is None else [told_at > after]
    return bounds if until is None else [*bounds, told_at <= until]


def _line(row: Mapping[Any, Any]) -> FieldLine:
    refunded = row["settled"] == "refunded"
    return FieldLine(
        line_id=row["row_id"],
        row_id=row["row_id"],
        status=_status(row, refunded=refunded),
        value_on=row["meeting_on"],
        recorded_at=row["received_at"],
        account_id=None if row["code"] else row["account_id"],
        amount=None if row["amount"] is None else Paisa(row["amount"]),
        officer_id=row["collected_by"],
        receipt_number=row["receipt_number"],
        reason=row["reason"] if refunded else row["code"] or row["nothing_received"],
        paid_out=row["kind"] == RowKind.WITHDRAWAL,
    )


def _surplus(row: Mapping[Any, Any]) -> FieldLine:
    refunded = row["state"] == "refunded"
    return FieldLine(
        line_id=row["row_id"],
        row_id=row["row_id"],
        status=LineStatus.STRUCK if refunded else LineStatus.PENDING,
        value_on=row["value_on"],
        recorded_at=row["recorded_at"],
        amount=Paisa(row["amount"]),
        receipt_number=row["receipt_number"],
        reason=row["reason"] if refunded else row["code"],
    )


def _status(row: Mapping[Any, Any], *, refunded: bool) -> LineStatus:
    if refunded:
        return LineStatus.STRUCK
    return LineStatus.NOTHING_RECEIVED if row["amount"] is None else LineStatus.PENDING


def _struck(row: Mapping[Any, Any]) -> FieldLine:
    return FieldLine(
        line_id=row["id"],
        row_id=row["row_id"],
        status=LineStatus.STRUCK,
        value_on=row["meeting_on"],
        recorded_at=row["changed_at"],
        account_id=row["account_id"],
        amount=Paisa(row["before"]),
        officer_id=row["officer_id"],
        receipt_number=row["receipt_number"],
        reason=row["reason"],
        related_line_id=row["row_id"],
        paid_out=row["row_kind"] == RowKind.WITHDRAWAL,
    )
