"""The age of loans on any day, in sets: what is due from the schedule, what is paid from the book (D5, D6).

An earlier day is the balance of today without what was valued later; a value date is never after the business
day (rule M2), so that only the months since are looked at.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select, text

from chassis.work import Work
from contracts.money import Paisa
from transactions.domain.chart import Ledgers
from transactions.domain.class_runs import ClassRun
from transactions.domain.classes import (
    ClassRules,
    ClassTotal,
    LoanClass,
    class_at,
    freeze_over,
    rules_in_force,
)
from transactions.models.classes import class_totals
from transactions.models.metadata import ID
from transactions.repository.classes import ClassStore

_RUNNING = """
    office_id = :office_id AND disbursed_on <= :on AND (CAST(:after AS uuid) IS NULL OR id > :after)
"""
_NEXT = text(
    f"""
    SELECT id FROM (
        (SELECT id FROM loans WHERE status = 'running' AND {_RUNNING} ORDER BY id LIMIT :limit)
        UNION ALL
        (SELECT id FROM loans WHERE ended_on > :on AND {_RUNNING} ORDER BY id LIMIT :limit)
    ) AS loans ORDER BY id LIMIT :limit
    """  # noqa: S608 - only names of our own parameters
).columns(id=ID)

_COUNT = text(
    """
    SELECT count(*) FROM loans
     WHERE office_id = :office_id AND disbursed_on <= :on AND (status = 'running' OR ended_on > :on)
    """
)


def _later(account_id: str, side: str, on: str) -> str:
    """What an account that grows on a side was moved by after a day."""
    return f"""coalesce((
        SELECT sum(CASE side WHEN '{side}' THEN amount ELSE -amount END)::bigint FROM postings
         WHERE postings.account_id = {account_id} AND business_on > :{on} AND value_on > :{on}), 0)"""  # noqa: S608 - only names of our own parameters


def _book(on: str) -> str:
    """Loans with what was outstanding and what charge was paid at the end of a day, in whichever book (L6).

    `OFFSET 0` keeps the planner from asking for the postings again wherever an amount is used.
    """
    return f"""
    SELECT loans.id AS loan_id, least(CAST(:{on} AS date), members.deceased_on) AS until_on,
           loans.principal, loans.schedule_version, loans.kept_class,
           held.outstanding,
           coalesce((
               SELECT sum(charged.balance - {_later("charged.id", "credit", on)})::bigint
                 FROM accounts AS charged
                WHERE charged.owner_id = loans.id AND charged.ledger = :charge_ledger), 0) AS charge_paid
      FROM asked
      JOIN loans ON loans.id = asked.loan_id AND loans.disbursed_on <= :{on}
      CROSS JOIN LATERAL (
        SELECT sum(each.balance - {_later("each.id", "debit", on)})::bigint AS outstanding
          FROM (SELECT loans.account_id AS id
                 UNION ALL
                SELECT account_id FROM transferred_accounts WHERE loan_id = loans.id) AS past
          JOIN accounts AS each ON each.id = past.id
      ) AS held
      LEFT JOIN members ON members.id = loans.member_id
    OFFSET 0
    """  # noqa: S608 - only names of our own parameters


def _standing(on: str) -> str:
    """The same beside the schedule that was in force then, and what a reschedule promised."""
    return f"""
    SELECT book.*, schedule.version AS version_then, schedule.due_on, schedule.principal AS due,
           schedule.charge AS due_charge,
           book.principal - book.outstanding AS paid, promise.good_instalments, promise.kept_from
      FROM ({_book(on)}) AS book
      CROSS JOIN LATERAL (
        SELECT version, due_on, principal, charge FROM loan_schedules
         WHERE loan_schedules.loan_id = book.loan_id AND version <= book.schedule_version
         ORDER BY recorded_on <= :{on} DESC,
                  CASE WHEN recorded_on <= :{on} THEN version ELSE -version END DESC
         LIMIT 1
      ) AS schedule
      LEFT JOIN LATERAL (
        SELECT good_instalments, recorded_on AS kept_from FROM loan_schedules
         WHERE loan_schedules.loan_id = book.loan_id AND good_instalments > 0
         ORDER BY version DESC LIMIT 1
      ) AS promise ON book.kept_class IS NOT NULL
    """  # noqa: S608 - only names of our own parameters


def aged(on: str) -> str:
    """Return the question for loans of `asked` as they stood at the end of a day.

    A loan of who died gets no older than on the day of her death (rule L5). A rescheduled loan keeps its
    class until so many instalments that fell due since are paid (domain 4.9).

    Args:
        on: The name of the parameter that says which day.
    """
    return f"""
    SELECT standing.*,
           greatest(0, coalesce(due[width_bucket(until_on - 1, due_on)], 0) - paid) AS overdue,
           greatest(0, charge_paid - coalesce(due_charge[width_bucket(CAST(:{on} AS date), due_on)], 0))
               AS charge_advance,
           CASE WHEN good_instalments IS NULL THEN kept_class
                WHEN kept_from <= :{on} AND good_instalments
                     > greatest(0, width_bucket(paid, due) - width_bucket(kept_from, due_on)) THEN kept_class
           END AS kept,
           CASE WHEN due_on[width_bucket(paid, due) + 1] < until_on
                THEN due_on[width_bucket(paid, due) + 1] END
               AS oldest_unpaid_on
      FROM ({_standing(on)}) AS standing
    """  # noqa: S608 - only names of our own parameters


def days(alias: str, on: str) -> str:
    """Return how many days past its oldest unpaid instalment a loan was on a day."""
    return f"coalesce(least(CAST(:{on} AS date), {alias}.until_on) - {alias}.oldest_unpaid_on, 0)"


_ASKED = "asked AS (SELECT unnest(CAST(:loan_ids AS uuid[])) AS loan_id)"

_AGES = text(
    f"""
    WITH {_ASKED}, aged AS ({aged("on")})
    SELECT loan_id, outstanding, overdue, charge_advance, oldest_unpaid_on, {days("aged", "on")} AS days, kept
      FROM aged
    """  # noqa: S608 - only names of our own parameters
).columns(loan_id=ID)


def _class_after(how_many: str) -> str:
    return f"width_bucket({how_many}, CAST(:from_days AS integer[])) - 1"


_WRITE = text(
    f"""
    WITH {_ASKED}, aged AS MATERIALIZED ({aged("on")}), eve AS MATERIALIZED (
        SELECT loan_id, {days("before", "eve")} AS days FROM ({aged("eve")}) AS before
         WHERE CAST(:eve AS date) IS NOT NULL
    )
    INSERT INTO loan_classes
           (month, loan_id, office_id, product_code, fund, sex, loan_class, days, days_frozen, kept_class,
            outstanding, overdue, charge_advance)
    SELECT :month, aged.loan_id, :office_id, loans.product_code, loans.fund, loans.sex,
           greatest(
               coalesce(aged.kept, 0),
               CASE WHEN CAST(:eve AS date) IS NULL THEN {_class_after(days("aged", "on"))}
                    ELSE least({_class_after(days("aged", "on"))}, {_class_after("coalesce(eve.days, 0)")})
               END),
           {days("aged", "on")}, eve.days, aged.kept, outstanding, overdue, charge_advance
      FROM aged
      JOIN loans ON loans.id = aged.loan_id
      LEFT JOIN eve ON eve.loan_id = aged.loan_id
     WHERE outstanding > 0
    ON CONFLICT DO NOTHING
    """  # noqa: S608 - only names of our own parameters
)

_WRITE_TOTALS = text(
    """
    INSERT INTO class_totals
           (office_id, month, product_code, fund, sex, loan_class, loans, outstanding, overdue, at_risk,
            provision)
    SELECT office_id, month, product_code, fund, sex, loan_class, count(*), sum(outstanding), sum(overdue),
           coalesce(sum(outstanding) FILTER (WHERE days > 0), 0),
           (2 * sum(outstanding) * (CAST(:provision_bps AS bigint[]))[loan_class + 1] + 10000)::bigint / 20000
      FROM loan_classes WHERE office_id = :office_id AND month = :month
     GROUP BY office_id, month, product_code, fund, sex, loan_class
    """
)

_ADVANCES = text(
    """
    SELECT product_code, sum(charge_advance)::bigint AS advance
      FROM loan_classes WHERE office_id = :office_id AND month = :month GROUP BY product_code
    """
)

_OF_BRANCH = select(*(class_totals.c[field.name] for field in fields(ClassTotal))).where(
    class_totals.c.office_id == bindparam("office_id"), class_totals.c.month == bindparam("month")
)

_TOTALS = text(
    """
    SELECT class_totals.product_code, fund, sex, loan_class, sum(loans)::integer AS loans,
           sum(outstanding)::bigint AS outstanding, sum(overdue)::bigint AS overdue,
           sum(at_risk)::bigint AS at_risk, sum(provision)::bigint AS provision
      FROM class_totals JOIN offices ON offices.id = class_totals.office_id
     WHERE starts_with(offices.path, :path) AND month = :month
     GROUP BY class_totals.product_code, fund, sex, loan_class
     ORDER BY class_totals.product_code, fund, sex, loan_class
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old a loan was at the end of a day; amounts in paisa."""

    loan_id: str
    outstanding: Paisa
    overdue: Paisa
    charge_advance: Paisa
    oldest_unpaid_on: date | None
    days: int
    kept: LoanClass | None


class AgeingStore:
    """Loans by age: of any day, and as a run of a month writes them down."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._data = ClassStore(work)

    def ages(self, loan_ids: Collection[str], on: date) -> dict[str, Age]:
        """Return how old loans were at the end of a day; one that was not paid out by then is left out."""
        values = {"loan_ids": list(loan_ids), "on": on, "charge_ledger": Ledgers.SERVICE_CHARGE.code}
        rows = self._session.execute(_AGES, values).mappings()
        return {row["loan_id"]: _age(row) for row in rows}

    def classes(self, loan_ids: Collection[str], on: date) -> dict[str, LoanClass]:
        """Return the classes of loans at the end of a day, by the rules and the freeze of that day."""
        rules = rules_in_force((kept.rules for kept in self._data.rules()), on)
        freeze = freeze_over((kept.freeze for kept in self._data.freezes()), on)
        before = self.ages(loan_ids, freeze.from_on - timedelta(days=1)) if freeze else {}
        return {
            loan_id: class_at(
                age.days, rules, kept=age.kept, days_frozen=_days_frozen(loan_id, before) if freeze else None
            )
            for loan_id, age in self.ages(loan_ids, on).items()
        }

    def count(self, office_id: str, on: date) -> int:
        """Return how many loans of an office were running on a day."""
        return int(self._session.execute(_COUNT, {"office_id": office_id, "on": on}).scalar_one())

    def next_loans(self, run: ClassRun, limit: int) -> tuple[str, ...]:
        """Return the next loans of a run: those that were running at its month's end, by id."""
        values = {"office_id": run.office_id, "on": run.value_on, "after": run.after_id, "limit": limit}
        return tuple(self._session.execute(_NEXT, values).scalars())

    def write_classes(self, run: ClassRun, rules: ClassRules, loan_ids: Sequence[str]) -> None:
        """Write loans down as they stood at the month's end; one that is written already stays as it is."""
        self._session.execute(
            _WRITE,
            {
                "loan_ids": list(loan_ids),
                "office_id": run.office_id,
                "month": run.month,
                "on": run.value_on,
                "eve": run.eve_of_freeze,
                "from_days": [rule.from_days for rule in rules.rules],
                "charge_ledger": Ledgers.SERVICE_CHARGE.code,
            },
        )

    def write_totals(self, run: ClassRun, rules: ClassRules) -> None:
        """Write the totals of a run whose loans are all classed; each is provided for as one."""
        bps = [rule.provision_bps for rule in rules.rules]
        self._session.execute(
            _WRITE_TOTALS, {"office_id": run.office_id, "month": run.month, "provision_bps": bps}
        )

    def totals_of_branch(self, run: ClassRun) -> tuple[ClassTotal, ...]:
        """Return the totals that a run has written."""
        rows = self._session.execute(_OF_BRANCH, {"office_id": run.office_id, "month": run.month}).mappings()
        return tuple(_total(row) for row in rows)

    def products(self, run: ClassRun) -> tuple[str, ...]:
        """Return the products of which a branch ever had a loan at a month's end."""
        query = select(class_totals.c.product_code).where(class_totals.c.office_id == run.office_id)
        return tuple(self._session.execute(query.distinct().order_by(class_totals.c.product_code)).scalars())

    def totals(self, path: str, month: date) -> tuple[ClassTotal, ...]:
        """Return the totals of an office's subtree, by product, fund, sex and class."""
        rows = self._session.execute(_TOTALS, {"path": path, "month": month}).mappings()
        return tuple(_total(row) for row in rows)

    def advances(self, run: ClassRun) -> dict[str, Paisa]:
        """Return the charge that a run found paid before it is due, by product, in paisa."""
        rows = self._session.execute(_ADVANCES, {"office_id": run.office_id, "month": run.month})
        return {row.product_code: Paisa(row.advance) for row in rows}


def _total(row: Mapping[Any, Any]) -> ClassTotal:
    return ClassTotal(**{**row, "loan_class": LoanClass(row["loan_class"])})


def _age(row: Mapping[Any, Any]) -> Age:
    kept = row["kept"]
    return Age(**{**row, "kept": None if kept is None else LoanClass(kept)})


def _days_frozen(loan_id: str, before: Mapping[str, Age]) -> int:
    """Return how late a loan was on the eve of a freeze; a younger one was not."""
    return before[loan_id].days if loan_id in before else 0
