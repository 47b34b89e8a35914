"""What a dashboard is counted from: running loans by officer and age, a day's collection, closed months."""

from datetime import date
from typing import Any

from sqlalchemy import text

from chassis.work import Work
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.models.metadata import ID
from transactions.repository.ageing import aged, days
from transactions.repository.reports.collection import DAILY

Rows = list[dict[str, Any]]

_BRANCHES = text("SELECT count(*) FROM offices WHERE level = 'branch' AND starts_with(path, :path)")

_LOANS = text(
    f"""
    WITH asked AS (
        SELECT loans.id AS loan_id
          FROM loans JOIN offices ON offices.id = loans.office_id
         WHERE starts_with(offices.path, :path) AND loans.disbursed_on <= :on
           AND (loans.status = 'running' OR loans.ended_on > :on)
    ), aged AS ({aged("on")})
    SELECT samities.officer_id, staff.name_bn AS officer_name_bn, staff.name_en AS officer_name_en,
           width_bucket({days("aged", "on")}, ARRAY[1, 31, 181, 366]) AS age,
           count(*) AS loans, sum(outstanding)::bigint AS outstanding
      FROM aged
      JOIN loans ON loans.id = aged.loan_id
      LEFT JOIN members ON members.id = loans.member_id
      LEFT JOIN samities ON samities.id = members.samity_id
      LEFT JOIN staff ON staff.id = samities.officer_id
     WHERE outstanding > 0
     GROUP BY samities.officer_id, staff.name_bn, staff.name_en, age
     ORDER BY staff.name_en, samities.officer_id, age
    """  # noqa: S608 - only texts of the house
).columns(officer_id=ID)

_COLLECTED = text(
    f"""
    SELECT officer_id, sum(overdue_before)::bigint AS overdue_before, sum(recoverable)::bigint AS recoverable,
           sum(collected_overdue)::bigint AS collected_overdue,
           sum(collected_regular)::bigint AS collected_regular,
           sum(collected_advance)::bigint AS collected_advance,
           sum(collected_savings)::bigint AS collected_savings
      FROM ({DAILY}) AS asked GROUP BY officer_id
    """  # noqa: S608 - only texts of the house
).columns(officer_id=ID)

_SAVINGS = text(
    """
    SELECT accounts.ledger, count(*) AS accounts, sum(accounts.balance)::bigint AS balance
      FROM accounts JOIN offices ON offices.id = accounts.office_id
     WHERE starts_with(offices.path, :path) AND accounts.ledger = ANY(:savings_ledgers)
       AND accounts.member_id IS NOT NULL AND NOT accounts.closed
     GROUP BY accounts.ledger ORDER BY accounts.ledger
    """
)

_MONTHS = text(
    """
    WITH told AS (
        SELECT snapshots.office_id, snapshots.month
          FROM snapshots JOIN offices ON offices.id = snapshots.office_id
         WHERE starts_with(offices.path, :path) AND snapshots.stage = 'finished'
           AND snapshots.month >= :first
    ), lent AS (
        SELECT month, sum(outstanding)::bigint AS outstanding, sum(recoverable)::bigint AS recoverable,
               sum(regular_recovered)::bigint AS collected_regular
          FROM told JOIN loan_snapshots USING (office_id, month) GROUP BY month
    ), classed AS (
        SELECT month, sum(at_risk)::bigint AS at_risk
          FROM told JOIN class_totals USING (office_id, month) GROUP BY month
    ), saved AS (
        SELECT month, sum(closing)::bigint AS savings
          FROM told JOIN savings_snapshots USING (office_id, month) GROUP BY month
    ), people AS (
        SELECT month, sum(members) AS members, sum(borrowers) AS borrowers
          FROM told JOIN member_snapshots USING (office_id, month) GROUP BY month
    )
    SELECT month, count(*) AS branches,
           coalesce(max(people.members), 0) AS members, coalesce(max(people.borrowers), 0) AS borrowers,
           coalesce(max(lent.outstanding), 0) AS outstanding, coalesce(max(classed.at_risk), 0) AS at_risk,
           coalesce(max(saved.savings), 0) AS savings, coalesce(max(lent.recoverable), 0) AS recoverable,
           coalesce(max(lent.collected_regular), 0) AS collected_regular
      FROM told
      LEFT JOIN lent USING (month) LEFT JOIN classed USING (month)
      LEFT JOIN saved USING (month) LEFT JOIN people USING (month)
     GROUP BY month ORDER BY month
    """
)

_CLASSES = text(
    """
    SELECT class_totals.loan_class AS age, sum(class_totals.loans) AS loans,
           sum(class_totals.outstanding)::bigint AS outstanding
      FROM class_totals
      JOIN snapshots USING (office_id, month)
      JOIN offices ON offices.id = class_totals.office_id
     WHERE starts_with(offices.path, :path) AND class_totals.month = :month AND snapshots.stage = 'finished'
     GROUP BY class_totals.loan_class
    """
)

_SAVED = text(
    """
    SELECT savings_snapshots.ledger, sum(savings_snapshots.accounts) AS accounts,
           sum(savings_snapshots.closing)::bigint AS balance
      FROM savings_snapshots
      JOIN snapshots USING (office_id, month)
      JOIN offices ON offices.id = savings_snapshots.office_id
     WHERE starts_with(offices.path, :path) AND savings_snapshots.month = :month
       AND snapshots.stage = 'finished'
     GROUP BY savings_snapshots.ledger ORDER BY savings_snapshots.ledger
    """
)


class DashboardStore:
    """Figures of an office and all branches below it; amounts in paisa."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def branches(self, path: str) -> int:
        """Return how many branches lie at or below a place in the tree."""
        return int(self._session.execute(_BRANCHES, {"path": path}).scalar_one())

    def loans(self, path: str, on: date) -> Rows:
        """Return loans with anything outstanding at the end of a day, by officer and age; `age` from 0 on."""
        return self._rows(_LOANS, path=path, on=on, charge_ledger=Ledgers.SERVICE_CHARGE.code)

    def collected(self, path: str, on: date) -> Rows:
        """Return what a day asked for and what came of it, by officer."""
        everybody = {"own_officer": None, "officer_id": None, "samity_id": None}
        ledgers = {
            "charge_ledger": Ledgers.SERVICE_CHARGE.code,
            "savings_ledgers": sorted(SAVINGS_LEDGERS),
        }
        return self._rows(_COLLECTED, path=path, on=on, **everybody, **ledgers)

    def savings(self, path: str) -> Rows:
        """Return the open savings accounts as they stand now, by ledger."""
        return self._rows(_SAVINGS, path=path, savings_ledgers=sorted(SAVINGS_LEDGERS))

    def months(self, path: str, first: date) -> Rows:
        """Return the closed months from one on, the oldest first."""
        return self._rows(_MONTHS, path=path, first=first)

    def classes(self, path: str, month: date) -> Rows:
        """Return the loans of a closed month by class, as `age`."""
        return self._rows(_CLASSES, path=path, month=month)

    def saved(self, path: str, month: date) -> Rows:
        """Return the savings of a closed month by ledger."""
        return self._rows(_SAVED, path=path, month=month)

    def _rows(self, question: Any, **asked: Any) -> Rows:
        return [dict(row) for row in self._session.execute(question, asked).mappings()]
