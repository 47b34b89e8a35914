"""Deeds that wait for a second person: maker and checker are compared as people (rule M8). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from contracts.errors import AlreadyDecided, Forbidden, MakerIsChecker, ReasonMissing
from contracts.permissions import permits
from contracts.transactions.ledger_words import APPROVAL_PERMISSIONS, ApprovalKind


class ApprovalState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One request, about one subject (and one row of it).

    Attributes:
        kind: An `ApprovalKind`.
        subject_id: The entry, hand-over or sheet that it is about.
        amount: Paisa, where money is at stake.
        facts: What the screen shows, plain JSON without personal secrets.
    """

    id: str
    kind: str
    office_id: str
    subject_id: str
    facts: Mapping[str, Any]
    fingerprint: str
    maker_id: str
    made_at: datetime
    row_id: str | None = None
    amount: int | None = None
    state: ApprovalState = ApprovalState.WAITING
    checker_id: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


def permission_of(kind: str) -> str:
    """Return the permission that decides a kind of request."""
    return APPROVAL_PERMISSIONS[ApprovalKind(kind)]


def may_decide(approval: Approval, *, person_id: str, role: str | None) -> bool:
    """Tell whether a person could decide a request now."""
    return (
        approval.state is ApprovalState.WAITING
        and approval.maker_id != person_id
        and permits(role or "", permission_of(approval.kind))
    )


def needs_deciding(
    approval: Approval, *, approve: bool, reason: str | None, person_id: str, role: str | None
) -> bool:
    """Check a decision.

    Returns:
        Whether there is anything left to do: False when the same person decided the same before.

    Raises:
        Forbidden: the role does not decide this kind.
        MakerIsChecker: nobody checks what he made, whatever his role (rule M8).
        ReasonMissing: who declines says why.
        AlreadyDecided: somebody decided it before.
    """
    if not permits(role or "", permission_of(approval.kind)):
        raise Forbidden
    if approval.maker_id == person_id:
        raise MakerIsChecker
    wanted = ApprovalState.APPROVED if approve else ApprovalState.DECLINED
    if approval.state is not ApprovalState.WAITING:
        if (approval.state, approval.checker_id) == (wanted, person_id):
            return False
        raise AlreadyDecided(state=approval.state.value)
    if not approve and reason is None:
        raise ReasonMissing
    return True
