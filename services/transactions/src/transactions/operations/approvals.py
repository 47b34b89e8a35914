"""Deciding what waits for a second person; each kind of deed says what its decision does."""

from collections.abc import Mapping
from typing import Protocol

from contracts.errors import ApproverTooNew, PersonExcluded
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState, needs_deciding
from transactions.operations import (
    cash_limits,
    class_data,
    closings,
    corrections,
    deferrals,
    excesses,
    field_payments,
    month_signatures,
    not_held,
    supplements,
    withdrawals,
)
from transactions.operations.book import chart, manual, remittances, years, years_below
from transactions.operations.handovers import accept_shortage
from transactions.operations.lending import from_savings, settling, waiving, writing_off
from transactions.operations.reversals import decide_reversal
from transactions.repository import Books
from transactions.repository.scope import Scope


class Decider(Protocol):
    """Does what follows from a decision, in the same transaction."""

    def __call__(self, books: Books, approval: Approval, *, approve: bool) -> None:
        """Do it, or raise the refusal that undoes the decision as well."""


DECIDERS: Mapping[ApprovalKind, Decider] = {
    ApprovalKind.REVERSAL: decide_reversal,
    ApprovalKind.SHORTAGE: accept_shortage,
    ApprovalKind.EXCESS_RETURN: excesses.decide,
    ApprovalKind.EXCESS_INCOME: excesses.decide,
    ApprovalKind.NOT_HELD: not_held.decide,
    ApprovalKind.DEFERRAL: deferrals.see,
    ApprovalKind.MONTH_IN_TRANSIT: month_signatures.decide,
    ApprovalKind.SUPPLEMENT: supplements.decide,
    ApprovalKind.CASH_LIMIT: cash_limits.decide,
    ApprovalKind.FIELD_PAYMENTS: field_payments.decide,
    ApprovalKind.WITHDRAWAL: withdrawals.decide,
    ApprovalKind.WITHDRAWAL_AREA: withdrawals.decide,
    ApprovalKind.CLOSING: closings.decide,
    ApprovalKind.CLOSING_AREA: closings.decide,
    ApprovalKind.CORRECTION: corrections.decide,
    ApprovalKind.CORRECTION_AREA: corrections.decide,
    ApprovalKind.CLASS_RULES: class_data.decide_rules,
    ApprovalKind.CLASS_FREEZE: class_data.decide_freeze,
    ApprovalKind.SETTLEMENT: settling.decide,
    ApprovalKind.SAVINGS_TO_LOAN: from_savings.decide,
    ApprovalKind.DEATH_REFUND: waiving.decide_refund,
    ApprovalKind.WAIVER: waiving.decide_waiver,
    ApprovalKind.WRITE_OFF: writing_off.decide,
    ApprovalKind.LEDGER: chart.decide_ledger,
    ApprovalKind.LEDGER_MAPPING: chart.decide_mapping,
    ApprovalKind.BANK_ACCOUNT: chart.decide_bank_account,
    ApprovalKind.VOUCHER: manual.decide,
    ApprovalKind.VOUCHER_UNDOING: manual.decide,
    ApprovalKind.REMITTANCE: remittances.decide_sending,
    ApprovalKind.REMITTANCE_TAKING: remittances.decide_taking,
    ApprovalKind.OPENING: years.decide_opening,
    ApprovalKind.YEAR_CLOSING: years_below.decide,
}


def decide_approval(books: Books, approval_id: str, *, approve: bool, reason: str | None) -> ApprovalState:
    """Approve or decline, and do in the same transaction what follows from it.

    Raises:
        NotFound: there is no such request, or not for this caller.
        Forbidden, MakerIsChecker, ReasonMissing, AlreadyDecided: as `needs_deciding`.
        PersonExcluded: it is about the caller's own money, or declared kin's (rule M8).
        ApproverTooNew: he has not been an administrator for a day (rule P7).
    """
    actor = books.work.actor
    approval = books.approvals.lock(approval_id, Scope.of(actor))
    wanted = ApprovalState.APPROVED if approve else ApprovalState.DECLINED
    if not needs_deciding(
        approval, approve=approve, reason=reason, person_id=actor.person_id, role=actor.role
    ):
        return wanted
    if approval.facts.get("member_id") in actor.excluded_members:
        raise PersonExcluded
    if approve and actor.is_new:
        raise ApproverTooNew
    books.approvals.decide(approval, wanted, actor.person_id, reason)
    DECIDERS[ApprovalKind(approval.kind)](books, approval, approve=approve)
    books.work.audit(
        "decide_approval", approval.kind, approval.subject_id, {"approval_id": approval.id, "state": wanted}
    )
    return wanted
