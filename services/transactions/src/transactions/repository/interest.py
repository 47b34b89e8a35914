"""Runs of interest: how far they have come, the accounts that earn, and what was counted for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.interest_errors import InterestRunNotFound
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from transactions.domain.chart import SAVINGS_LEDGERS
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.earning import Earner
from transactions.domain.savings.runs import InterestRun, Share
from transactions.models.collection import unallocated_receipts
from transactions.models.interest import interest_accruals, interest_postings, interest_runs
from transactions.models.ledger import accounts
from transactions.models.metadata import ID
from transactions.repository.recordset import insert_rows
from transactions.repository.scope import Scope

EARNERS = text(
    """
    SELECT accounts.id AS account_id, accounts.member_id, accounts.office_id, accounts.ledger,
           coalesce(accounts.opened_on, accounts.opened_at::date) AS opened_on, accounts.dormant_since,
           account_terms.terms, counted.through_on AS counted_to,
           coalesce(accrued.amount, 0)::bigint AS provided, accrued.last_month
      FROM accounts
      JOIN account_terms
        ON account_terms.account_id = accounts.id AND account_terms.version = accounts.terms_version
      LEFT JOIN LATERAL (
               SELECT max(through_on) AS through_on FROM interest_postings
                WHERE interest_postings.account_id = accounts.id
           ) AS counted ON true
      LEFT JOIN LATERAL (
               SELECT sum(amount) FILTER (WHERE month <= :month) AS amount, max(month) AS last_month
                 FROM interest_accruals
                WHERE interest_accruals.account_id = accounts.id
                  AND (counted.through_on IS NULL OR month > counted.through_on)
           ) AS accrued ON true
     WHERE accounts.id = ANY(CAST(:account_ids AS uuid[])) AND accounts.ledger = ANY(:savings)
     ORDER BY accounts.id
    """
).columns(account_id=ID, member_id=ID, office_id=ID)

_MOVEMENTS = text(
    """
    SELECT moved.account_id, array_agg(moved.value_on ORDER BY moved.value_on) AS days,
           array_agg(moved.amount ORDER BY moved.value_on) AS amounts
      FROM (
               SELECT postings.account_id, postings.value_on,
                      sum(CASE side WHEN 'credit' THEN amount ELSE -amount END)::bigint AS amount
                 FROM unnest(CAST(:account_ids AS uuid[]), CAST(:since AS date[])) AS asked(id, since)
                 JOIN postings ON postings.account_id = asked.id AND postings.value_on > asked.since
                WHERE postings.business_on > CAST(:earliest AS date)
                GROUP BY postings.account_id, postings.value_on
           ) AS moved
     GROUP BY moved.account_id
    """
).columns(account_id=ID)

_ACCRUED = text(
    """
    SELECT asked.id, max(counted.through_on) AS counted_to,
           coalesce(sum(accruals.amount), 0)::bigint AS provided
      FROM unnest(CAST(:account_ids AS uuid[])) AS asked(id)
      LEFT JOIN LATERAL (
               SELECT max(through_on) AS through_on FROM interest_postings WHERE account_id = asked.id
           ) AS counted ON true
      LEFT JOIN interest_accruals AS accruals
        ON accruals.account_id = asked.id
       AND (counted.through_on IS NULL OR accruals.month > counted.through_on)
     GROUP BY asked.id
    """
).columns(id=ID)

_RUN = tuple(interest_runs.c[name] for name in InterestRun.__dataclass_fields__)


class InterestStore:
    """Interest on savings."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def ask(self, run: InterestRun) -> bool:
        """Write a run with how many accounts it will look at.

        Returns:
            False when its branch has one of this kind and month already, or the id is known.
        """
        row = asdict(run) | {"accounts": self._count(run.office_id)}
        statement = insert(interest_runs).values(**row).on_conflict_do_nothing()
        return self._session.execute(statement.returning(interest_runs.c.id)).first() is not None

    def find(self, run_id: str, scope: Scope) -> InterestRun | None:
        """Return a run; None where there is none for this caller."""
        query = select(*_RUN).where(
            interest_runs.c.id == run_id, scope.sees_office(interest_runs.c.office_id)
        )
        row = self._session.execute(query).mappings().first()
        return _run(row) if row else None

    def standing(self, office_id: str, kind: InterestRunKind, month: date) -> InterestRun | None:
        """Return the run of a branch, kind and month that was not cancelled."""
        query = select(*_RUN).where(
            interest_runs.c.office_id == office_id,
            interest_runs.c.kind == kind.value,
            interest_runs.c.month == month,
            interest_runs.c.state != InterestRunState.CANCELLED.value,
        )
        row = self._session.execute(query).mappings().first()
        return _run(row) if row else None

    def is_running(self, office_id: str, month: date) -> bool:
        """Tell whether interest of a branch's month is still being counted."""
        running = (
            interest_runs.c.office_id == office_id,
            interest_runs.c.month == month,
            interest_runs.c.state == InterestRunState.RUNNING.value,
        )
        return self._session.execute(select(interest_runs.c.id).where(*running)).first() is not None

    def lock(self, run_id: str, scope: Scope) -> InterestRun:
        """Return a run that nobody else carries on or cancels until this transaction ends.

        Raises:
            InterestRunNotFound: there is none for this caller.
        """
        query = select(*_RUN).where(
            interest_runs.c.id == run_id, scope.sees_office(interest_runs.c.office_id)
        )
        row = self._session.execute(query.with_for_update()).mappings().first()
        if row is None:
            raise InterestRunNotFound
        return _run(row)

    def runs_of(self, office_id: str, after: InterestRun | None, limit: int) -> tuple[InterestRun, ...]:
        """Return the runs of an office, the newest first."""
        query = select(*_RUN).where(interest_runs.c.office_id == office_id)
        if after is not None:
            query = query.where(
                tuple_(interest_runs.c.asked_at, interest_runs.c.id)
                < tuple_(literal(after.asked_at), literal(after.id, interest_runs.c.id.type))
            )
        newest = query.order_by(interest_runs.c.asked_at.desc(), interest_runs.c.id.desc()).limit(limit)
        return tuple(_run(row) for row in self._session.execute(newest).mappings())

    def write(self, run: InterestRun) -> None:
        """Write how far a run has come; one that does not run any more has ended now."""
        ended = None if run.state is InterestRunState.RUNNING else self._now
        self._session.execute(
            update(interest_runs)
            .where(interest_runs.c.id == run.id)
            .values(
                state=run.state.value,
                after_account=run.after_account,
                looked_at=run.looked_at,
                moved=run.moved,
                amount=run.amount,
                finished_at=ended,
            )
        )

    def unallocated(self, office_id: str, through: date) -> int:
        """Return how many receipts up to a day have no account yet."""
        query = select(func.count()).where(
            unallocated_receipts.c.office_id == office_id,
            unallocated_receipts.c.state == "open",
            unallocated_receipts.c.value_on <= through,
        )
        return int(self._session.execute(query).scalar_one())

    def next_accounts(self, run: InterestRun, limit: int) -> tuple[str, ...]:
        """Return the open savings accounts that a run looks at next, by id."""
        query = select(accounts.c.id).where(*_savings_of(run.office_id))
        if run.after_account is not None:
            query = query.where(accounts.c.id > run.after_account)
        return tuple(self._session.execute(query.order_by(accounts.c.id).limit(limit)).scalars())

    def earners(self, run: InterestRun, balances: Mapping[str, int]) -> tuple[Earner, ...]:
        """Return those of some accounts for which a run has something to count: nothing is counted twice.

        Args:
            run: The run that looks at them.
            balances: How each stands, in paisa; the caller keeps others from posting on them.
        """
        values = {"account_ids": list(balances), "month": run.month, "savings": sorted(SAVINGS_LEDGERS)}
        rows = [row for row in self._session.execute(EARNERS, values).mappings() if not _is_counted(run, row)]
        since = {row["account_id"]: row["counted_to"] or date.min for row in rows}
        moved = self._movements(since)
        return tuple(_earner(row, balances, moved.get(row["account_id"], ())) for row in rows)

    def keep_accruals(self, run: InterestRun, shares: Sequence[Share]) -> None:
        """Write what a month adds to what is put aside for each account."""
        insert_rows(
            self._session,
            interest_accruals,
            [
                {
                    "account_id": share.account_id,
                    "month": run.month,
                    "run_id": run.id,
                    "office_id": run.office_id,
                    "amount": share.amount,
                }
                for share in shares
            ],
        )

    def keep_postings(self, run: InterestRun, shares: Sequence[Share]) -> None:
        """Write up to which day interest of each account is credited."""
        insert_rows(
            self._session,
            interest_postings,
            [
                {
                    "account_id": share.account_id,
                    "through_on": run.through,
                    "run_id": run.id,
                    "office_id": run.office_id,
                    "amount": share.amount,
                    "provided": share.provided,
                }
                for share in shares
            ],
        )

    def counted(self, account_ids: Collection[str]) -> dict[str, tuple[date | None, Paisa]]:
        """Return up to which day each account's interest is credited, and what is put aside for it since."""
        rows = self._session.execute(_ACCRUED, {"account_ids": list(account_ids)})
        return {row.id: (row.counted_to, Paisa(row.provided)) for row in rows}

    def _count(self, office_id: str) -> int:
        query = select(func.count()).select_from(accounts).where(*_savings_of(office_id))
        return int(self._session.execute(query).scalar_one())

    def _movements(self, since: Mapping[str, date]) -> dict[str, tuple[Movement, ...]]:
        if not since:
            return {}
        values = {
            "account_ids": list(since),
            "since": list(since.values()),
            "earliest": min(since.values()),
        }
        return {
            row.account_id: tuple(map(Movement, row.days, row.amounts))
            for row in self._session.execute(_MOVEMENTS, values)
        }


