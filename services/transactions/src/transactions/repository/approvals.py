"""Deeds that wait for a second person."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from transactions.domain.approvals import Approval, ApprovalState
from transactions.models.approvals import approvals
from transactions.repository.scope import Scope


class ApprovalStore:
    """Approvals of this service, of every kind."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def propose(self, approval: Approval) -> bool:
        """Write a request.

        Returns:
            False when the id is known, or another request for the same subject and row runs.
        """
        statement = insert(approvals).values(**_row(approval)).on_conflict_do_nothing()
        return self._session.execute(statement.returning(approvals.c.id)).first() is not None

    def find(self, approval_id: str) -> Approval | None:
        """Return a request, whoever asks: for one that is repeated."""
        row = self._session.execute(select(approvals).where(approvals.c.id == approval_id)).mappings().first()
        return _approval(row) if row else None

    def lock(self, approval_id: str, scope: Scope) -> Approval:
        """Return a request that nobody else decides until this transaction ends.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = (
            select(approvals)
            .where(approvals.c.id == approval_id, scope.sees_office(approvals.c.office_id))
            .with_for_update()
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return _approval(row)

    def waiting(self, scope: Scope, after: Approval | None, limit: int) -> tuple[Approval, ...]:
        """Return what waits in a scope, the oldest first."""
        query = select(approvals).where(
            approvals.c.state == ApprovalState.WAITING, scope.sees_office(approvals.c.office_id)
        )
        if after is not None:
            query = query.where(
                tuple_(approvals.c.made_at, approvals.c.id)
                > tuple_(literal(after.made_at), literal(after.id, approvals.c.id.type))
            )
        rows = self._session.execute(
            query.order_by(approvals.c.made_at, approvals.c.id).limit(limit)
        ).mappings()
        return tuple(_approval(row) for row in rows)

    def waiting_of_kind(self, office_id: str, kind: str) -> tuple[Approval, ...]:
        """Return what of one kind waits in an office."""
        query = select(approvals).where(
            approvals.c.office_id == office_id,
            approvals.c.kind == kind,
            approvals.c.state == ApprovalState.WAITING,
        )
        rows = self._session.execute(query.order_by(approvals.c.made_at)).mappings()
        return tuple(_approval(row) for row in rows)

    def lapse(self, subject_id: str) -> None:
        """Let requests about a subject go that nobody needs to decide any more."""
        self._session.execute(
            update(approvals)
            .where(approvals.c.subject_id == subject_id, approvals.c.state == ApprovalState.WAITING)
            .values(state=ApprovalState.LAPSED, decided_at=self._now)
        )

    def decide(self, approval: Approval, state: ApprovalState, checker_id: str, reason: str | None) -> None:
        """Write what became of a request."""
        self._session.execute(
            update(approvals)
            .where(approvals.c.id == approval.id)
            .values(state=state, checker_id=checker_id, decided_at=self._now, reason=reason)
        )


def _row(approval: Approval) -> dict[str, Any]:
    return {
        "id": approval.id,
        "kind": approval.kind,
        "office_id": approval.office_id,
        "subject_id": approval.subject_id,
        "row_id": approval.row_id,
        "amount": approval.amount,
        "facts": dict(approval.facts),
        "fingerprint": approval.fingerprint,
        "maker_id": approval.maker_id,
        "made_at": approval.made_at,
        "state": approval.state,
    }


def _approval(row: Mapping[Any, Any]) -> Approval:
    fields = {str(name): value for name, value in row.items()}
    return Approval(**{**fields, "state": ApprovalState(fields["state"])})
