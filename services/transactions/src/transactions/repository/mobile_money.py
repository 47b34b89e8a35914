"""Lines of providers' statements, and the rows that told of mobile money before them (rule M14)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, insert, select, text, tuple_, update
from sqlalchemy import func as sql

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.mobile_money_errors import LineNotFound
from contracts.transactions.mobile_money_words import LineState, Unmatched
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.mobile_money import Claim, Line
from transactions.models.ledger import accounts
from transactions.models.metadata import ID
from transactions.models.mobile_money import statement_lines
from transactions.models.nominees import nominee_claims
from transactions.models.projections import members
from transactions.repository.ledger import member_accounts
from transactions.repository.scope import Scope

_LINE = tuple(statement_lines.c[name] for name in Line.__dataclass_fields__)

_CLAIMS = text(
    """
    WITH told AS (
        SELECT sheet_rows.row_id, sheet_rows.account_id, sheet_rows.amount, sheets.meeting_on AS value_on,
               sheet_rows.state <> 'authorised' AS pending
          FROM sheets
          JOIN sheet_rows ON sheet_rows.sheet_id = sheets.id
         WHERE sheets.office_id = :office_id AND sheets.meeting_on BETWEEN :first AND :last
           AND sheet_rows.paid_by = 'mobile_money' AND sheet_rows.amount IS NOT NULL
         UNION ALL
        SELECT entries.id, coalesce(loans.account_id, postings.account_id), sum(postings.amount),
               entries.value_on, FALSE
          FROM entries
          JOIN receipts ON receipts.entry_id = entries.id AND receipts.paid_by = 'mobile_money'
          JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
                       AND postings.row_id = entries.id
          JOIN accounts ON accounts.id = postings.account_id
          LEFT JOIN loans ON loans.id = accounts.owner_id AND accounts.ledger = :charge
         WHERE entries.office_id = :office_id AND entries.business_on >= :first
           AND entries.value_on BETWEEN :first AND :last
         GROUP BY entries.id, coalesce(loans.account_id, postings.account_id), entries.value_on
    )
    SELECT told.row_id, told.account_id, told.amount, told.value_on, told.pending,
           accounts.code AS account_code
      FROM told
      LEFT JOIN accounts ON accounts.id = told.account_id
     WHERE NOT EXISTS (SELECT FROM statement_lines AS line WHERE line.row_id = told.row_id)
       AND NOT EXISTS (SELECT FROM entries AS undoing WHERE undoing.reverses_row_id = told.row_id)
     ORDER BY told.value_on, told.row_id
    """
).columns(row_id=ID, account_id=ID)

_BOOKED = text(
    """
    SELECT coalesce(sum(CASE WHEN postings.side = 'debit' THEN postings.amount
                             WHEN entries.kind = 'reversal' THEN -postings.amount END), 0)
      FROM postings
      JOIN entries ON entries.id = postings.entry_id
     WHERE postings.account_id = :wallet AND postings.value_on = :on AND postings.business_on >= :on
    """
)


class MobileMoneyStore:
    """What providers stated, and what it became."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._session = work.session

    def wait_for_others(self, office_id: str) -> None:
        """Let one statement of a branch after the other be taken."""
        together = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        self._session.execute(together, {"key": f"statement:{office_id}"})

    def known(self, line_ids: Collection[str]) -> dict[str, Line]:
        """Return those of some lines that were brought before, by id."""
        query = select(*_LINE).where(statement_lines.c.id.in_(line_ids))
        return {row["id"]: _line(row) for row in self._session.execute(query).mappings()}

    def accounts_called(self, codes: Collection[str]) -> dict[str, MemberAccount]:
        """Return the accounts of members with some codes, by code, in whichever branch they are."""
        query = member_accounts().where(accounts.c.code.in_(codes))
        return {row["code"]: MemberAccount(**row) for row in self._session.execute(query).mappings()}

    def deceased(self, member_ids: Collection[str]) -> frozenset[str]:
        """Return who of some members has been reported as dead (rule L5)."""
        query = select(nominee_claims.c.member_id).where(nominee_claims.c.member_id.in_(member_ids))
        return frozenset(self._session.execute(query).scalars())

    def claims(self, office_id: str, first: date, last: date) -> tuple[Claim, ...]:
        """Return the rows of some days that tell of mobile money which no statement knows yet."""
        names = Claim.__dataclass_fields__
        return tuple(
            Claim(**{name: row[name] for name in names}) for row in self.claimed(office_id, first, last)
        )

    def claimed(self, office_id: str, first: date, last: date) -> list[dict[str, Any]]:
        """Return the same rows as screens show them."""
        asked = {"office_id": office_id, "first": first, "last": last, "charge": Ledgers.SERVICE_CHARGE.code}
        rows = self._session.execute(_CLAIMS, asked).mappings()
        return [{**row, "amount": Paisa(int(row["amount"]))} for row in rows]

    def add(self, lines: Iterable[Line], import_id: str, file_name: str) -> None:
        """Keep lines with what became of them."""
        taken = {
            "import_id": import_id,
            "file_name": file_name,
            "imported_by": self._work.actor.person_id,
            "imported_at": self._work.now,
        }
        rows = [asdict(line) | taken for line in lines]
        if rows:
            self._session.execute(insert(statement_lines), rows)

    def find(self, line_id: str, scope: Scope) -> Line:
        """Return a line as it is, without a lock.

        Raises:
            LineNotFound: there is none, or not for this caller.
        """
        return self._one(_seen(line_id, scope))

    def lock(self, line_id: str, scope: Scope) -> Line:
        """Return a line, locked until the end of the transaction.

        Raises:
            LineNotFound: there is none, or not for this caller.
        """
        return self._one(_seen(line_id, scope).with_for_update())

    def _one(self, query: Select[Any]) -> Line:
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise LineNotFound
        return _line(row)

    def match(self, line_id: str, *, account_id: str, by: str, reason: str) -> None:
        """Keep onto which account a waiting line was put."""
        matched = {"state": LineState.MATCHED, "why": None, "account_id": account_id}
        self._session.execute(
            update(statement_lines)
            .where(statement_lines.c.id == line_id)
            .values(**matched, matched_by=by, reason=reason)
        )

    def listed(
        self, office_id: str, *, state: str | None, before: tuple[date, str] | None, limit: int
    ) -> list[dict[str, Any]]:
        """Return lines as screens show them, the newest first."""
        query = _shown().where(statement_lines.c.office_id == office_id).limit(limit)
        query = query.order_by(statement_lines.c.paid_on.desc(), statement_lines.c.id.desc())
        if state is not None:
            query = query.where(statement_lines.c.state == state)
        if before is not None:
            query = query.where(tuple_(statement_lines.c.paid_on, statement_lines.c.id) < tuple_(*before))
        return [dict(row) for row in self._session.execute(query).mappings()]

    def shown(self, line_id: str) -> dict[str, Any]:
        """Return one line as screens show it."""
        return dict(self._session.execute(_shown().where(statement_lines.c.id == line_id)).mappings().one())

    def stated(self, office_id: str, on: date) -> Paisa:
        """Return what providers state of one day, in paisa."""
        query = select(sql.coalesce(sql.sum(statement_lines.c.amount), 0)).where(
            statement_lines.c.office_id == office_id, statement_lines.c.paid_on == on
        )
        return Paisa(int(self._session.execute(query).scalar_one()))

    def booked(self, office_id: str, on: date) -> Paisa:
        """Return what the book says came by telephone with a day's value date, in paisa."""
        wallet = OfficeAccount(Ledgers.MOBILE_MONEY, office_id).id
        return Paisa(int(self._session.execute(_BOOKED, {"wallet": wallet, "on": on}).scalar_one()))


def _shown() -> Select[Any]:
    return (
        select(
            *_LINE,
            accounts.c.code.label("account_code"),
            members.c.name_bn.label("member_bn"),
            members.c.name_en.label("member_en"),
        )
        .join(accounts, accounts.c.id == statement_lines.c.account_id, isouter=True)
        .join(members, members.c.id == accounts.c.member_id, isouter=True)
    )


def _seen(line_id: str, scope: Scope) -> Select[Any]:
    seen = scope.sees_office(statement_lines.c.office_id)
    return select(*_LINE).where(statement_lines.c.id == line_id, seen)


def _line(row: Mapping[Any, Any]) -> Line:
    why = Unmatched(row["why"]) if row["why"] else None
    return Line(**{**row, "state": LineState(row["state"]), "why": why})
