"""Admissions that wait for the manager, and those that were decided."""

from collections.abc import Sequence

import sqlalchemy as sa

from accounts.domain.members import Admission, AdmissionForm, Stage, Verdict
from accounts.domain.scope import Scope
from accounts.models import approvals, members, samities, staff
from accounts.repository.rows import Row, every, find_one, get_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.approvals import ADMISSION
from contracts.errors import NotFound

_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    approvals, approvals.c.member_id == members.c.id
)
_maker = staff.alias("maker")
_checker = staff.alias("checker")


class AdmissionStore:
    """Admissions of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def propose(self, approval_id: str, form: AdmissionForm, warnings: Sequence[str]) -> None:
        """Write that an applicant waits for the manager."""
        row = {
            "id": approval_id,
            "kind": ADMISSION,
            "member_id": form.id,
            "state": Stage.WAITING,
            "warnings": list(warnings),
            "warnings_seen": list(form.warnings_seen),
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
        }
        self._session.execute(sa.insert(approvals).values(row))

    def hold(self, scope: Scope, approval_id: str) -> Admission:
        """Return an admission and keep others from deciding it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(
                approvals.c.id,
                approvals.c.member_id,
                members.c.samity_id,
                approvals.c.state,
                approvals.c.maker_id,
                approvals.c.checker_id,
            )
            .select_from(_PLACED)
            .where(approvals.c.id == approval_id, samity_in(scope))
            .with_for_update(of=approvals)
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="id")
        return Admission(stage=Stage(row.pop("state")), **row)

    def decide(self, admission: Admission, stage: Stage, verdict: Verdict) -> None:
        """Write what the manager decided."""
        decided = sa.update(approvals).where(approvals.c.id == admission.id)
        self._session.execute(
            decided.values(
                state=stage,
                checker_id=self._work.actor.person_id,
                decided_at=self._work.now,
                reason=verdict.reason,
            )
        )

    def finish(self, member_id: str) -> None:
        """Write that all of an approved admission is done."""
        opening = sa.and_(approvals.c.member_id == member_id, approvals.c.state == Stage.OPENING)
        self._session.execute(sa.update(approvals).where(opening).values(state=Stage.APPROVED))

    def list_waiting(self, scope: Scope, *, after: str | None, limit: int) -> list[Row]:
        """Return the next admissions of the scope that wait, oldest first."""
        query = (
            sa.select(
                approvals,
                members.c.name_bn,
                members.c.name_en,
                samities.c.branch_id,
                samities.c.id.label("samity_id"),
                samities.c.name_bn.label("samity_name_bn"),
                samities.c.name_en.label("samity_name_en"),
                _maker.c.name_bn.label("maker_bn"),
                _maker.c.name_en.label("maker_en"),
            )
            .select_from(_PLACED.outerjoin(_maker, _maker.c.id == approvals.c.maker_id))
            .where(approvals.c.state == Stage.WAITING, samity_in(scope))
            .order_by(approvals.c.proposed_at, approvals.c.id)
            .limit(limit)
        )
        if after is not None:
            last = sa.select(approvals.c.proposed_at, approvals.c.id).where(approvals.c.id == after)
            query = query.where(sa.tuple_(approvals.c.proposed_at, approvals.c.id) > last.scalar_subquery())
        return every(self._session, query)

    def of_member(self, member_id: str) -> Row:
        """Return the admission of a member that was found in scope, with the names of maker and checker."""
        query = (
            sa.select(
                approvals,
                _maker.c.name_bn.label("maker_name_bn"),
                _maker.c.name_en.label("maker_name_en"),
                _checker.c.name_bn.label("checker_name_bn"),
                _checker.c.name_en.label("checker_name_en"),
            )
            .select_from(
                approvals.outerjoin(_maker, _maker.c.id == approvals.c.maker_id).outerjoin(
                    _checker, _checker.c.id == approvals.c.checker_id
                )
            )
            .where(approvals.c.member_id == member_id)
        )
        return get_one(self._session, query)
