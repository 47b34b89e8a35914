"""Receipts of the counter, numbered without gaps under a lock of their branch and year only (rule P3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.receipts import receipt_number
from transactions.models.ledger import receipt_prints, receipts
from transactions.models.metadata import ID

_FOUND = text(
    """
    SELECT entries.id AS entry_id, entries.kind, entries.fingerprint, entries.officer_id, entries.recorded_at,
           entries.business_on, entries.value_on, receipts.text AS receipt_number, receipts.paid_by,
           coalesce(loans.account_id, first.account_id) AS account_id, rows.amount,
           coalesce(standing.balance_after, first.balance_after) AS balance_after
      FROM entries
      JOIN receipts ON receipts.entry_id = entries.id
      JOIN LATERAL (
               SELECT sum(postings.amount)::bigint AS amount FROM postings
                WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
                  AND postings.row_id IS NOT NULL
           ) AS rows ON true
      JOIN LATERAL (
               SELECT postings.account_id, postings.balance_after, accounts.ledger, accounts.owner_id
                 FROM postings JOIN accounts ON accounts.id = postings.account_id
                WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
                  AND postings.row_id IS NOT NULL
                ORDER BY postings.number LIMIT 1
           ) AS first ON true
      LEFT JOIN loans ON first.ledger = '4110' AND loans.id = first.owner_id
      LEFT JOIN LATERAL (
               SELECT earlier.balance_after FROM postings AS earlier
                 JOIN entries AS made ON made.id = earlier.entry_id
                WHERE earlier.account_id = loans.account_id AND made.recorded_at <= entries.recorded_at
                ORDER BY earlier.sequence DESC LIMIT 1
           ) AS standing ON true
     WHERE entries.id = :id
    """
).columns(entry_id=ID, officer_id=ID, account_id=ID)
"""A payment that paid nothing but service charge names the loan all the same, with what is outstanding."""

_NEXT_NUMBER = text(
    """
    INSERT INTO receipt_counters (office_id, year, last) VALUES (CAST(:office_id AS uuid), :year, 1)
        ON CONFLICT (office_id, year) DO UPDATE SET last = receipt_counters.last + 1
    RETURNING last, (SELECT code FROM offices WHERE offices.id = receipt_counters.office_id) AS code
    """
)


class ReceiptStore:
    """Receipts of money that crossed the counter."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def next_number(self, office_id: str, year: int) -> tuple[int, str]:
        """Take a branch's next number of a year, and return it with its printed form.

        The branch's other receipts wait until this transaction ends; if it is rolled back the number is free
        again, so that there are no gaps.
        """
        row = self._session.execute(_NEXT_NUMBER, {"office_id": office_id, "year": year}).one()
        return row.last, receipt_number(row.code, year, row.last)

    def issue(
        self, entry_id: str, office_id: str, numbered: tuple[int, str], *, on: date, paid_by: str = "self"
    ) -> None:
        """Write the receipt of an entry.

        Args:
            entry_id: The entry.
            office_id: Its branch.
            numbered: The number and its text, as `next_number` gave them.
            on: The business day, for whose year the number is.
            paid_by: Who put the money on the counter, or took it (rule M10).
        """
        number, written = numbered
        row = {"entry_id": entry_id, "office_id": office_id, "year": on.year, "number": number}
        self._session.execute(insert(receipts).values(**row, text=written, paid_by=paid_by))

    def find(self, entry_id: str) -> Mapping[Any, Any] | None:
        """Return money that crossed the counter, with its receipt, and her account as it stood then."""
        return self._session.execute(_FOUND, {"id": entry_id}).mappings().first()

    def print(self, entry_id: str, printed_by: str) -> int:
        """Note that a receipt is printed, and return how often it was, this time included."""
        number: int | None = None
        while number is None:  # two printers at once: the second one waits for the first, then counts on
            number = self._session.execute(
                insert(receipt_prints)
                .from_select(
                    ["entry_id", "number", "printed_by", "printed_at"],
                    select(
                        literal(entry_id, receipt_prints.c.entry_id.type),
                        func.count() + 1,
                        literal(printed_by, receipt_prints.c.printed_by.type),
                        literal(self._now),
                    ).where(receipt_prints.c.entry_id == entry_id),
                )
                .on_conflict_do_nothing()
                .returning(receipt_prints.c.number)
            ).scalar()
        return number
