"""Requests of every kind that wait for a second person, and those that were decided."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from accounts.domain.approvals import Approval, Stage
from accounts.domain.scope import Scope
from accounts.models import approvals, members, offices, samities, staff
from accounts.repository.rows import Row, every, find_one, get_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.approval_words import ApprovalKind
from contracts.errors import NotFound
from contracts.money import Paisa

_PLACED = (
    approvals.outerjoin(offices, offices.c.id == approvals.c.office_id)
    .outerjoin(members, members.c.id == approvals.c.member_id)
    .outerjoin(samities, samities.c.id == members.c.samity_id)
)
_maker = staff.alias("maker")
_checker = staff.alias("checker")
_PEOPLED = sa.select(
    approvals,
    _maker.c.name_bn.label("maker_name_bn"),
    _maker.c.name_en.label("maker_name_en"),
    _checker.c.name_bn.label("checker_name_bn"),
    _checker.c.name_en.label("checker_name_en"),
).select_from(
    approvals.outerjoin(_maker, _maker.c.id == approvals.c.maker_id).outerjoin(
        _checker, _checker.c.id == approvals.c.checker_id
    )
)


class ApprovalStore:
    """Approvals of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def propose(self, approval: Approval) -> bool:
        """Write that something waits for a second person.

        Returns:
            False when the id is known, or one of the kind waits for the subject already.
        """
        statement = insert(approvals).values(_row(approval)).on_conflict_do_nothing()
        return self._session.execute(statement.returning(approvals.c.id)).first() is not None

    def find(self, approval_id: str) -> Approval | None:
        """Return a request, whoever asks: for one that is repeated."""
        row = find_one(self._session, sa.select(approvals).where(approvals.c.id == approval_id))
        return None if row is None else _approval(row)

    def find_waiting(self, kind: ApprovalKind, subject_id: str) -> Approval | None:
        """Return what of a kind waits for a subject; None where nothing does."""
        query = sa.select(approvals).where(
            approvals.c.kind == kind, approvals.c.subject_id == subject_id, approvals.c.state == Stage.WAITING
        )
        row = find_one(self._session, query)
        return None if row is None else _approval(row)

    def hold(self, scope: Scope, approval_id: str) -> Approval:
        """Return a request and keep others from deciding it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(approvals)
            .select_from(_PLACED)
            .where(approvals.c.id == approval_id, _approval_in(scope))
            .with_for_update(of=approvals)
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="id")
        return _approval(row)

    def decide(self, approval: Approval, stage: Stage, reason: str | None) -> None:
        """Write what the actor decided."""
        decided = {"checker_id": self._work.actor.person_id, "decided_at": self._work.now, "reason": reason}
        self._session.execute(
            sa.update(approvals).where(approvals.c.id == approval.id).values(state=stage, **decided)
        )

    def finish(self, kind: ApprovalKind, subject_id: str) -> bool:
        """Write that all of an approved request is done; tell whether it was not yet."""
        opening = (
            approvals.c.kind == kind,
            approvals.c.subject_id == subject_id,
            approvals.c.state == Stage.OPENING,
        )
        finished = sa.update(approvals).where(*opening).values(state=Stage.APPROVED)
        return self._session.execute(finished.returning(approvals.c.id)).first() is not None

    def lapse(self, subject_id: str) -> None:
        """Let requests about a subject go that nobody needs to decide any more."""
        waiting = (approvals.c.subject_id == subject_id, approvals.c.state == Stage.WAITING)
        self._session.execute(
            sa.update(approvals).where(*waiting).values(state=Stage.LAPSED, decided_at=self._work.now)
        )

    def move(self, kind: ApprovalKind, member_id: str, office_id: str) -> None:
        """Let what of a kind waits for a member be decided where she is now."""
        hers = (approvals.c.kind == kind, approvals.c.member_id == member_id)
        waiting = sa.update(approvals).where(*hers, approvals.c.state == Stage.WAITING)
        self._session.execute(waiting.values(office_id=office_id))

    def list_waiting(
        self, scope: Scope, *, after: str | None, limit: int
    ) -> list[tuple[Approval, dict[str, Any]]]:
        """Return the next requests of the scope that wait, oldest first, each with its maker's names."""
        query = (
            sa.select(
                approvals, _maker.c.name_bn.label("maker_name_bn"), _maker.c.name_en.label("maker_name_en")
            )
            .select_from(_PLACED.outerjoin(_maker, _maker.c.id == approvals.c.maker_id))
            .where(approvals.c.state == Stage.WAITING, _approval_in(scope))
            .order_by(approvals.c.proposed_at, approvals.c.id)
            .limit(limit)
        )
        if after is not None:
            last = sa.select(approvals.c.proposed_at, approvals.c.id).where(approvals.c.id == after)
            query = query.where(sa.tuple_(approvals.c.proposed_at, approvals.c.id) > last.scalar_subquery())
        return [
            (_approval(row), {"maker_bn": row["maker_name_bn"], "maker_en": row["maker_name_en"]})
            for row in every(self._session, query)
        ]

    def of_member(self, member_id: str, *, after: str | None, limit: int) -> list[Row]:
        """Return the next requests about a member found in scope, the newest first, with their people."""
        query = _PEOPLED.where(approvals.c.member_id == member_id)
        if after is not None:
            last = sa.select(approvals.c.proposed_at, approvals.c.id).where(approvals.c.id == after)
            query = query.where(sa.tuple_(approvals.c.proposed_at, approvals.c.id) < last.scalar_subquery())
        newest = query.order_by(approvals.c.proposed_at.desc(), approvals.c.id.desc())
        return every(self._session, newest.limit(limit))

    def reason_of(self, subject_id: str) -> str | None:
        """Return why the last request about a subject was decided as it was; None where nobody said."""
        query = sa.select(approvals.c.reason).where(approvals.c.subject_id == subject_id)
        return self._session.execute(query.order_by(approvals.c.proposed_at.desc()).limit(1)).scalar()

    def latest_of(self, kind: ApprovalKind, subject_id: str) -> Row:
        """Return the last request of a kind about a subject found in scope, with its people's names."""
        query = (
            _PEOPLED.where(approvals.c.kind == kind, approvals.c.subject_id == subject_id)
            .order_by(approvals.c.proposed_at.desc(), approvals.c.id.desc())
            .limit(1)
        )
        return get_one(self._session, query)


