"""Setting how much cash a vault should hold: proposed by one, put in force by another (rules M7, P7)."""

from datetime import date

from contracts.errors import IdConflict
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import CashLimitKnown
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.cash_limits import CashLimit, require_to_come
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_limit(books: Books, limit: CashLimit) -> ApprovalState:
    """Ask for another limit.

    Raises:
        NotFound: the office is not in the caller's scope.
        CashLimitOutdated: its first day is past.
        IdConflict: the id was used for another request.
    """
    office = books.people.office(limit.office_id, Scope.of(books.work.actor))
    known = books.approvals.find(limit.id)
    if known is not None:
        require_same(known.fingerprint, limit.fingerprint)
        return known.state
    require_to_come(limit.effective_on, books.work.today)
    request = Approval(
        id=limit.id,
        kind=ApprovalKind.CASH_LIMIT,
        office_id=office.id,
        subject_id=limit.id,
        facts={
            "subject_bn": office.name_bn,
            "subject_en": office.name_en,
            "effective_on": limit.effective_on.isoformat(),
            "amount": format_taka(limit.amount),
            "reason": limit.reason,
        },
        amount=limit.amount,
        fingerprint=limit.fingerprint,
        maker_id=limit.maker_id,
        made_at=books.work.now,
    )
    if not books.approvals.propose(request):
        raise IdConflict
    facts = {"effective_on": limit.effective_on.isoformat(), "amount": limit.amount}
    books.work.audit("propose_cash_limit", "office", office.id, facts)
    return ApprovalState.WAITING


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Put the limit in force.

    Raises:
        CashLimitKnown: another one begins on the same day.
    """
    if not approve:
        return
    facts = approval.facts
    limit = CashLimit(
        id=approval.id,
        office_id=approval.office_id,
        effective_on=date.fromisoformat(facts["effective_on"]),
        amount=Paisa(approval.amount or 0),
        reason=facts["reason"],
        maker_id=approval.maker_id,
    )
    if not books.counts.limits.add(limit, limit.amount, books.work.actor.person_id):
        raise CashLimitKnown(on=facts["effective_on"])
