"""What waits for a second person: maker and checker are compared as people (rule M8). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from contracts.accounts.approval_words import APPROVAL_PERMISSIONS, ApprovalKind
from contracts.actor import Actor
from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    MakerIsChecker,
    PersonExcluded,
    ReasonMissing,
)
from contracts.limits import require_within_limit
from contracts.money import Paisa
from contracts.permissions import permits


class Stage(StrEnum):
    """What became of a request; `opening` is approved, while a step in another service is not taken yet."""

    WAITING = "waiting"
    OPENING = "opening"
    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One request of one kind about one subject.

    Attributes:
        kind: An `ApprovalKind`.
        subject_id: What it is about: the applicant, the loan, the version of a product.
        facts: What the screen shows, plain JSON without secrets; `subject_bn` and `subject_en` name it.
        office_id: The branch; None where it is for the whole institution, which only its root decides.
        member_id: Whom it concerns, where it concerns one: her own and declared kin may not decide (rule M8).
        amount: Paisa, where money is at stake: who approves is held to his limit.
        agreed_by: The people who agreed at a level before: each level is another person.
    """

    id: str
    kind: ApprovalKind
    subject_id: str
    facts: Mapping[str, Any]
    fingerprint: str
    maker_id: str
    proposed_at: datetime
    office_id: str | None = None
    member_id: str | None = None
    amount: Paisa | None = None
    agreed_by: tuple[str, ...] = ()
    stage: Stage = Stage.WAITING
    checker_id: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    @property
    def permission(self) -> str:
        """The verb that decides it."""
        return APPROVAL_PERMISSIONS[self.kind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker says."""

    approve: bool
    reason: str | None


def may_decide(approval: Approval, reader: Actor) -> bool:
    """Tell whether a person could approve a request now, for the screen."""
    limit = reader.limit_of(approval.permission)
    return (
        approval.stage is Stage.WAITING
        and permits(reader.role or "", approval.permission)
        and not reader.is_new
        and reader.person_id not in (approval.maker_id, *approval.agreed_by)
        and approval.member_id not in reader.excluded_members
        and (approval.amount is None or limit is None or approval.amount <= limit)
    )


def settled(approval: Approval, verdict: Verdict, checker: Actor) -> bool:
    """Tell whether the same person said the same before: then the first answer stands.

    Raises:
        Forbidden: the role does not decide this kind.
        AlreadyDecided: it was decided otherwise, or by somebody else; with the stage it is in.
    """
    if not permits(checker.role or "", approval.permission):
        raise Forbidden
    if approval.stage is Stage.WAITING:
        return False
    approved = approval.stage in (Stage.OPENING, Stage.APPROVED)
    if approval.checker_id != checker.person_id or approved != verdict.approve:
        raise AlreadyDecided(state=str(approval.stage))
    return True


def check_checker(approval: Approval, verdict: Verdict, checker: Actor) -> None:
    """Refuse who made it or agreed before, whose own or kin's it is, who is silent, or has too low a limit.

    Raises:
        MakerIsChecker: the same person entered it, or agreed at a level before, in whatever role (rule M8).
        PersonExcluded: she is the checker himself or declared kin.
        ReasonMissing: declined without saying why.
        ApproverTooNew: he has not been an administrator for a day (rule P7).
        OverLimit: the amount at stake is for somebody above him.
    """
    if checker.person_id in (approval.maker_id, *approval.agreed_by):
        raise MakerIsChecker
    if approval.member_id in checker.excluded_members:
        raise PersonExcluded
    if not verdict.approve and not verdict.reason:
        raise ReasonMissing(field="reason")
    if verdict.approve and checker.is_new:
        raise ApproverTooNew
    if verdict.approve and approval.amount is not None:
        require_within_limit(checker, approval.amount, approval.permission)
