"""Loans as they are agreed: written once, carried from state to state, never taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.lending.loans import UNDECIDED, Loan
from accounts.domain.scope import Scope
from accounts.models import agreed_schedules, call_backs, loan_people, loans, members, samities
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.loan_words import LoanState
from contracts.errors import IdConflict, NotFound

PLACED_LOANS = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    loans, loans.c.member_id == members.c.id
)
"""Loans with their borrower, her samity and its branch, wherever she is now."""
_LOAN = tuple(loans.c[field.name] for field in fields(Loan))


class LoanStore:
    """Loans of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find(self, loan_id: str) -> Loan | None:
        """Return a loan, whoever asks: for a request that is repeated."""
        row = find_one(self._session, sa.select(*_LOAN).where(loans.c.id == loan_id))
        return None if row is None else _loan(row)

    def hold(self, scope: Scope, loan_id: str) -> Loan:
        """Return a loan and keep others from changing it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = sa.select(*_LOAN).select_from(PLACED_LOANS).where(loans.c.id == loan_id, samity_in(scope))
        row = find_one(self._session, query.with_for_update(of=loans))
        if row is None:
            raise NotFound(field="id")
        return _loan(row)

    def branch_of(self, scope: Scope, loan_id: str) -> str:
        """Return the branch in which the borrower of a loan is now.

        Raises:
            NotFound: there is no such loan in scope.
        """
        query = sa.select(samities.c.branch_id).select_from(PLACED_LOANS)
        branch_id = self._session.execute(query.where(loans.c.id == loan_id, samity_in(scope))).scalar()
        if branch_id is None:
            raise NotFound(field="subject_id")
        return str(branch_id)

    def get_held(self, loan_id: str) -> Loan:
        """Return a loan that is sure to be there, for steps and timers, and hold it."""
        return _loan(get_one(self._session, sa.select(*_LOAN).where(loans.c.id == loan_id).with_for_update()))

    def add(self, row: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> None:
        """Write a proposal with the people beside the borrower; what the row does not say of it is of now.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        made = {
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
            "state": LoanState.PROPOSED,
        }
        add(self._session, sa.insert(loans).values(made | dict(row)), {"loans_pkey": IdConflict()})
        if people:
            self._session.execute(sa.insert(loan_people), [dict(person) for person in people])

    def change(self, loan_id: str, **values: Any) -> None:
        """Write what became of a loan that is held."""
        self._session.execute(sa.update(loans).where(loans.c.id == loan_id).values(**values))

    def next_serial(self, member_id: str, product_code: str) -> int:
        """Return which of her loans of a product the next one is; whoever asks holds her."""
        query = sa.select(sa.func.coalesce(sa.func.max(loans.c.serial), 0) + 1)
        serial: int = self._session.execute(
            query.where(loans.c.member_id == member_id, loans.c.product_code == product_code)
        ).scalar_one()
        return serial

    def people_of(self, loan_id: str) -> list[Row]:
        """Return who stands beside the borrower, in the order of the form; of members also their names."""
        beside = members.alias("beside")
        query = (
            sa.select(
                loan_people,
                beside.c.code.label("member_code"),
                beside.c.name_bn,
                beside.c.name_en,
            )
            .select_from(loan_people.outerjoin(beside, beside.c.id == loan_people.c.member_id))
            .where(loan_people.c.loan_id == loan_id)
            .order_by(loan_people.c.number)
        )
        return every(self._session, query)

    def proposed_before(self, day: date, *, limit: int) -> Sequence[str]:
        """Return loans that are not paid out and were proposed before a day, the oldest first."""
        query = (
            sa.select(loans.c.id)
            .where(loans.c.state.in_(UNDECIDED), loans.c.proposed_on < day)
            .order_by(loans.c.proposed_on, loans.c.id)
            .limit(limit)
        )
        return self._session.execute(query).scalars().all()

    def add_schedule(self, loan_id: str, rows: Sequence[Mapping[str, Any]], **said: Any) -> None:
        """Write a version of a schedule that transactions has taken over.

        Args:
            loan_id: The loan.
            rows: What each instalment alone asks for.
            said: `version`, `reason`, `begins_on` and `apr_percent`.
        """
        row = {
            "loan_id": loan_id,
            "due_on": [row["due_on"] for row in rows],
            "principal": [row["principal"] for row in rows],
            "charge": [row["service_charge"] for row in rows],
            "made_by": self._work.actor.person_id,
            "made_at": self._work.now,
        }
        self._session.execute(sa.insert(agreed_schedules).values(**row, **said))

    def schedule_in_force(self, loan_id: str) -> Row | None:
        """Return the newest version of a loan's schedule; None before it was paid out."""
        query = sa.select(agreed_schedules).where(agreed_schedules.c.loan_id == loan_id)
        return find_one(self._session, query.order_by(agreed_schedules.c.version.desc()).limit(1))

    def draw_call_back(self, loan_id: str, due_on: date) -> None:
        """Write that the area asks the member about a payout."""
        row = {"loan_id": loan_id, "due_on": due_on, "drawn_at": self._work.now}
        self._session.execute(sa.insert(call_backs).values(row))


def _loan(row: Row) -> Loan:
    return Loan(**row | {"state": LoanState(row["state"])})
