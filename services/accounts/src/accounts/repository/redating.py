"""Agreed schedules that a holiday or a samity's new day would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.holidays import Holiday
from accounts.domain.lending.schedule import Row
from accounts.models import agreed_schedules, loans, members, offices, samities
from accounts.repository.rows import every, find_one
from chassis.work import Work
from contracts.accounts.loan_words import LoanState
from contracts.money import Paisa
from contracts.transactions.lending_words import ScheduleReason

_newest = (
    sa.select(agreed_schedules.c.loan_id, sa.func.max(agreed_schedules.c.version).label("version"))
    .group_by(agreed_schedules.c.loan_id)
    .subquery("newest")
)
_RUNNING = (
    agreed_schedules.join(
        _newest,
        sa.and_(
            _newest.c.loan_id == agreed_schedules.c.loan_id,
            _newest.c.version == agreed_schedules.c.version,
        ),
    )
    .join(loans, loans.c.id == agreed_schedules.c.loan_id)
    .join(members, members.c.id == loans.c.member_id)
    .join(samities, samities.c.id == members.c.samity_id)
    .join(offices, offices.c.id == samities.c.branch_id)
)
"""Running loans with the version of their schedule that is in force, and where their members are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSchedule:
    """The schedule in force of a loan, with whose it is and under which product it was made."""

    loan_id: str
    samity_id: str
    branch_id: str
    product_code: str
    product_version: int
    plan_code: str
    disbursed_on: date
    version: int
    begins_on: date
    apr_percent: str
    rows: tuple[Row, ...]


class RedatingStore:
    """Schedules in force, whoever asks: holidays and new days concern all loans of a place."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def due_on(self, holiday: Holiday) -> dict[str, str]:
        """Return the running loans with something due on a holiday where it holds, each with its samity."""
        query = sa.select(loans.c.id, samities.c.id.label("samity_id")).select_from(_RUNNING)
        rows = every(self._session, query.where(*_hit_by(holiday)))
        return {row["id"]: row["samity_id"] for row in rows}

    def next_hit(self, holiday: Holiday, after: str | None, limit: int) -> Sequence[str]:
        """Return the next running loans that a holiday hits, by id: those that were moved are hit no more."""
        query = sa.select(loans.c.id).select_from(_RUNNING).where(*_hit_by(holiday))
        return self._page(query, after, limit)

    def next_of_samity(self, samity_id: str, from_on: date, after: str | None, limit: int) -> Sequence[str]:
        """Return the next running loans of a samity with something due from a day on, by id."""
        later = agreed_schedules.c.due_on[sa.func.cardinality(agreed_schedules.c.due_on)] >= from_on
        query = (
            sa.select(loans.c.id)
            .select_from(_RUNNING)
            .where(loans.c.state == LoanState.DISBURSED, samities.c.id == samity_id, later)
        )
        return self._page(query, after, limit)

    def _page(self, query: sa.Select[Any], after: str | None, limit: int) -> Sequence[str]:
        if after is not None:
            query = query.where(loans.c.id > after)
        return [row[0] for row in self._session.execute(query.order_by(loans.c.id).limit(limit))]

    def hold(self, loan_id: str) -> RunningSchedule | None:
        """Return the schedule in force of a loan and keep it to oneself; None where the loan has ended."""
        held = sa.select(loans.c.id).where(loans.c.id == loan_id, loans.c.state == LoanState.DISBURSED)
        if self._session.execute(held.with_for_update()).first() is None:
            return None
        query = (
            sa.select(
                loans.c.id.label("loan_id"),
                samities.c.id.label("samity_id"),
                samities.c.branch_id,
                loans.c.product_code,
                loans.c.product_version,
                loans.c.plan_code,
                loans.c.disbursed_on,
                agreed_schedules.c.version,
                agreed_schedules.c.begins_on,
                agreed_schedules.c.apr_percent,
                agreed_schedules.c.due_on,
                agreed_schedules.c.principal,
                agreed_schedules.c.charge,
            )
            .select_from(_RUNNING)
            .where(loans.c.id == loan_id)
        )
        row = find_one(self._session, query)
        if row is None:
            return None
        plain = dict(row)
        amounts = (plain.pop("due_on"), plain.pop("principal"), plain.pop("charge"))
        plain["apr_percent"] = f"{plain['apr_percent']:f}"
        return RunningSchedule(**plain, rows=_rows(*amounts))

    def replace(self, running: RunningSchedule, rows: Sequence[Row], reason: ScheduleReason) -> int:
        """Write the next version of a held schedule; what it costs a year stays as it was agreed (L2).

        Returns:
            The version.
        """
        version = running.version + 1
        self._session.execute(
            sa.insert(agreed_schedules).values(
                loan_id=running.loan_id,
                version=version,
                reason=reason,
                begins_on=running.begins_on,
                due_on=[row.due_on for row in rows],
                principal=[row.principal for row in rows],
                charge=[row.charge for row in rows],
                apr_percent=running.apr_percent,
                made_by=self._work.actor.person_id,
                made_at=self._work.now,
            )
        )
        return version


def _hit_by(holiday: Holiday) -> tuple[sa.ColumnElement[bool], ...]:
    declaring = sa.select(offices.c.path).where(offices.c.id == holiday.office_id)
    place = (
        sa.func.starts_with(offices.c.path, declaring.scalar_subquery())
        if holiday.samity_id is None
        else samities.c.id == holiday.samity_id
    )
    due = agreed_schedules.c.due_on.overlap(sa.cast(list(holiday.days), agreed_schedules.c.due_on.type))
    return loans.c.state == LoanState.DISBURSED, place, due


def _rows(due_on: Sequence[date], principal: Sequence[int], charge: Sequence[int]) -> tuple[Row, ...]:
    balance, rows = sum(principal), []
    for number, (day, part, cost) in enumerate(zip(due_on, principal, charge, strict=True), start=1):
        balance -= part
        rows.append(Row(number, day, Paisa(part), Paisa(cost), Paisa(balance)))
    return tuple(rows)
