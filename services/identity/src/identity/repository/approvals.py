"""The rows of approvals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from identity.domain.approvals import Approval
from identity.models import approvals, offices, staff
from identity.repository.scope import Scope

PAGE = 100
_COLUMNS = [column for column in approvals.columns if column.name not in {"decided_at", "reason"}]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approval that waits, with its maker's names."""

    approval: Approval
    maker_bn: str | None
    maker_en: str | None


class ApprovalRows:
    """Approvals in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, approval: Approval) -> bool:
        """Insert an approval; False where its id is known, or one of the kind waits for the subject."""
        values = {column.name: getattr(approval, column.name) for column in _COLUMNS}
        added = insert(approvals).values(values).on_conflict_do_nothing().returning(approvals.c.id)
        return self._session.execute(added).first() is not None

    def find(self, approval_id: str) -> Approval | None:
        """Return an approval whatever its scope, to compare a proposal with; or None."""
        row = self._session.execute(sa.select(*_COLUMNS).where(approvals.c.id == approval_id)).first()
        return None if row is None else _approval(row)

    def find_waiting(self, kind: str, subject_id: str) -> Approval | None:
        """Return what waits of a kind for a subject, locked; or None."""
        waits = (approvals.c.kind == kind, approvals.c.subject_id == subject_id)
        query = sa.select(*_COLUMNS).where(*waits, approvals.c.state == "waiting").with_for_update()
        row = self._session.execute(query).first()
        return None if row is None else _approval(row)

    def lapse(self, kind: str, *, before: datetime, now: datetime) -> tuple[str, ...]:
        """Let what waits of a kind since before an instant lapse; return whom it concerned."""
        old = (approvals.c.kind == kind, approvals.c.state == "waiting", approvals.c.proposed_at <= before)
        gone = sa.update(approvals).where(*old).values(state="lapsed", decided_at=now)
        return tuple(self._session.scalars(gone.returning(approvals.c.subject_id)))

    def lock(self, approval_id: str, scope: Scope) -> Approval:
        """Return an approval within the scope, locked until it is decided.

        Raises:
            NotFound: there is none, or not for the caller.
        """
        query = (
            sa.select(*_COLUMNS)
            .join(offices, offices.c.id == approvals.c.office_id)
            .where(approvals.c.id == approval_id, scope.covers(offices.c.path))
            .with_for_update(of=approvals)
        )
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound(kind="approval")
        return _approval(row)

    def decide(self, approval: Approval, *, reason: str | None, now: datetime) -> None:
        """Write how a locked approval was decided, and by whom."""
        decided = {
            "state": approval.state,
            "checker_id": approval.checker_id,
            "decided_at": now,
            "reason": reason,
        }
        self._session.execute(sa.update(approvals).where(approvals.c.id == approval.id).values(decided))

    def list_waiting(self, scope: Scope, *, maker_id: str | None, after: str | None) -> tuple[Waiting, ...]:
        """Return up to a page of what waits, the oldest first; of one maker where it is given."""
        order = (approvals.c.proposed_at, approvals.c.id)
        query: sa.Select[Any] = (
            sa.select(*_COLUMNS, staff.c.name_bn.label("maker_bn"), staff.c.name_en.label("maker_en"))
            .select_from(approvals)
            .join(offices, offices.c.id == approvals.c.office_id)
            .join(staff, staff.c.id == approvals.c.maker_id, isouter=True)
            .where(approvals.c.state == "waiting", scope.covers(offices.c.path))
            .order_by(*order)
            .limit(PAGE)
        )
        if maker_id is not None:
            query = query.where(approvals.c.maker_id == maker_id)
        if after is not None:
            last = sa.select(*order).where(approvals.c.id == after).scalar_subquery()
            query = query.where(sa.tuple_(*order) > last)
        return tuple(map(_waiting, self._session.execute(query)))


def _approval(row: sa.Row[Any]) -> Approval:
    return Approval(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def _waiting(row: sa.Row[Any]) -> Waiting:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    maker_bn, maker_en = values.pop("maker_bn"), values.pop("maker_en")
    return Waiting(Approval(**values), maker_bn, maker_en)
