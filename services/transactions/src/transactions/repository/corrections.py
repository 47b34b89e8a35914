"""Rows in the book, as corrections look them up."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.chart import Side
from transactions.domain.ledger import EntryKind
from transactions.domain.reversals import BookedRow
from transactions.models.ledger import accounts, entries, postings
from transactions.repository.scope import Scope

_undoing = entries.alias("undoing")
_ROW = (
    entries.c.id.label("entry_id"),
    postings.c.row_id,
    entries.c.kind,
    entries.c.office_id,
    entries.c.business_on,
    entries.c.value_on,
    postings.c.account_id,
    accounts.c.member_id,
    postings.c.amount,
    postings.c.side,
    entries.c.officer_id,
    entries.c.samity_id,
    postings.c.receipt,
    exists()
    .where(_undoing.c.reverses_entry_id == entries.c.id, _undoing.c.reverses_row_id == postings.c.row_id)
    .label("reversed"),
)


class CorrectionStore:
    """What may be undone."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def row(self, entry_id: str, row_id: str | None, scope: Scope) -> BookedRow:
        """Return a member's row of an entry; without a row id, the only one.

        Raises:
            NotFound: there is none, or not for this caller, or the entry has several.
        """
        query = (
            select(*_ROW)
            .join(
                postings,
                (postings.c.business_on == entries.c.business_on) & (postings.c.entry_id == entries.c.id),
            )
            .join(accounts, accounts.c.id == postings.c.account_id)
            .where(
                entries.c.id == entry_id,
                accounts.c.member_id.is_not(None),
                scope.sees_office(entries.c.office_id),
            )
            .limit(2)
        )
        if row_id is not None:
            query = query.where(postings.c.row_id == row_id)
        rows = self._session.execute(query).mappings().all()
        if len(rows) != 1:
            raise NotFound
        return _booked(rows[0])


def _booked(row: Mapping[Any, Any]) -> BookedRow:
    return BookedRow(**{**row, "kind": EntryKind(row["kind"]), "side": Side(row["side"])})
