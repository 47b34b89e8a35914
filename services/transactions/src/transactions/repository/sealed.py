"""What a seal covers of a branch day: its postings with what their entries say."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.orm import Session

from transactions.domain.seal import SealedEntry, SealedPosting
from transactions.models.days import vouchers
from transactions.models.ledger import entries, postings, receipts

_POSTING = (
    "entry_id",
    "row_id",
    "number",
    "account_id",
    "side",
    "amount",
    "sequence",
    "balance_after",
    "value_on",
    "receipt",
)


def sealed_postings(session: Session, office_id: str, on: date) -> tuple[SealedPosting, ...]:
    """Return all postings of a branch day, as its seal sees them."""
    said = {row["id"]: _entry(row) for row in _entries(session, office_id, on)}
    query = (
        select(*(postings.c[name] for name in _POSTING))
        .join(
            entries,
            (entries.c.id == postings.c.entry_id) & (entries.c.business_on == postings.c.business_on),
        )
        .where(entries.c.office_id == office_id, entries.c.business_on == on)
    )
    rows = session.execute(query).mappings()
    return tuple(SealedPosting(**row, entry=said[row["entry_id"]]) for row in rows)


def _entries(session: Session, office_id: str, on: date) -> Any:
    query = (
        select(
            entries,
            vouchers.c.kind.label("voucher_kind"),
            vouchers.c.fiscal_year,
            vouchers.c.number.label("voucher_number"),
            receipts.c.text.label("receipt_text"),
        )
        .outerjoin(vouchers, vouchers.c.entry_id == entries.c.id)
        .outerjoin(receipts, receipts.c.entry_id == entries.c.id)
        .where(entries.c.office_id == office_id, entries.c.business_on == on)
    )
    return session.execute(query).mappings()


def _entry(row: RowMapping) -> SealedEntry:
    numbered = None if row["voucher_number"] is None else str(row["voucher_number"])
    return SealedEntry(
        office_id=row["office_id"],
        business_on=row["business_on"],
        kind=row["kind"],
        people=(row["maker_id"], row["checker_id"], row["officer_id"], row["samity_id"]),
        reverses=(row["reverses_entry_id"], row["reverses_row_id"]),
        reason=row["reason"],
        fingerprint=row["fingerprint"],
        papers=(row["voucher_kind"], row["fiscal_year"], numbered, row["receipt_text"]),
        recorded_at=row["recorded_at"],
    )
