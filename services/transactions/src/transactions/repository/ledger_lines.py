"""Lines of ledgers entry by entry, the voucher register, and all that is known of one entry (drill-down)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.engine import RowMapping

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.periods import Span
from transactions.models.collection import handovers
from transactions.models.ledger import entries
from transactions.models.metadata import ID
from transactions.repository.scope import Scope
from transactions.repository.totals import Moment, Place

Registered = tuple[str, date, str, int]
"""A place in the voucher register: office path, day, kind, number."""

_MOVED_DAYS = """
    SELECT "on" FROM day_totals
     WHERE office_id = :office_id AND ledger = ANY(:ledgers) AND "on" BETWEEN :from_on AND :on
       AND debits + credits > 0
     UNION
    SELECT "on" FROM days
     WHERE office_id = :office_id AND status <> 'closed' AND "on" BETWEEN :from_on AND :on
"""
"""The days on which a ledger moved, from the totals: the others' entries are not looked at."""

_SUMS = """
    SELECT sum(amount) FILTER (WHERE side = 'debit') AS debits,
           sum(amount) FILTER (WHERE side = 'credit') AS credits
      FROM postings JOIN accounts ON accounts.id = postings.account_id
     WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
       AND coalesce(accounts.booked_under, accounts.ledger) = ANY(:ledgers)
"""

_TELLS = """
    entries.id AS entry_id, entries.kind, entries.business_on, entries.value_on, entries.recorded_at,
    entries.maker_id, entries.checker_id, entries.officer_id, entries.samity_id, entries.reason,
    vouchers.kind AS voucher_kind, vouchers.fiscal_year, vouchers.number, receipts.text AS receipt
"""

_WITH_PAPERS = """
    LEFT JOIN vouchers ON vouchers.entry_id = entries.id
    LEFT JOIN receipts ON receipts.entry_id = entries.id
"""

_LINES = f"""
    SELECT {_TELLS}, coalesce(moved.debits, 0)::bigint AS debits,
           coalesce(moved.credits, 0)::bigint AS credits
      FROM (SELECT "on" FROM ({_MOVED_DAYS}) AS moved WHERE "on" >= :after_on ORDER BY "on") AS moved_days
      JOIN entries ON entries.office_id = :office_id AND entries.business_on = moved_days."on"
       AND entries.recorded_at <= :known_at
      CROSS JOIN LATERAL ({_SUMS}) AS moved
      {_WITH_PAPERS}
     WHERE (moved.debits IS NOT NULL OR moved.credits IS NOT NULL)
       AND (NOT :net OR coalesce(moved.debits, 0) <> coalesce(moved.credits, 0))
       AND (entries.business_on, entries.recorded_at, entries.id)
           > (:after_on, :after_at, CAST(:after_id AS uuid))
     ORDER BY entries.business_on, entries.recorded_at, entries.id
     LIMIT :limit
"""  # noqa: S608 - only names of our own columns

_BEFORE_ON_THE_DAY = text(
    f"""
    SELECT coalesce(sum(moved.debits), 0)::bigint AS debits,
           coalesce(sum(moved.credits), 0)::bigint AS credits
      FROM entries CROSS JOIN LATERAL ({_SUMS}) AS moved
     WHERE entries.office_id = :office_id AND entries.business_on = :after_on
       AND entries.recorded_at <= :known_at
       AND (entries.recorded_at, entries.id) <= (:after_at, CAST(:after_id AS uuid))
    """  # noqa: S608 - only names of our own columns
)

_VOUCHERS = f"""
    SELECT {_TELLS}, vouchers.office_id, offices.code AS office_code,
           offices.name_bn AS office_bn, offices.name_en AS office_en, offices.path,
           (SELECT sum(amount)::bigint FROM postings
             WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
               AND side = 'debit') AS total
      FROM offices
      JOIN vouchers ON vouchers.office_id = offices.id AND vouchers.business_on BETWEEN :from_on AND :on
      JOIN entries ON entries.id = vouchers.entry_id
      LEFT JOIN receipts ON receipts.entry_id = entries.id
     WHERE CASE WHEN :own THEN offices.id = :place_id ELSE starts_with(offices.path, :path) END
       AND (CAST(:voucher_kind AS text) IS NULL OR vouchers.kind = :voucher_kind)
       AND (CAST(:after_path AS text) IS NULL OR offices.path >= :after_path)
       AND (CAST(:after_path AS text) IS NULL OR
            (offices.path, vouchers.business_on, vouchers.kind, vouchers.number)
            > (:after_path, CAST(:after_on AS date), :after_kind, :after_number))
     ORDER BY offices.path, vouchers.business_on, vouchers.kind, vouchers.number
     LIMIT :limit
"""  # noqa: S608 - only names of our own columns