def _savings_of(office_id: str) -> tuple[Any, ...]:
    return (
        accounts.c.office_id == office_id,
        accounts.c.member_id.is_not(None),
        ~accounts.c.closed,
        accounts.c.ledger.in_(SAVINGS_LEDGERS),
    )


def _is_counted(run: InterestRun, row: Mapping[Any, Any]) -> bool:
    """Tell whether an account's interest of the run's month was credited, or put aside, before."""
    if row["counted_to"] is not None and row["counted_to"] >= run.through:
        return True
    provision = run.kind is InterestRunKind.PROVISION
    return provision and row["last_month"] is not None and row["last_month"] >= run.month


def _earner(row: Mapping[Any, Any], balances: Mapping[str, int], moved: Sequence[Movement]) -> Earner:
    later = sum(movement.amount for movement in moved)
    return Earner(
        agreement=agreement_of(row),
        opening=balances[row["account_id"]] - later,
        movements=moved,
        counted_to=row["counted_to"],
        provided=Paisa(row["provided"]),
    )


def agreement_of(row: Mapping[Any, Any]) -> Agreement:
    """Return the terms under which an account earns."""
    names = ("account_id", "member_id", "office_id", "ledger", "opened_on", "dormant_since", "terms")
    return Agreement(**{name: row[name] for name in names})


def _run(row: Mapping[Any, Any]) -> InterestRun:
    return InterestRun(
        **{**row, "kind": InterestRunKind(row["kind"]), "state": InterestRunState(row["state"])}
    )
