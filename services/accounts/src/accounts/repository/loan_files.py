"""Loans as staff see them: lists, files, and the payouts that the area asks about."""

from typing import Any

import sqlalchemy as sa

from accounts.domain.scope import Scope
from accounts.models import call_backs, loans, members, samities, staff
from accounts.repository.loans import PLACED_LOANS
from accounts.repository.rows import Row, every, find_one
from accounts.repository.scope import samity_in
from chassis.work import Work
from contracts.errors import NotFound

_LISTED = (
    loans,
    members.c.code.label("member_code"),
    members.c.name_bn.label("member_name_bn"),
    members.c.name_en.label("member_name_en"),
    members.c.samity_id,
    samities.c.branch_id,
)
_CALLED = (
    call_backs,
    loans.c.code.label("loan_code"),
    loans.c.member_id,
    loans.c.principal,
    loans.c.payout,
    loans.c.disbursed_on,
    members.c.code.label("member_code"),
    members.c.name_bn.label("member_name_bn"),
    members.c.name_en.label("member_name_en"),
    samities.c.branch_id,
)
_STEPS = {
    "proposed": "maker_id",
    "recommended": "recommender_id",
    "approved": "approver_id",
    "paid": "payer_id",
}


class LoanFiles:
    """Loans of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def show(self, scope: Scope, loan_id: str) -> Row:
        """Return everything that is kept of a loan itself, with the names of who did what.

        Raises:
            NotFound: there is none in scope.
        """
        query, placed = sa.select(*_LISTED), PLACED_LOANS
        for step, column in _STEPS.items():
            person = staff.alias(step)
            placed = placed.outerjoin(person, person.c.id == loans.c[column])
            query = query.add_columns(
                person.c.name_bn.label(f"{step}_name_bn"), person.c.name_en.label(f"{step}_name_en")
            )
        row = find_one(
            self._session, query.select_from(placed).where(loans.c.id == loan_id, samity_in(scope))
        )
        if row is None:
            raise NotFound(field="id")
        return row

    def list_page(self, scope: Scope, asked: dict[str, Any]) -> list[Row]:
        """Return the next loans of the scope, the newest proposal first."""
        query = sa.select(*_LISTED).select_from(PLACED_LOANS).where(samity_in(scope))
        columns = {
            "member_id": loans.c.member_id,
            "samity_id": members.c.samity_id,
            "branch_id": samities.c.branch_id,
            "state": loans.c.state,
        }
        for name, column in columns.items():
            if asked[name] is not None:
                query = query.where(column == asked[name])
        if asked["after"] is not None:
            last = sa.select(loans.c.proposed_at, loans.c.id).where(loans.c.id == asked["after"])
            query = query.where(sa.tuple_(loans.c.proposed_at, loans.c.id) < last.scalar_subquery())
        ordered = query.order_by(loans.c.proposed_at.desc(), loans.c.id.desc())
        return every(self._session, ordered.limit(asked["limit"]))

    def waiting_calls(self, scope: Scope, *, after: str | None, limit: int) -> list[Row]:
        """Return the next payouts that the area has not asked about yet, the most urgent first."""
        query = _called(scope).where(call_backs.c.outcome.is_(None))
        if after is not None:
            last = sa.select(call_backs.c.due_on, call_backs.c.loan_id).where(call_backs.c.loan_id == after)
            query = query.where(sa.tuple_(call_backs.c.due_on, call_backs.c.loan_id) > last.scalar_subquery())
        ordered = query.order_by(call_backs.c.due_on, call_backs.c.loan_id)
        return every(self._session, ordered.limit(limit))

    def hold_call(self, scope: Scope, loan_id: str) -> Row:
        """Return a payout that was drawn, and keep others from recording it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = _called(scope).where(call_backs.c.loan_id == loan_id).with_for_update(of=call_backs)
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="loan_id")
        return row

    def record_call(self, loan_id: str, outcome: str, note: str | None) -> None:
        """Write what she said."""
        said = {"called_by": self._work.actor.person_id, "called_at": self._work.now}
        self._session.execute(
            sa.update(call_backs)
            .where(call_backs.c.loan_id == loan_id)
            .values(outcome=outcome, note=note, **said)
        )


def _called(scope: Scope) -> sa.Select[Any]:
    placed = PLACED_LOANS.join(call_backs, call_backs.c.loan_id == loans.c.id)
    return sa.select(*_CALLED).select_from(placed).where(samity_in(scope))
