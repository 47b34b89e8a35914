"""Letting an office pay withdrawals in the field: proposed by one, put in force by another (rules M9, P7)."""

from datetime import date

from contracts.errors import IdConflict
from contracts.transactions.float_errors import FieldPaymentsKnown
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.floats import FieldPayments, require_to_come
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_setting(books: Books, setting: FieldPayments) -> ApprovalState:
    """Ask for another setting.

    Raises:
        NotFound: the office is not in the caller's scope.
        FieldPaymentsOutdated: its first day is past.
        IdConflict: the id was used for another request.
    """
    office = books.people.office(setting.office_id, Scope.of(books.work.actor))
    known = books.approvals.find(setting.id)
    if known is not None:
        require_same(known.fingerprint, setting.fingerprint)
        return known.state
    require_to_come(setting.effective_on, books.work.today)
    facts = {
        "subject_bn": office.name_bn,
        "subject_en": office.name_en,
        "effective_on": setting.effective_on.isoformat(),
        "field_payments": setting.allowed,
        "reason": setting.reason,
    }
    request = Approval(
        id=setting.id,
        kind=ApprovalKind.FIELD_PAYMENTS,
        office_id=office.id,
        subject_id=setting.id,
        facts=facts,
        fingerprint=setting.fingerprint,
        maker_id=setting.maker_id,
        made_at=books.work.now,
    )
    if not books.approvals.propose(request):
        raise IdConflict
    books.work.audit("propose_field_payments", "office", office.id, {"allowed": setting.allowed})
    return ApprovalState.WAITING


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Put the setting in force.

    Raises:
        FieldPaymentsKnown: another one begins on the same day.
    """
    if not approve:
        return
    facts = approval.facts
    setting = FieldPayments(
        id=approval.id,
        office_id=approval.office_id,
        effective_on=date.fromisoformat(facts["effective_on"]),
        allowed=facts["field_payments"],
        reason=facts["reason"],
        maker_id=approval.maker_id,
    )
    if not books.floats.settings.add(setting, setting.allowed, books.work.actor.person_id):
        raise FieldPaymentsKnown(on=facts["effective_on"])