_PAPERS = text(
    """
    SELECT vouchers.kind AS voucher_kind, vouchers.fiscal_year, vouchers.number, receipts.text AS receipt,
           (SELECT sum(amount)::bigint FROM postings
             WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
               AND side = 'debit') AS total
      FROM entries
      LEFT JOIN vouchers ON vouchers.entry_id = entries.id
      LEFT JOIN receipts ON receipts.entry_id = entries.id
     WHERE entries.id = :entry_id
    """
)

_POSTINGS = text(
    """
    SELECT postings.number, postings.side, postings.amount, postings.balance_after, postings.row_id,
           postings.receipt, accounts.id AS account_id, accounts.code AS account_code,
           coalesce(accounts.booked_under, accounts.ledger) AS ledger,
           accounts.owner_id, members.id AS member_id, members.code AS member_code,
           members.name_bn AS member_bn, members.name_en AS member_en
      FROM postings
      JOIN accounts ON accounts.id = postings.account_id
      LEFT JOIN members ON members.id = accounts.member_id
     WHERE postings.business_on = :business_on AND postings.entry_id = :entry_id
       AND postings.number > :after
     ORDER BY postings.number LIMIT :limit
    """
).columns(account_id=ID, member_id=ID, row_id=ID, owner_id=ID)

_SHEETS = text(
    """
    SELECT sheets.id AS sheet_id, sheets.meeting_on, sheets.kind, sheets.status, sheets.collected_by,
           sheets.authorised_by, sheets.checked_by, sheets.handover_id, sheets.samity_id,
           samities.name_bn AS samity_bn, samities.name_en AS samity_en
      FROM sheets LEFT JOIN samities ON samities.id = sheets.samity_id
     WHERE sheets.id IN (
        SELECT sheet_rows.sheet_id FROM postings JOIN sheet_rows ON sheet_rows.row_id = postings.row_id
         WHERE postings.business_on = :business_on AND postings.entry_id = :entry_id)
     ORDER BY sheets.meeting_on, sheets.id
    """
).columns(sheet_id=ID, collected_by=ID, authorised_by=ID, checked_by=ID, handover_id=ID, samity_id=ID)

_APPROVALS = text(
    """
    SELECT id AS approval_id, kind, state, maker_id, checker_id, made_at, decided_at, reason, amount
      FROM approvals
     WHERE id = :entry_id OR subject_id = ANY(CAST(:subjects AS uuid[]))
     ORDER BY made_at, id
    """
).columns(approval_id=ID, maker_id=ID, checker_id=ID)

_UNDONE_BY = text(
    """
    SELECT id AS entry_id, business_on, reverses_row_id AS row_id, kind FROM entries
     WHERE reverses_entry_id = :entry_id ORDER BY recorded_at, id
    """
).columns(entry_id=ID, row_id=ID)


_PEOPLE = {"entry_id": ID, "maker_id": ID, "checker_id": ID, "officer_id": ID, "samity_id": ID}
_LINES_OF = text(_LINES).columns(**_PEOPLE)
_REGISTER = text(_VOUCHERS).columns(office_id=ID, **_PEOPLE)


@dataclass(frozen=True, slots=True)
class After:
    """The last line of the page before: by business day, then as it was recorded."""

    on: date
    at: datetime
    entry_id: str


@dataclass(frozen=True, slots=True)
class Period:
    """Business days, both included, of one office's book."""

    office_id: str
    from_on: date
    moment: Moment


