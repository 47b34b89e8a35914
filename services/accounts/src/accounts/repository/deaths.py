"""Cases of deaths, within a scope (rule L5)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.deaths import DeathCase, DeathReport, due_on
from accounts.domain.scope import Scope
from accounts.models import death_cases, members, samities
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.death_words import DeathState, Whose
from contracts.accounts.errors import DeathCaseNotFound, DeathReported
from contracts.errors import IdConflict

_CASE = tuple(death_cases.c[name] for name in DeathCase.__dataclass_fields__)
_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    death_cases, death_cases.c.member_id == members.c.id
)
_OPEN = death_cases.c.state.in_((DeathState.REPORTED, DeathState.VERIFIED, DeathState.APPROVED))
_SHOWN = (
    death_cases,
    members.c.code.label("member_code"),
    members.c.name_bn.label("member_name_bn"),
    members.c.name_en.label("member_name_en"),
)


class DeathStore:
    """Cases of the members of a scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find(self, case_id: str) -> DeathCase | None:
        """Return a case, whoever asks: for a report that is repeated, and for what other services tell."""
        row = find_one(self._session, sa.select(*_CASE).where(death_cases.c.id == case_id))
        return None if row is None else _case(row)

    def hold(self, scope: Scope, case_id: str) -> DeathCase:
        """Return a case and keep it to oneself until the end of the work.

        Raises:
            DeathCaseNotFound: there is none in scope.
        """
        query = sa.select(*_CASE).select_from(_PLACED).where(death_cases.c.id == case_id, samity_in(scope))
        row = find_one(self._session, query.with_for_update(of=death_cases))
        if row is None:
            raise DeathCaseNotFound
        return _case(row)

    def standing_of(self, member_id: str, whose: Whose) -> DeathCase | None:
        """Return the case that stands about a death; None where nobody reported it."""
        query = sa.select(*_CASE).where(
            death_cases.c.member_id == member_id,
            death_cases.c.whose == whose,
            death_cases.c.state != DeathState.REJECTED,
        )
        if whose is Whose.SPOUSE:
            query = query.where(_OPEN)
        row = find_one(self._session, query)
        return None if row is None else _case(row)

    def add(self, report: DeathReport, fingerprint: str) -> None:
        """Write that somebody reported a death.

        Raises:
            IdConflict, DeathReported: another report was written meanwhile.
        """
        today = self._work.today
        row = {name: getattr(report, name) for name in DeathReport.__dataclass_fields__} | {
            "state": DeathState.REPORTED,
            "reported_on": today,
            "due_on": due_on(today),
            "asked_by": self._work.actor.person_id,
            "asked_at": self._work.now,
            "fingerprint": fingerprint,
        }
        refusals = {"death_cases_pkey": IdConflict(), "death_cases_once": DeathReported()}
        add(self._session, sa.insert(death_cases).values(row), refusals)

    def change(self, case_id: str, state: DeathState, **values: Any) -> None:
        """Write where a case stands now."""
        changed = sa.update(death_cases).where(death_cases.c.id == case_id)
        self._session.execute(changed.values(state=state, **values))

    def count_open(self, member_id: str) -> int:
        """Return how many cases about a member are open."""
        query = sa.select(sa.func.count()).where(death_cases.c.member_id == member_id, _OPEN)
        return self._session.execute(query.select_from(death_cases)).scalar_one()

    def show(self, scope: Scope, case_id: str) -> Row:
        """Return a case that was found in scope, as lists show it."""
        query = sa.select(*_SHOWN).select_from(_PLACED).where(death_cases.c.id == case_id, samity_in(scope))
        return get_one(self._session, query)

    def list_open(self, scope: Scope, *, due_before: date | None, after: str | None, limit: int) -> list[Row]:
        """Return the next open cases of the scope, the one that is due first at the head."""
        query = sa.select(*_SHOWN).select_from(_PLACED).where(_OPEN, samity_in(scope))
        if due_before is not None:
            query = query.where(death_cases.c.due_on < due_before)
        if after is not None:
            last = sa.select(death_cases.c.due_on, death_cases.c.id).where(death_cases.c.id == after)
            key = sa.tuple_(death_cases.c.due_on, death_cases.c.id)
            query = query.where(key > last.scalar_subquery())
        return every(self._session, query.order_by(death_cases.c.due_on, death_cases.c.id).limit(limit))


def _case(row: Row) -> DeathCase:
    return DeathCase(**row | {"whose": Whose(row["whose"]), "state": DeathState(row["state"])})
