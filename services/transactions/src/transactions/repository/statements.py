"""The day book, and the list of days."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, select, true, tuple_
from sqlalchemy.engine import RowMapping

from chassis.work import Work
from transactions.models.days import days, seals, vouchers
from transactions.models.ledger import accounts, entries, postings
from transactions.models.projections import samities
from transactions.repository.ledger_lines import LedgerLineStore
from transactions.repository.snapshots import SnapshotStore
from transactions.repository.totals import TotalStore


class StatementStore:
    """Entries as they were posted; beside it totals, lines, and closed months."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self.totals = TotalStore(work.session)
        self.lines = LedgerLineStore(work)
        self.snapshots = SnapshotStore(work)

    def entries_of(
        self,
        office_id: str,
        on: date,
        after: tuple[datetime, str] | None,
        limit: int,
        known_at: datetime | None = None,
    ) -> Sequence[RowMapping]:
        """Return a page of a day's entries with their vouchers, in posting order.

        Args:
            office_id: Whose.
            on: Of which business day.
            after: After which entry: when it was recorded, and its id.
            limit: How many at most.
            known_at: Leave out what was recorded later, and the numbers that a later seal gave.
        """
        query = (
            select(
                entries,
                vouchers.c.kind.label("voucher_kind"),
                vouchers.c.fiscal_year,
                vouchers.c.number,
                samities.c.name_bn.label("samity_bn"),
                samities.c.name_en.label("samity_en"),
            )
            .select_from(entries)
            .outerjoin(vouchers, and_(vouchers.c.entry_id == entries.c.id, _numbered_at(known_at)))
            .outerjoin(samities, samities.c.id == entries.c.samity_id)
            .where(entries.c.office_id == office_id, entries.c.business_on == on)
            .where(true() if known_at is None else entries.c.recorded_at <= known_at)
        )
        if after is not None:
            place = tuple_(literal(after[0]), literal(after[1], entries.c.id.type))
            query = query.where(tuple_(entries.c.recorded_at, entries.c.id) > place)
        return (
            self._session.execute(query.order_by(entries.c.recorded_at, entries.c.id).limit(limit))
            .mappings()
            .all()
        )

    def lines_of(self, on: date, entry_ids: Sequence[str]) -> Sequence[RowMapping]:
        """Return what entries of one day moved, summed by ledger: no member's line is among them."""
        debits = func.sum(postings.c.amount).filter(postings.c.side == "debit")
        ledger = func.coalesce(accounts.c.booked_under, accounts.c.ledger)
        credits_ = func.sum(postings.c.amount).filter(postings.c.side == "credit")
        query = (
            select(
                postings.c.entry_id,
                ledger.label("ledger"),
                func.coalesce(debits, 0).label("debits"),
                func.coalesce(credits_, 0).label("credits"),
            )
            .join(accounts, accounts.c.id == postings.c.account_id)
            .where(postings.c.business_on == on, postings.c.entry_id.in_(entry_ids))
            .group_by(postings.c.entry_id, ledger)
            .order_by(postings.c.entry_id, ledger)
        )
        return self._session.execute(query).mappings().all()

    def days_before(self, office_id: str, before: date | None, limit: int) -> Sequence[RowMapping]:
        """Return an office's days with their seals, the newest first."""
        query: Any = (
            select(days, seals.c.root, seals.c.sealed_at)
            .outerjoin(
                seals,
                (seals.c.office_id == days.c.office_id) & (seals.c.on == days.c.on) & (seals.c.number == 1),
            )
            .where(days.c.office_id == office_id)
        )
        if before is not None:
            query = query.where(days.c.on < before)
        rows: Sequence[RowMapping] = (
            self._session.execute(query.order_by(days.c.on.desc()).limit(limit)).mappings().all()
        )
        return rows


def _numbered_at(known_at: datetime | None) -> ColumnElement[bool]:
    """Return the condition that an entry had its voucher's number: the first seal after it gave it."""
    if known_at is None:
        return true()
    own = seals.c
    sealed = own.sealed_at.between(entries.c.recorded_at, known_at)
    of_its_day = and_(own.office_id == entries.c.office_id, own.on == entries.c.business_on)
    return exists(select(own.number).where(of_its_day, sealed))
