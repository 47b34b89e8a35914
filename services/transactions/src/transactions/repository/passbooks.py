"""Lines of passbooks, by account and running number: the index gives a page without counting."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select, text

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Side
from transactions.domain.days import DayStatus
from transactions.domain.passbook import LINES, BookLine, FieldLine, line_id_of
from transactions.models.days import days
from transactions.models.ledger import accounts
from transactions.models.metadata import ID
from transactions.models.projections import members, offices, samities
from transactions.repository.fee_lines import fees_in_the_book, fees_in_the_field
from transactions.repository.ledger import member_accounts
from transactions.repository.scope import Scope

_LINES = text(
    """
    SELECT line.account_id, line.sequence, line.entry_id, line.row_id, line.side,
           line.amount + coalesce(of_loan.charge, 0) AS amount, of_loan.charge,
           line.balance_after, line.business_on, line.value_on, line.receipt,
           entries.recorded_at, entries.kind, entries.officer_id,
           entries.reverses_entry_id, entries.reverses_row_id,
           coalesce(undo.reason, entries.reason) AS reason, undo.id AS undo_id
      FROM unnest(CAST(:account_ids AS uuid[])) AS wanted(id)
     CROSS JOIN LATERAL (
               SELECT * FROM postings
                WHERE postings.account_id = wanted.id AND postings.sequence < :before
                ORDER BY postings.sequence DESC LIMIT :limit
           ) AS line
      JOIN entries ON entries.id = line.entry_id
      LEFT JOIN entries AS undo
        ON undo.reverses_entry_id = line.entry_id AND undo.reverses_row_id = line.row_id
      LEFT JOIN loans ON loans.account_id = line.account_id
      LEFT JOIN LATERAL (
               SELECT coalesce(sum(CASE WHEN part.side = line.side THEN part.amount ELSE -part.amount END), 0)
                          ::bigint AS charge
                 FROM postings AS part JOIN accounts ON accounts.id = part.account_id
                WHERE part.business_on = line.business_on AND part.entry_id = line.entry_id
                  AND part.row_id = line.row_id AND accounts.ledger = '4110'
           ) AS of_loan ON loans.id IS NOT NULL
     ORDER BY line.account_id, line.sequence DESC
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
_WITHOUT_PRINCIPAL = text(
    """
    SELECT loans.account_id, 0 AS sequence, part.entry_id, part.row_id, part.side, part.amount,
           CASE accounts.ledger WHEN '4110' THEN part.amount END AS charge,
           coalesce(standing.balance_after, 0) AS balance_after, part.business_on, part.value_on,
           part.receipt, entries.recorded_at, entries.kind, entries.officer_id,
           entries.reverses_entry_id, entries.reverses_row_id,
           coalesce(undo.reason, entries.reason) AS reason, undo.id AS undo_id
      FROM loans
      JOIN accounts ON accounts.owner_id = loans.id AND accounts.ledger IN ('4110', '4210')
      JOIN postings AS part ON part.account_id = accounts.id AND part.row_id IS NOT NULL
      JOIN entries ON entries.id = part.entry_id
      LEFT JOIN entries AS undo
        ON undo.reverses_entry_id = part.entry_id AND undo.reverses_row_id = part.row_id
      LEFT JOIN LATERAL (
               SELECT earlier.balance_after FROM postings AS earlier
                 JOIN entries AS made ON made.id = earlier.entry_id
                WHERE earlier.account_id = loans.account_id AND made.recorded_at <= entries.recorded_at
                ORDER BY earlier.sequence DESC LIMIT 1
           ) AS standing ON true
     WHERE loans.account_id = ANY(CAST(:account_ids AS uuid[]))
       AND (CAST(:after AS timestamptz) IS NULL OR entries.recorded_at > :after)
       AND (CAST(:until AS timestamptz) IS NULL OR entries.recorded_at <= :until)
       AND NOT EXISTS (
               SELECT FROM postings AS principal
                WHERE principal.business_on = part.business_on AND principal.entry_id = part.entry_id
                  AND principal.row_id = part.row_id AND principal.account_id = loans.account_id
           )
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
"""Payments on a loan that are in no posting of its account: of charge alone, or after it was written off."""
_NO_END = 2**62
SCOPES = 1024


class PassbookStore:
    """What members read."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def account(self, account_id: str, scope: Scope) -> MemberAccount:
        """Return a member's account.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        row = self._session.execute(_account_in(scope), {"account_id": account_id}).mappings().first()
        if row is None:
            raise NotFound
        return MemberAccount(**row)

    def lines(
        self, account_ids: Sequence[str], *, before: int | None = None, limit: int = LINES
    ) -> tuple[BookLine, ...]:
        """Return the newest postings of each account before a sequence number, the newest first."""
        rows = self._session.execute(
            _LINES,
            {"account_ids": list(account_ids), "before": before or _NO_END, "limit": limit},
        ).mappings()
        return tuple(_line(row) for row in rows)

    def without_principal(
        self, account_ids: Sequence[str], after: datetime | None, until: datetime | None
    ) -> tuple[BookLine, ...]:
        """Return payments on loans that paid no principal, recorded after one instant until another."""
        asked = {"account_ids": list(account_ids), "after": after, "until": until}
        return tuple(_line(row) for row in self._session.execute(_WITHOUT_PRINCIPAL, asked).mappings())

    def fees(
        self, member_id: str, after: datetime | None
    ) -> tuple[tuple[BookLine, ...], tuple[FieldLine, ...]]:
        """Return a member's fees in the book, and those that an officer has taken, told after an instant."""
        booked = fees_in_the_book(self._session, member_id, after)
        return booked, fees_in_the_field(self._session, member_id, after)

    def owner(self, member_id: str, scope: Scope) -> Mapping[Any, Any]:
        """Return a member with the names of her samity and branch, and the branch's open day.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = (
            select(
                members.c.id,
                members.c.code,
                members.c.name_bn,
                members.c.name_en,
                members.c.samity_id,
                samities.c.code.label("samity_code"),
                samities.c.name_bn.label("samity_name_bn"),
                samities.c.name_en.label("samity_name_en"),
                offices.c.name_bn.label("office_name_bn"),
                offices.c.name_en.label("office_name_en"),
                days.c.on.label("business_on"),
            )
            .join(samities, samities.c.id == members.c.samity_id)
            .join(offices, offices.c.id == members.c.branch_id)
            .outerjoin(days, (days.c.office_id == members.c.branch_id) & (days.c.status == DayStatus.OPEN))
            .where(members.c.id == member_id, scope.sees_member(members.c.id, members.c.samity_id))
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return row


@lru_cache(maxsize=SCOPES)
def _account_in(scope: Scope) -> Select[Any]:
    """Return the question for one account in a scope: to put it together takes longer than to ask it."""
    return (
        member_accounts()
        .join(members, members.c.id == accounts.c.member_id)
        .where(
            accounts.c.id == bindparam("account_id", type_=accounts.c.id.type),
            scope.sees_member(members.c.id, members.c.samity_id),
        )
    )


def _line(row: Mapping[Any, Any]) -> BookLine:
    undoes = row["reverses_entry_id"] is not None
    return BookLine(
        account_id=row["account_id"],
        sequence=row["sequence"],
        entry_id=row["entry_id"],
        row_id=row["row_id"],
        kind=row["kind"],
        side=Side(row["side"]),
        amount=row["amount"],
        balance_after=row["balance_after"],
        business_on=row["business_on"],
        value_on=row["value_on"],
        recorded_at=row["recorded_at"],
        officer_id=row["officer_id"],
        receipt_number=row["receipt"],
        reason=row["reason"],
        charge=row["charge"],
        reverses_line_id=line_id_of(row["reverses_entry_id"], row["reverses_row_id"]) if undoes else None,
        reversed_by_line_id=line_id_of(row["undo_id"], row["row_id"]) if row["undo_id"] else None,
    )
