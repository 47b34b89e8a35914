"""The law in the database: what holds from which day on, and what is proposed to hold."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.approvals import Stage
from accounts.domain.lending.law import Law, law_in_force
from accounts.models import approvals, laws
from accounts.repository.rows import Row, add, every
from chassis.work import Work
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.law_words import AprFormula, CashFlow, Fee
from contracts.errors import IdConflict

_JOINED = laws.outerjoin(
    approvals, sa.and_(approvals.c.subject_id == laws.c.id, approvals.c.kind == ApprovalKind.LAW)
)
_HOLDS = sa.or_(laws.c.maker_id.is_(None), approvals.c.state == Stage.APPROVED)
_ORDER = (laws.c.effective_on, laws.c.proposed_at, laws.c.id)


class LawStore:
    """Laws concern the whole institution."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def on(self, day: date) -> Law:
        """Return the law of a day; before the first, the first."""
        query = sa.select(laws).select_from(_JOINED).where(_HOLDS).order_by(*_ORDER)
        return law_in_force([_law(row) for row in every(self._session, query)], day)

    def find_fingerprint(self, law_id: str) -> str | None:
        """Return the fingerprint of the proposal of a law; None where nobody proposed it."""
        query = sa.select(laws.c.fingerprint).where(laws.c.id == law_id)
        return self._session.execute(query).scalar_one_or_none()

    def effective_on(self, law_id: str) -> date:
        """Return from which day on a proposed law would hold."""
        query = sa.select(laws.c.effective_on).where(laws.c.id == law_id)
        day: date = self._session.execute(query).scalar_one()
        return day

    def propose(self, law_id: str, law: Law, *, reason: str, fingerprint: str) -> None:
        """Write a law that waits for a second person.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        row: dict[str, Any] = {
            "id": law_id,
            "effective_on": law.effective_on,
            "cap_percent": law.cap_percent,
            "formula": law.formula,
            "counted": sorted(law.counted),
            "first_due_days": law.first_due_days,
            "nothing_deducted": law.nothing_deducted,
            "compulsory_savings_bps": law.compulsory_savings_bps,
            "allowed_fees": sorted(law.allowed_fees),
            "reason": reason,
            "fingerprint": fingerprint,
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
        }
        add(self._session, sa.insert(laws).values(row), {"laws_pkey": IdConflict()})

    def list_all(self) -> list[Row]:
        """Return every law that was ever proposed, by its date, with who decided it."""
        query = (
            sa.select(
                laws,
                approvals.c.id.label("approval_id"),
                sa.func.coalesce(approvals.c.state, Stage.APPROVED).label("state"),
                approvals.c.checker_id,
                approvals.c.decided_at,
            )
            .select_from(_JOINED)
            .order_by(*_ORDER)
        )
        rows = every(self._session, query)
        return [row | {"cap_percent": row["cap_percent"].normalize()} for row in rows]


def _law(row: Row) -> Law:
    return Law(
        effective_on=row["effective_on"],
        cap_percent=row["cap_percent"],
        formula=AprFormula(row["formula"]),
        counted=frozenset(CashFlow(flow) for flow in row["counted"]),
        first_due_days=row["first_due_days"],
        nothing_deducted=row["nothing_deducted"],
        compulsory_savings_bps=row["compulsory_savings_bps"],
        allowed_fees=frozenset(Fee(fee) for fee in row["allowed_fees"]),
    )
