"""Totals of ledgers at the end of any day, as known at any moment, of an office or a subtree (D6, P12).

Whatever was closed by then answers from its day's totals; only what came after is summed from postings. An
office's last closed day is found first, so that the postings asked for lie between two dates and other
months' partitions are not looked into.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from transactions.domain.statements import LedgerTotal
from transactions.models.metadata import ID

FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose books are read together: one office's own, or those of all below it too.

    Attributes:
        office_id: Of which the caller's scope is known to see it, and so everything below its `path`.
        own: Whether only its own book is meant.
    """

    office_id: str
    path: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """As of which business day the books are read, and as known when (rule P12)."""

    on: date
    known_at: datetime = FOR_EVER


@dataclass(frozen=True, slots=True)
class Base:
    """From where an office's books are summed.

    Attributes:
        closed_on: Its last day that was closed by then; None where there was none.
        open_from: Its first day after that; None where everything is closed.
    """

    office_id: str
    closed_on: date | None
    open_from: date | None


_BASES = text(
    """
    SELECT offices.id AS office_id, closed."on" AS closed_on, fresh."on" AS open_from
      FROM offices
      LEFT JOIN LATERAL (
        SELECT days."on" FROM days
         WHERE days.office_id = offices.id AND days."on" <= :on
           AND days.status = 'closed' AND days.closed_at <= :known_at
         ORDER BY days."on" DESC LIMIT 1
      ) AS closed ON true
      LEFT JOIN LATERAL (
        SELECT days."on" FROM days
         WHERE days.office_id = offices.id AND days."on" <= :on
           AND days."on" > coalesce(closed."on", '-infinity')
         ORDER BY days."on" LIMIT 1
      ) AS fresh ON true
     WHERE CASE WHEN :own THEN offices.id = :office_id ELSE starts_with(offices.path, :path) END
       AND (closed."on" IS NOT NULL OR fresh."on" IS NOT NULL)
     ORDER BY offices.path
    """
).columns(office_id=ID)

_BASE = """
    unnest(CAST(:office_ids AS uuid[]), CAST(:bases AS date[])) AS base(office_id, "on")
"""


def _closed(by: str) -> TextClause:
    return text(
        f"""
        SELECT {by}, sum(debits_to_date)::bigint AS debits, sum(credits_to_date)::bigint AS credits,
               sum(received_to_date)::bigint AS received, sum(paid_to_date)::bigint AS paid
          FROM {_BASE}
          JOIN day_totals ON day_totals.office_id = base.office_id AND day_totals."on" = base."on"
         GROUP BY {by}
        """  # noqa: S608 - only names of our own columns
    )


FRESH = f"""
    SELECT entries.office_id, entries.business_on, postings.side, postings.amount,
           coalesce(accounts.booked_under, accounts.ledger) AS ledger,
           bool_or(accounts.ledger = ANY(:cash)) OVER (PARTITION BY postings.entry_id)
               AND accounts.ledger <> ALL(:cash) AS of_cash
      FROM {_BASE}
      JOIN entries ON entries.office_id = base.office_id
       AND entries.business_on > coalesce(base."on", '-infinity') AND entries.business_on <= :on
       AND entries.recorded_at <= :known_at
      JOIN postings ON postings.entry_id = entries.id AND postings.business_on = entries.business_on
       AND postings.business_on >= :since AND postings.business_on <= :on
      JOIN accounts ON accounts.id = postings.account_id
"""  # noqa: S608 - only names of our own columns

MOVED = """
    coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0)::bigint AS debits,
    coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0)::bigint AS credits,
    coalesce(sum(amount) FILTER (WHERE side = 'credit' AND of_cash), 0)::bigint AS received,
    coalesce(sum(amount) FILTER (WHERE side = 'debit' AND of_cash), 0)::bigint AS paid
"""


def _fresh(by: str) -> TextClause:
    return text(f"SELECT {by}, {MOVED} FROM ({FRESH}) AS fresh GROUP BY {by}")  # noqa: S608 - as above


_CLOSED, _CLOSED_BY_OFFICE = _closed("ledger"), _closed("base.office_id, ledger").columns(office_id=ID)
_FRESH, _FRESH_BY_OFFICE = _fresh("ledger"), _fresh("office_id, ledger").columns(office_id=ID)

_CLOSED_DAYS = text(
    f"""
    SELECT day_totals."on", sum(debits)::bigint AS debits, sum(credits)::bigint AS credits
      FROM {_BASE}
      JOIN day_totals ON day_totals.office_id = base.office_id
       AND day_totals."on" BETWEEN :from_on AND base."on" AND day_totals.ledger = ANY(:ledgers)
     GROUP BY day_totals."on"
    """  # noqa: S608 - only names of our own columns
)
_FRESH_DAYS = text(
    f"""
    SELECT business_on AS "on", {MOVED}
      FROM ({FRESH}) AS fresh
     WHERE business_on >= :from_on AND ledger = ANY(:ledgers) GROUP BY business_on
    """  # noqa: S608 - only names of our own columns
)

_CASH_DAYS = text(
    """
    SELECT business_on AS "on", sum(greatest(net, 0))::bigint AS received,
           sum(greatest(-net, 0))::bigint AS paid
      FROM (
        SELECT postings.business_on, postings.entry_id,
               sum(CASE postings.side WHEN 'debit' THEN amount ELSE -amount END) AS net
          FROM accounts
          JOIN postings ON postings.account_id = accounts.id AND postings.business_on BETWEEN :from_on AND :on
         WHERE accounts.office_id = ANY(CAST(:office_ids AS uuid[])) AND accounts.ledger = ANY(:ledgers)
         GROUP BY postings.business_on, postings.entry_id
      ) AS entries
     WHERE net <> 0 GROUP BY business_on ORDER BY business_on
    """
)

