"""Rules of classification and freezes as dated data, and the runs of branches."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.classes_errors import ClassRunNotFound
from contracts.transactions.classes_words import ClassRunState
from transactions.domain.chart import OfficeAccount
from transactions.domain.class_runs import ClassRun, Held
from transactions.domain.classes import ClassRule, ClassRules, Freeze, LoanClass
from transactions.models.classes import class_freezes, class_rules, class_runs
from transactions.models.metadata import ID
from transactions.models.projections import offices
from transactions.repository.scope import Scope

_RUN = tuple(class_runs.c[field.name] for field in fields(ClassRun))
_STANDS = class_runs.c.state != ClassRunState.CANCELLED
_HELD = text(
    """
    SELECT accounts.id, balance AS now,
           balance - coalesce((
               SELECT sum(CASE side WHEN grows_on THEN amount ELSE -amount END)::bigint FROM postings
                WHERE postings.account_id = accounts.id AND business_on > :on AND value_on > :on), 0) AS then
      FROM accounts WHERE id = ANY(CAST(:ids AS uuid[]))
    """
).columns(id=ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRules:
    """Rules as they are kept: with who proposed and who approved them; nobody, for what came with us."""

    id: str
    rules: ClassRules
    reason: str
    proposed_by: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFreeze:
    """A freeze as it is kept: with who proposed and who approved it."""

    id: str
    freeze: Freeze
    reason: str
    proposed_by: str | None = None
    approved_by: str | None = None


class ClassStore:
    """Dated rules, freezes, and one run a branch and month."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def rules(self) -> tuple[KeptRules, ...]:
        """Return all rules that were ever in force or will be, the newest first."""
        query = select(class_rules).order_by(class_rules.c.effective_on.desc())
        return tuple(_rules(row) for row in self._session.execute(query))

    def freezes(self) -> tuple[KeptFreeze, ...]:
        """Return all freezes, the newest first."""
        query = select(class_freezes).order_by(class_freezes.c.from_on.desc(), class_freezes.c.id)
        return tuple(
            KeptFreeze(
                id=row.id,
                freeze=Freeze(row.from_on, row.to_on),
                reason=row.reason,
                proposed_by=row.proposed_by,
                approved_by=row.approved_by,
            )
            for row in self._session.execute(query)
        )

    def add_rules(self, kept: KeptRules) -> bool:
        """Put rules in force from their day on.

        Returns:
            False where others begin on the same day.
        """
        rules = kept.rules
        statement = insert(class_rules).values(
            id=kept.id,
            effective_on=rules.effective_on,
            from_days=[rule.from_days for rule in rules.rules],
            provision_bps=[rule.provision_bps for rule in rules.rules],
            provision_months=list(rules.provision_months),
            reason=kept.reason,
            proposed_by=kept.proposed_by,
            approved_by=kept.approved_by,
            recorded_at=self._now,
        )
        added = statement.on_conflict_do_nothing().returning(class_rules.c.id)
        return self._session.execute(added).first() is not None

    def add_freeze(self, kept: KeptFreeze) -> None:
        """Keep a freeze."""
        self._session.execute(
            insert(class_freezes).values(
                id=kept.id,
                from_on=kept.freeze.from_on,
                to_on=kept.freeze.to_on,
                reason=kept.reason,
                proposed_by=kept.proposed_by,
                approved_by=kept.approved_by,
                recorded_at=self._now,
            )
        )

    def ask(self, run: ClassRun) -> bool:
        """Write a run down.

        Returns:
            False where its id is known, or its branch and month have one.
        """
        row = {field.name: getattr(run, field.name) for field in fields(ClassRun)}
        statement = insert(class_runs).values(**row).on_conflict_do_nothing().returning(class_runs.c.id)
        return self._session.execute(statement).first() is not None

    def find(self, run_id: str) -> ClassRun | None:
        """Return a run, whoever asks: for a request that is repeated."""
        row = self._session.execute(select(*_RUN).where(class_runs.c.id == run_id)).first()
        return _run(row) if row else None

    def run(self, run_id: str, scope: Scope) -> ClassRun:
        """Return a run.

        Raises:
            ClassRunNotFound: there is none, or not for this caller.
        """
        query = select(*_RUN).where(class_runs.c.id == run_id, scope.sees_office(class_runs.c.office_id))
        row = self._session.execute(query).first()
        if row is None:
            raise ClassRunNotFound
        return _run(row)

    def of_subtree(self, path: str, month: date, after: str | None, limit: int) -> tuple[ClassRun, ...]:
        """Return the next runs of a month in a subtree, by the place of their branch."""
        query = (
            select(*_RUN)
            .join(offices, offices.c.id == class_runs.c.office_id)
            .where(offices.c.path.startswith(path, autoescape=True), class_runs.c.month == month, _STANDS)
        )
        if after is not None:
            last = select(offices.c.path).join(class_runs, class_runs.c.office_id == offices.c.id)
            query = query.where(offices.c.path > last.where(class_runs.c.id == after).scalar_subquery())
        return tuple(_run(row) for row in self._session.execute(query.order_by(offices.c.path).limit(limit)))

    def of_month(self, office_id: str, month: date) -> ClassRun | None:
        """Return the run of a branch and month that was not cancelled."""
        query = select(*_RUN).where(class_runs.c.office_id == office_id, class_runs.c.month == month, _STANDS)
        row = self._session.execute(query).first()
        return _run(row) if row else None

    def cancelled(self, office_id: str, month: date) -> ClassRun | None:
        """Return the cancelled run of a branch and month that came furthest."""
        query = select(*_RUN).where(
            class_runs.c.office_id == office_id, class_runs.c.month == month, ~_STANDS
        )
        row = self._session.execute(query.order_by(class_runs.c.done.desc()).limit(1)).first()
        return _run(row) if row else None

    def cancel(self, run: ClassRun) -> None:
        """Keep that a run goes no further."""
        self._change(run, state=ClassRunState.CANCELLED, finished_at=self._now)

    def newest_month(self, office_id: str) -> date | None:
        """Return the latest month that was asked for in a branch."""
        query = select(func.max(class_runs.c.month)).where(class_runs.c.office_id == office_id, _STANDS)
        return self._session.execute(query).scalar()

    def finished_branches(self, path: str, month: date) -> int:
        """Return how many branches of a subtree have finished a month."""
        query = (
            select(func.count())
            .select_from(class_runs)
            .join(offices, offices.c.id == class_runs.c.office_id)
            .where(
                offices.c.path.startswith(path, autoescape=True),
                class_runs.c.month == month,
                class_runs.c.state == ClassRunState.FINISHED,
            )
        )
        return self._session.execute(query).scalar_one()

    def lock(self, run_id: str) -> ClassRun:
        """Return a run that is known, and that nobody else carries on until this transaction ends."""
        return _run(
            self._session.execute(select(*_RUN).where(class_runs.c.id == run_id).with_for_update()).one()
        )

    def went_on(self, run: ClassRun, done: int, after_id: str) -> None:
        """Keep how far a run has come."""
        self._change(run, done=run.done + done, after_id=after_id)

    def finish(self, run: ClassRun, *, needed: Paisa, booked: Paisa, advance: Paisa) -> None:
        """Keep what a run has booked at its end."""
        self._change(
            run,
            state=ClassRunState.FINISHED,
            finished_at=self._now,
            provision_needed=needed,
            provision_booked=booked,
            advance_booked=advance,
        )

    def held(self, accounts: tuple[OfficeAccount, ...], on: date) -> dict[str, Held]:
        """Return what accounts held by value date at the end of a day, and now, by id."""
        asked = {"ids": [account.id for account in accounts], "on": on}
        return {
            row.id: Held(then=Paisa(row.then), now=Paisa(row.now))
            for row in self._session.execute(_HELD, asked)
        }

    def _change(self, run: ClassRun, **values: Any) -> None:
        self._session.execute(update(class_runs).where(class_runs.c.id == run.id).values(**values))


def _run(row: Any) -> ClassRun:
    told = {field.name: getattr(row, field.name) for field in fields(ClassRun)}
    return ClassRun(**{**told, "state": ClassRunState(row.state)})


def _rules(row: Any) -> KeptRules:
    rules = zip(LoanClass, row.from_days, row.provision_bps, strict=True)
    return KeptRules(
        id=row.id,
        rules=ClassRules(
            row.effective_on, tuple(ClassRule(*one) for one in rules), tuple(row.provision_months)
        ),
        reason=row.reason,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
    )
