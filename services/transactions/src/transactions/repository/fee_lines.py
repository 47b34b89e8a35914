"""Lines of a passbook that are fees: on no account of hers, and hers to read (rules M1, M6, P3)."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, select, text
from sqlalchemy.orm import Session

from contracts.money import Paisa
from contracts.transactions.collection_words import RowKind, RowState
from contracts.transactions.ledger_words import LineStatus
from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.chart import Side
from transactions.domain.lending.counter import FEE_OF_ROW
from transactions.domain.passbook import BookLine, FieldLine, line_id_of
from transactions.models.collection import row_changes, sheet_rows, sheets
from transactions.models.metadata import ID

_BOOKED = text(
    """
    SELECT part.account_id, part.entry_id, part.row_id, part.side, part.amount, part.business_on,
           part.value_on, part.receipt, fees.kind AS fee, made.recorded_at, made.kind, made.officer_id,
           made.reverses_entry_id, made.reverses_row_id, coalesce(undo.reason, made.reason) AS reason,
           undo.id AS undo_id
      FROM fees
     CROSS JOIN LATERAL (
            SELECT * FROM entries WHERE entries.id = fees.entry_id
             UNION ALL
            SELECT * FROM entries WHERE entries.reverses_entry_id = fees.entry_id
           ) AS made
      JOIN postings AS part
        ON part.business_on = made.business_on AND part.entry_id = made.id AND part.row_id IS NOT NULL
      JOIN accounts
        ON accounts.id = part.account_id AND accounts.owner_id = fees.member_id
       AND accounts.ledger IN ('4310', '2330')
      LEFT JOIN entries AS undo
        ON undo.reverses_entry_id = part.entry_id AND undo.reverses_row_id = part.row_id
     WHERE fees.member_id = :member_id
       AND (CAST(:after AS timestamptz) IS NULL OR made.recorded_at > :after)
     ORDER BY made.recorded_at, part.entry_id
    """
).columns(
    account_id=ID,
    entry_id=ID,
    row_id=ID,
    officer_id=ID,
    reverses_entry_id=ID,
    reverses_row_id=ID,
    undo_id=ID,
)


def fees_in_the_book(session: Session, member_id: str, after: datetime | None) -> tuple[BookLine, ...]:
    """Return the fees of a member that are in the book, and what undid them, recorded after an instant."""
    rows = session.execute(_BOOKED, {"member_id": member_id, "after": after}).mappings()
    return tuple(_booked(row) for row in rows)


def fees_in_the_field(session: Session, member_id: str, after: datetime | None) -> tuple[FieldLine, ...]:
    """Return fees that an officer has taken: all on their way, and what was struck after an instant."""
    waiting = session.execute(_waiting(member_id)).mappings()
    struck = session.execute(_struck(member_id, after)).mappings()
    return (*(_on_its_way(row) for row in waiting), *(_taken_back(row) for row in struck))


def _waiting(member_id: str) -> Select[Any]:
    return (
        select(sheet_rows, sheets.c.meeting_on, sheets.c.collected_by)
        .join(sheets, sheets.c.id == sheet_rows.c.sheet_id)
        .where(
            sheet_rows.c.member_id == member_id,
            sheet_rows.c.kind.in_(FEE_OF_ROW),
            sheet_rows.c.state != RowState.AUTHORISED,
            sheet_rows.c.amount.is_not(None),
            sheet_rows.c.code.is_(None),
        )
    )


def _struck(member_id: str, after: datetime | None) -> Select[Any]:
    query = select(row_changes).where(
        row_changes.c.member_id == member_id, row_changes.c.row_kind.in_(FEE_OF_ROW)
    )
    return query if after is None else query.where(row_changes.c.changed_at > after)


def _on_its_way(row: RowMapping) -> FieldLine:
    return FieldLine(
        line_id=row["row_id"],
        row_id=row["row_id"],
        status=LineStatus.PENDING,
        value_on=row["meeting_on"],
        recorded_at=row["received_at"],
        amount=Paisa(row["amount"]),
        officer_id=row["collected_by"],
        receipt_number=row["receipt_number"],
        fee=FEE_OF_ROW[RowKind(row["kind"])],
    )


def _taken_back(row: RowMapping) -> FieldLine:
    return FieldLine(
        line_id=row["id"],
        row_id=row["row_id"],
        status=LineStatus.STRUCK,
        value_on=row["meeting_on"],
        recorded_at=row["changed_at"],
        amount=Paisa(row["before"]),
        officer_id=row["officer_id"],
        receipt_number=row["receipt_number"],
        reason=row["reason"],
        related_line_id=row["row_id"],
        fee=FEE_OF_ROW[RowKind(row["row_kind"])],
    )


def _booked(row: RowMapping) -> BookLine:
    undoes = row["reverses_entry_id"] is not None
    return BookLine(
        account_id=row["account_id"],
        sequence=0,
        entry_id=row["entry_id"],
        row_id=row["row_id"],
        kind=row["kind"],
        side=Side(row["side"]),
        amount=Paisa(row["amount"]),
        balance_after=Paisa(0),
        business_on=row["business_on"],
        value_on=row["value_on"],
        recorded_at=row["recorded_at"],
        officer_id=row["officer_id"],
        receipt_number=row["receipt"],
        reason=row["reason"],
        reverses_line_id=line_id_of(row["reverses_entry_id"], row["reverses_row_id"]) if undoes else None,
        reversed_by_line_id=line_id_of(row["undo_id"], row["row_id"]) if row["undo_id"] else None,
        fee=FeeKind(row["fee"]),
    )