_NEWEST = text(
    """
    SELECT max(newest."on") FROM offices
     CROSS JOIN LATERAL (
        SELECT days."on" FROM days WHERE days.office_id = offices.id ORDER BY days."on" DESC LIMIT 1
     ) AS newest
     WHERE CASE WHEN :own THEN offices.id = :office_id ELSE starts_with(offices.path, :path) END
    """
)

_OF_KINDS = text(
    """
    SELECT coalesce(accounts.booked_under, accounts.ledger) AS ledger,
           coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0)::bigint AS debits,
           coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0)::bigint AS credits
      FROM entries
      JOIN postings ON postings.entry_id = entries.id AND postings.business_on = entries.business_on
       AND postings.business_on BETWEEN :from_on AND :on
      JOIN accounts ON accounts.id = postings.account_id
     WHERE entries.office_id = ANY(CAST(:office_ids AS uuid[])) AND entries.kind = 'year_closing'
       AND entries.business_on BETWEEN :from_on AND :on AND entries.recorded_at <= :known_at
     GROUP BY 1
    """
)


class TotalStore:
    """Sums over the same rows as the registers, at any moment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def newest(self, place: Place) -> date | None:
        """Return the newest business day of a place's offices; None where none has begun."""
        on: date | None = self._session.execute(_NEWEST, _of_place(place)).scalar()
        return on

    def bases(self, place: Place, moment: Moment) -> tuple[Base, ...]:
        """Return from where the books of a place's offices are summed, by path; none without a day."""
        asked = _of_place(place) | {"on": moment.on, "known_at": moment.known_at}
        rows = self._session.execute(_BASES, asked)
        return tuple(Base(row.office_id, row.closed_on, row.open_from) for row in rows)

    def totals(self, bases: Sequence[Base], moment: Moment, cash: frozenset[str]) -> tuple[LedgerTotal, ...]:
        """Return what the ledgers of offices moved until the end of a day; the same ledger may come twice.

        Args:
            bases: From where each is summed, of this very moment.
            moment: As of when.
            cash: The codes of cash ledgers, by which receipts and payments are told.
        """
        rows = [*self._session.execute(_CLOSED, _of_bases(bases))]
        if fresh := _of_fresh(bases, moment, cash):
            rows += self._session.execute(_FRESH, fresh)
        return tuple(_total(row) for row in rows)

    def totals_by_office(
        self, bases: Sequence[Base], moment: Moment, cash: frozenset[str]
    ) -> Mapping[str, tuple[LedgerTotal, ...]]:
        """Return the same for each office apart."""
        rows = [*self._session.execute(_CLOSED_BY_OFFICE, _of_bases(bases))]
        if fresh := _of_fresh(bases, moment, cash):
            rows += self._session.execute(_FRESH_BY_OFFICE, fresh)
        found: defaultdict[str, list[LedgerTotal]] = defaultdict(list)
        for row in rows:
            found[row.office_id].append(_total(row))
        return {office_id: tuple(totals) for office_id, totals in found.items()}

    def days(
        self, bases: Sequence[Base], moment: Moment, from_on: date, ledgers: Sequence[str]
    ) -> Mapping[date, tuple[int, int]]:
        """Return what ledgers were debited and credited on each day since a date, of all offices together."""
        asked = {"from_on": from_on, "ledgers": list(ledgers)}
        rows = [*self._session.execute(_CLOSED_DAYS, _of_bases(bases) | asked)]
        if fresh := _of_fresh(bases, moment, frozenset()):
            rows += self._session.execute(_FRESH_DAYS, fresh | asked)
        sums: dict[date, tuple[int, int]] = {}
        for row in rows:
            debits, credits_ = sums.get(row.on, (0, 0))
            sums[row.on] = debits + row.debits, credits_ + row.credits
        return {on: sums[on] for on in sorted(sums) if any(sums[on])}

    def cash_days(
        self, office_ids: Sequence[str], from_on: date, on: date, ledgers: Sequence[str]
    ) -> Mapping[date, tuple[int, int]]:
        """Return what came into some cash ledgers and what left them on each day, entry by entry.

        What an entry only moves from one of them to another is left out.
        """
        asked = {"office_ids": list(office_ids), "from_on": from_on, "on": on, "ledgers": list(ledgers)}
        return {row.on: (row.received, row.paid) for row in self._session.execute(_CASH_DAYS, asked)}

    def closing_of_years(
        self, office_ids: Sequence[str], from_on: date, moment: Moment
    ) -> tuple[LedgerTotal, ...]:
        """Return what the entries that close years moved between two business days: no income, no expense."""
        asked = {"office_ids": list(office_ids), "from_on": from_on, "on": moment.on}
        rows = self._session.execute(_OF_KINDS, asked | {"known_at": moment.known_at})
        return tuple(LedgerTotal(row.ledger, row.debits, row.credits) for row in rows)


def _of_place(place: Place) -> dict[str, Any]:
    return {"office_id": place.office_id, "path": place.path, "own": place.own}


def _of_bases(bases: Sequence[Base]) -> dict[str, Any]:
    return {"office_ids": [base.office_id for base in bases], "bases": [base.closed_on for base in bases]}


def _of_fresh(bases: Sequence[Base], moment: Moment, cash: frozenset[str]) -> dict[str, Any] | None:
    open_days = [base for base in bases if base.open_from is not None]
    if not open_days:
        return None
    since = min(base.open_from for base in open_days if base.open_from is not None)
    asked = {"on": moment.on, "known_at": moment.known_at, "since": since, "cash": sorted(cash)}
    return _of_bases(open_days) | asked


def _total(row: Any) -> LedgerTotal:
    return LedgerTotal(row.ledger, row.debits, row.credits, row.received, row.paid)