def _approval_in(scope: Scope) -> sa.ColumnElement[bool]:
    """Return the condition on a request: of a branch inside, or the institution's, as the scope is."""
    inside = office_in(scope)
    if scope.officer_id is not None:
        return sa.and_(inside, samities.c.officer_id == scope.officer_id)
    return sa.or_(inside, approvals.c.office_id.is_(None)) if scope.is_whole else inside


def _row(approval: Approval) -> dict[str, Any]:
    return {
        "id": approval.id,
        "kind": approval.kind,
        "subject_id": approval.subject_id,
        "office_id": approval.office_id,
        "member_id": approval.member_id,
        "amount": approval.amount,
        "facts": dict(approval.facts),
        "fingerprint": approval.fingerprint,
        "maker_id": approval.maker_id,
        "proposed_at": approval.proposed_at,
        "agreed_by": list(approval.agreed_by),
        "state": approval.stage,
    }


def _approval(row: Row) -> Approval:
    plain = {column.name: row[column.name] for column in approvals.columns if column.name != "state"}
    amount = plain["amount"]
    return Approval(
        **plain
        | {
            "kind": ApprovalKind(plain["kind"]),
            "stage": Stage(row["state"]),
            "amount": None if amount is None else Paisa(amount),
            "agreed_by": tuple(plain["agreed_by"]),
        }
    )
