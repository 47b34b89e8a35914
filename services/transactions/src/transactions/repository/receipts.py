"""Receipts of the counter, numbered without gaps under a lock of their branch and year only (rule P3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.receipts import receipt_number
from transactions.models.ledger import entries, postings, receipt_counters, receipt_prints, receipts
from transactions.models.projections import offices


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
        counter = insert(receipt_counters).values(office_id=office_id, year=year, last=1)
        taken = counter.on_conflict_do_update(
            index_elements=[receipt_counters.c.office_id, receipt_counters.c.year],
            set_={"last": receipt_counters.c.last + 1},
        )
        code = select(offices.c.code).where(offices.c.id == office_id).scalar_subquery()
        row = self._session.execute(taken.returning(receipt_counters.c.last, code.label("code"))).one()
        return row.last, receipt_number(row.code, year, row.last)

    def issue(self, receipt: Mapping[str, Any]) -> None:
        """Write a receipt."""
        self._session.execute(insert(receipts).values(**receipt))

    def find(self, entry_id: str) -> Mapping[Any, Any] | None:
        """Return money that crossed the counter, with its receipt and the member's side of its entry."""
        query = (
            select(
                entries.c.id.label("entry_id"),
                entries.c.kind,
                entries.c.fingerprint,
                entries.c.officer_id,
                entries.c.recorded_at,
                entries.c.business_on,
                entries.c.value_on,
                receipts.c.text.label("receipt_number"),
                receipts.c.paid_by,
                postings.c.account_id,
                postings.c.amount,
                postings.c.balance_after,
            )
            .join(receipts, receipts.c.entry_id == entries.c.id)
            .join(
                postings,
                (postings.c.business_on == entries.c.business_on)
                & (postings.c.entry_id == entries.c.id)
                & postings.c.row_id.is_not(None),
            )
            .where(entries.c.id == entry_id)
        )
        return self._session.execute(query).mappings().first()

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
