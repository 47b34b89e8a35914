"""Rows in the book, as corrections look them up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import case, exists, func, or_, select

from chassis.work import Work
from contracts.errors import NotFound
from contracts.money import Paisa
from contracts.transactions.collection_words import PaidBy
from transactions.domain.chart import Ledgers, Side
from transactions.domain.ledger import EntryKind
from transactions.domain.reversals import BookedRow
from transactions.models.collection import sheet_rows
from transactions.models.endings import fees
from transactions.models.ledger import accounts, entries, postings, receipts
from transactions.models.lending import loans
from transactions.repository.scope import Scope

_undoing = entries.alias("undoing")
_recovered = loans.alias("recovered")
_ROW = (
    entries.c.id.label("entry_id"),
    postings.c.row_id,
    entries.c.kind,
    entries.c.office_id,
    entries.c.business_on,
    entries.c.value_on,
    func.coalesce(loans.c.account_id, postings.c.account_id).label("account_id"),
    func.coalesce(loans.c.member_id, accounts.c.member_id, fees.c.member_id, _recovered.c.member_id).label(
        "member_id"
    ),
    func.coalesce(fees.c.entry_id, _recovered.c.id).is_not(None).label("at_counter"),
    case((loans.c.id.is_not(None), postings.c.account_id)).label("charge_account_id"),
    postings.c.amount,
    postings.c.side,
    entries.c.officer_id,
    entries.c.samity_id,
    postings.c.receipt,
    exists()
    .where(_undoing.c.reverses_entry_id == entries.c.id, _undoing.c.reverses_row_id == postings.c.row_id)
    .label("reversed"),
    or_(
        exists().where(receipts.c.entry_id == entries.c.id, receipts.c.paid_by == PaidBy.MOBILE_MONEY),
        exists().where(sheet_rows.c.row_id == postings.c.row_id, sheet_rows.c.paid_by == PaidBy.MOBILE_MONEY),
    ).label("by_telephone"),
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
            .outerjoin(
                loans,
                (loans.c.id == accounts.c.owner_id) & (accounts.c.ledger == Ledgers.SERVICE_CHARGE.code),
            )
            .outerjoin(fees, fees.c.entry_id == entries.c.id)
            .outerjoin(
                _recovered,
                (_recovered.c.id == accounts.c.owner_id)
                & (accounts.c.ledger == Ledgers.RECOVERED_LOANS.code),
            )
            .where(
                entries.c.id == entry_id,
                postings.c.row_id.is_not(None),
                or_(
                    *(
                        found.is_not(None)
                        for found in (accounts.c.member_id, loans.c.id, fees.c.entry_id, _recovered.c.id)
                    )
                ),
                scope.sees_office(entries.c.office_id),
            )
            .order_by(postings.c.number)
        )
        if row_id is not None:
            query = query.where(postings.c.row_id == row_id)
        found = self._session.execute(query).mappings().all()
        if len({row["row_id"] for row in found}) != 1:
            raise NotFound
        return _booked(found)


def _booked(parts: Sequence[Mapping[Any, Any]]) -> BookedRow:
    """Return a row with all of its parts: a loan's has its charge on another account."""
    side = Side(parts[0]["side"])
    charges = [part for part in parts if part["charge_account_id"] is not None]
    return BookedRow(
        **{
            **parts[0],
            "kind": EntryKind(parts[0]["kind"]),
            "side": side,
            "amount": _sum(parts, side),
            "charge": _sum(charges, side),
            "charge_account_id": charges[0]["charge_account_id"] if charges else None,
        }
    )


def _sum(parts: Iterable[Mapping[Any, Any]], side: Side) -> Paisa:
    return Paisa(sum(part["amount"] if part["side"] == side else -part["amount"] for part in parts))
