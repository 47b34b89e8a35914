"""Letting one breach of the law pass for one loan: the branch manager asks, the area manager decides (L2)."""

from accounts.domain.approvals import Approval, Stage
from accounts.domain.lending.overrides import Override
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.loan_proposals import require_not_kin
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.overrides import OVERRIDE_DECIDED
from contracts.errors import Forbidden, IdConflict


def propose_override(register: Register, override: Override, *, scope: Scope) -> None:
    """Let an override wait for the area manager; repeated, do nothing.

    The loan proposal need not be there yet: it was refused, with the figure, under the id that it will have.
    Then the override counts in the actor's own office only; else the loan must be in his reach.

    Raises:
        IdConflict: the id was used for another one.
        NotFound: the loan is there, and not in scope.
        PersonExcluded: it is the loan of the actor himself or declared kin (rule M8).
        Forbidden: the actor has no office whose loan it could be.
    """
    known = register.overrides.find(override.id)
    if known is not None:
        if known.fingerprint != override.fingerprint:
            raise IdConflict
        return
    office_id, member_id = _whose(register, override.subject_id, scope)
    register.overrides.propose(override, office_id=office_id)
    register.approvals.propose(_approval(register, override, office_id, member_id))
    noted = {"subject_id": override.subject_id, "breach": str(override.breach), "figure": override.figure}
    register.work.audit("propose_override", "override", override.id, noted)


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Let it stand, or not, and tell it; nothing else follows until the loan is proposed or paid out."""
    del desk
    stage = Stage.APPROVED if approve else Stage.DECLINED
    work = register.work
    decided = {"state": stage, "checker_id": work.actor.person_id, "decided_at": work.now}
    work.tell(OVERRIDE_DECIDED, register.overrides.state(approval.subject_id) | decided)
    return stage


def _whose(register: Register, loan_id: str, scope: Scope) -> tuple[str, str | None]:
    """Return the branch of a loan and its borrower; of one to come the actor's office, and nobody yet."""
    loan = register.loans.find(loan_id)
    if loan is not None:
        office_id = register.loans.branch_of(scope, loan_id)
        require_not_kin(register, loan.member_id)
        return office_id, loan.member_id
    own = register.work.actor.office_id
    if own is None:
        raise Forbidden
    return own, None


def _approval(register: Register, override: Override, office_id: str, member_id: str | None) -> Approval:
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.OVERRIDE,
        subject_id=override.id,
        office_id=office_id,
        member_id=member_id,
        fingerprint=override.fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": "আইনের সীমা ছাড়িয়ে একটি ঋণ",
            "subject_en": "A loan beyond what the law allows",
            "loan_proposal_id": override.subject_id,
            "breach": str(override.breach),
            "figure": override.figure,
            "reason": override.reason,
        },
    )
