"""Putting another law in force from a day on: one administrator proposes, another approves (rules L2, P7)."""

from datetime import date

from accounts.domain.approvals import Approval, Stage
from accounts.domain.lending.law import Law
from accounts.domain.products import check_effective
from accounts.domain.savings.proposals import percent
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.errors import IdConflict


def propose_law(
    register: Register, law_id: str, law: Law, *, reason: str, fingerprint: str, today: date
) -> None:
    """Let a law wait for a second administrator; repeated, do nothing.

    Raises:
        IdConflict: the id was used for another proposal.
        EffectiveDatePassed: what was agreed until today was agreed under the law of its day.
    """
    known = register.laws.find_fingerprint(law_id)
    if known is not None:
        if known != fingerprint:
            raise IdConflict
        return
    check_effective(law.effective_on, today=today)
    register.laws.propose(law_id, law, reason=reason, fingerprint=fingerprint)
    approval = Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.LAW,
        subject_id=law_id,
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": "ঋণ ও সঞ্চয়ের আইন",
            "subject_en": "The law on loans and savings",
            "effective_on": law.effective_on.isoformat(),
            "cap_percent": f"{law.cap_percent.normalize():f}",
            "formula": str(law.formula),
            "counted": sorted(law.counted),
            "first_due_days": law.first_due_days,
            "nothing_deducted": law.nothing_deducted,
            "least_percent": percent(law.compulsory_savings_bps),
            "allowed_fees": sorted(law.allowed_fees),
            "reason": reason,
        },
    )
    register.approvals.propose(approval)
    register.work.audit("propose_law", "law", law_id, {"effective_on": law.effective_on.isoformat()})


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Let the law hold from its day on, if that day has not passed meanwhile."""
    if not approve:
        return Stage.DECLINED
    check_effective(register.laws.effective_on(approval.subject_id), today=desk.today)
    return Stage.APPROVED
