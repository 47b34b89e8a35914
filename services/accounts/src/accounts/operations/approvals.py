"""Deciding what waits for a second person; each kind of request says what its decision does."""

from collections.abc import Mapping
from typing import Protocol

from accounts.domain.approvals import Approval, Stage, Verdict, check_checker, settled
from accounts.domain.scope import Scope
from accounts.operations import (
    admissions,
    cut_overs,
    deaths,
    exits,
    holidays,
    laws,
    loan_decisions,
    number_changes,
    overrides,
    pictures,
    products,
    reschedules,
    savings,
    transfers,
)
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind


class Decider(Protocol):
    """Does what follows from a decision, in the same transaction."""

    def __call__(self, register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
        """Do it and return the stage it leaves the request in, or raise the refusal that undoes both."""


DECIDERS: Mapping[ApprovalKind, Decider] = {
    ApprovalKind.ADMISSION: admissions.decide,
    ApprovalKind.PRODUCT: products.decide,
    ApprovalKind.LAW: laws.decide,
    ApprovalKind.OVERRIDE: overrides.decide,
    ApprovalKind.SAVINGS_OPENING: savings.decide,
    ApprovalKind.NUMBER_CHANGE: number_changes.decide,
    ApprovalKind.EXIT: exits.decide_exit,
    ApprovalKind.EXIT_UNDO: exits.decide_undo,
    ApprovalKind.DEATH: deaths.verify,
    ApprovalKind.DEATH_AREA: deaths.approve_by_area,
    ApprovalKind.LOAN: loan_decisions.decide,
    ApprovalKind.HOLIDAY: holidays.decide,
    ApprovalKind.HOLIDAY_AREA: holidays.decide,
    ApprovalKind.TRANSFER: transfers.decide,
    ApprovalKind.RESCHEDULE: reschedules.decide,
    ApprovalKind.PICTURE: pictures.decide,
    ApprovalKind.CUT_OVER: cut_overs.decide,
}


def decide_approval(
    register: Register, approval_id: str, verdict: Verdict, desk: Desk, *, scope: Scope
) -> Stage:
    """Approve or decline, and do what follows from it; the same decision again answers the same.

    Raises:
        NotFound: there is no such request in scope.
        Forbidden, AlreadyDecided: as `settled`.
        MakerIsChecker, PersonExcluded, ReasonMissing, OverLimit: as `check_checker` (rule M8).
    """
    checker = register.work.actor
    approval = register.approvals.hold(scope, approval_id)
    if settled(approval, verdict, checker):
        return approval.stage
    check_checker(approval, verdict, checker)
    stage = DECIDERS[approval.kind](register, approval, desk, approve=verdict.approve)
    register.approvals.decide(approval, stage, verdict.reason)
    noted = {"approval_id": approval.id, "stage": str(stage)}
    register.work.audit("decide_approval", approval.kind, approval.subject_id, noted)
    return stage