class LedgerLineStore:
    """The book line by line."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def lines(
        self, period: Period, ledgers: Sequence[str], after: After, limit: int, *, net: bool
    ) -> Sequence[RowMapping]:
        """Return what entries moved on some ledgers, in posting order.

        Args:
            period: Whose book, and which days.
            ledgers: The codes that are read as one.
            after: After which line.
            limit: How many.
            net: Leave out what only changed places between these ledgers.
        """
        asked = _of(period, ledgers, after) | {"limit": limit, "net": net}
        return self._session.execute(_LINES_OF, asked).mappings().all()

    def before_on_the_day(self, period: Period, ledgers: Sequence[str], after: After) -> tuple[int, int]:
        """Return what a day moved until a line of it, that line included."""
        row = self._session.execute(_BEFORE_ON_THE_DAY, _of(period, ledgers, after)).one()
        return row.debits, row.credits

    def vouchers(
        self, place: Place, span: Span, kind: str | None, after: Registered | None, limit: int
    ) -> Sequence[RowMapping]:
        """Return a page of the voucher register, by office, day, kind and number."""
        path, after_on, after_kind, number = after or (None, None, None, None)
        asked = {
            "place_id": place.office_id,
            "path": place.path,
            "own": place.own,
            "from_on": span.from_on,
            "on": span.on,
            "voucher_kind": kind,
            "after_path": path,
            "after_on": after_on,
            "after_kind": after_kind,
            "after_number": number,
            "limit": limit,
        }
        return self._session.execute(_REGISTER, asked).mappings().all()

    def entry(self, entry_id: str, scope: Scope) -> RowMapping:
        """Return an entry.

        Raises:
            NotFound: there is none, or it is in no book of this caller's.
        """
        query = select(entries).where(entries.c.id == entry_id, scope.sees_office(entries.c.office_id))
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return row

    def papers(self, entry: RowMapping) -> RowMapping:
        """Return the voucher and the receipt of an entry, each where it has one."""
        return self._session.execute(_PAPERS, _this(entry)).mappings().one()

    def postings(self, entry: RowMapping, after: int, limit: int) -> Sequence[RowMapping]:
        """Return postings of an entry by their number, each with whose account it moved."""
        return (
            self._session.execute(_POSTINGS, _this(entry) | {"after": after, "limit": limit}).mappings().all()
        )

    def sheets(self, entry: RowMapping) -> Sequence[RowMapping]:
        """Return the sheets whose rows an entry booked."""
        return self._session.execute(_SHEETS, _this(entry)).mappings().all()

    def approvals(self, entry: RowMapping, also: Sequence[str]) -> Sequence[RowMapping]:
        """Return what was asked about an entry, and who decided.

        Args:
            entry: The entry.
            also: Whose approvals are its too: the hand-over's by which the money came.
        """
        asked = {"entry_id": entry["id"], "subjects": [entry["id"], *also]}
        return self._session.execute(_APPROVALS, asked).mappings().all()

    def handovers_of(self, entry: RowMapping) -> Sequence[str]:
        """Return the hand-overs of an entry's officer in its office that day or before, newest first."""
        query = select(handovers.c.id).where(
            handovers.c.officer_id == entry["officer_id"],
            handovers.c.office_id == entry["office_id"],
            handovers.c.on <= entry["business_on"],
        )
        newest = query.order_by(handovers.c.on.desc(), handovers.c.number.desc()).limit(50)
        return self._session.execute(newest).scalars().all()

    def undone_by(self, entry: RowMapping) -> Sequence[RowMapping]:
        """Return the entries that undid rows of an entry."""
        return self._session.execute(_UNDONE_BY, _this(entry)).mappings().all()


def _this(entry: RowMapping) -> dict[str, Any]:
    return {"entry_id": entry["id"], "business_on": entry["business_on"]}


def _of(period: Period, ledgers: Sequence[str], after: After) -> dict[str, Any]:
    return {
        "office_id": period.office_id,
        "from_on": period.from_on,
        "on": period.moment.on,
        "known_at": period.moment.known_at,
        "ledgers": list(ledgers),
        "after_on": after.on,
        "after_at": after.at,
        "after_id": after.entry_id,
    }
