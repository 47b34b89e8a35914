"""Years that were closed, and what a closing needs to know."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.book_errors import YearClosingNotFound
from transactions.domain.book.years import FiscalYear, Signed
from transactions.domain.days import OpenDay
from transactions.domain.statements import LedgerTotal
from transactions.models.days import days
from transactions.models.metadata import ID
from transactions.models.projections import offices
from transactions.models.remittances import year_closings

_VALUED = text(
    """
    WITH closed AS (
        SELECT max("on") AS "on" FROM day_totals WHERE office_id = :office_id AND "on" <= :value_on
    )
    SELECT ledger, sum(debits)::bigint AS debits, sum(credits)::bigint AS credits FROM (
        SELECT ledger, debits_to_date AS debits, credits_to_date AS credits
          FROM day_totals JOIN closed USING ("on") WHERE office_id = :office_id
         UNION ALL
        SELECT coalesce(accounts.booked_under, accounts.ledger),
               CASE postings.side WHEN 'debit' THEN postings.amount ELSE 0 END,
               CASE postings.side WHEN 'credit' THEN postings.amount ELSE 0 END
          FROM entries
          JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
          JOIN accounts ON accounts.id = postings.account_id
         WHERE entries.office_id = :office_id AND entries.value_on <= :value_on
           AND entries.business_on > coalesce((SELECT "on" FROM closed), '-infinity')
    ) AS moved GROUP BY ledger ORDER BY ledger
    """
)


_BELOW = text(
    """
    SELECT offices.id,
           EXISTS (SELECT FROM days WHERE days.office_id = offices.id AND days.on > :ends_on)
           AND EXISTS (SELECT FROM month_ends
                        WHERE month_ends.office_id = offices.id AND month_ends.month = :last_month
                          AND month_ends.state = 'closed') AS ready
      FROM offices
     WHERE starts_with(offices.path, :path)
       AND EXISTS (SELECT FROM days WHERE days.office_id = offices.id AND days.on <= :ends_on)
       AND NOT EXISTS (SELECT FROM year_closings
                        WHERE year_closings.office_id = offices.id AND year_closings.year >= :year)
     ORDER BY offices.path
    """
).columns(id=ID)


class YearStore:
    """The ends of fiscal years."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def valued_until(self, office_id: str, on: date) -> tuple[LedgerTotal, ...]:
        """Return what each ledger moved with a value date up to a day, whichever day booked it.

        What was booked by then was valued by then (rule M2): the totals of the last day that was closed by
        then are the beginning, and only what was booked later is looked through.
        """
        rows = self._session.execute(_VALUED, {"office_id": office_id, "value_on": on})
        return tuple(LedgerTotal(row.ledger, row.debits, row.credits) for row in rows)

    def check_now(self) -> None:
        """Let the database look at these entries now, while their day is open, not at the end."""
        self._session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    def newest(self, office_id: str) -> str | None:
        """Return the last year that an office has closed."""
        query = select(func.max(year_closings.c.year)).where(year_closings.c.office_id == office_id)
        return self._session.execute(query).scalar()

    def add(self, year: FiscalYear, day: OpenDay, signed: Signed, surplus: Paisa) -> bool:
        """Write that a year is closed.

        Returns:
            False where it is closed already.
        """
        statement = (
            insert(year_closings)
            .values(
                office_id=day.office_id,
                year=year.name,
                id=signed.id,
                value_on=year.ends_on,
                business_on=day.on,
                surplus=surplus,
                maker_id=signed.maker_id,
                checker_id=signed.checker_id,
                recorded_at=self._now,
            )
            .on_conflict_do_nothing()
            .returning(year_closings.c.id)
        )
        return self._session.execute(statement).first() is not None

    def get(self, office_id: str, year: str) -> Mapping[Any, Any]:
        """Return an office's closing of a year.

        Raises:
            YearClosingNotFound: it is not closed there.
        """
        query = select(year_closings).where(
            year_closings.c.office_id == office_id, year_closings.c.year == year
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise YearClosingNotFound
        return row

    def standing_below(self, path: str, year: FiscalYear) -> tuple[tuple[str, ...], int]:
        """Return the offices of a subtree whose year can be closed now, and how many others still have to."""
        asked = {
            "path": path,
            "year": year.name,
            "ends_on": year.ends_on,
            "last_month": year.last_month,
        }
        rows = self._session.execute(_BELOW, asked).all()
        return tuple(row.id for row in rows if row.ready), sum(1 for row in rows if not row.ready)

    def of_subtree(self, path: str, year: FiscalYear, after: str | None, limit: int) -> Sequence[RowMapping]:
        """Return offices below a place that posted by the year's end, each with its closing, by place."""
        worked = select(days.c.office_id).where(days.c.on <= year.ends_on).distinct()
        query = (
            select(
                offices.c.id.label("office_id"),
                offices.c.name_bn,
                offices.c.name_en,
                year_closings.c.business_on,
                year_closings.c.surplus,
            )
            .outerjoin(
                year_closings,
                (year_closings.c.office_id == offices.c.id) & (year_closings.c.year == year.name),
            )
            .where(offices.c.path.startswith(path, autoescape=True), offices.c.id.in_(worked))
        )
        if after is not None:
            last = select(offices.c.path).where(offices.c.id == after).scalar_subquery()
            query = query.where(offices.c.path > last)
        return self._session.execute(query.order_by(offices.c.path).limit(limit)).mappings().all()
