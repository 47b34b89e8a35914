"""Cash in transit at a month's end: the area signs for late sheets and money without an account (M5, M15)."""

from datetime import date

from contracts.errors import IdConflict
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.days import first_of_month
from transactions.domain.month_ends import closed, month_end_id, require_in_transit, signature_fingerprint
from transactions.domain.requests import require_same
from transactions.operations.month_ends import in_transit
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_signature(
    books: Books, request_id: str, office_id: str, month: date, reason: str
) -> ApprovalState:
    """Ask the area to sign for all that is in transit now; what comes later needs another signature.

    Raises:
        NotFound: the office is not in the caller's scope.
        MonthClosed: it is closed already.
        NothingInTransit: nothing is in the way that could be signed for.
        IdConflict: the id was used for another request, or another one waits.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first, maker = first_of_month(month), books.work.actor.person_id
    asked = signature_fingerprint(office.id, first, reason, maker)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    _require_open(books, office.id, first)
    signed = books.months.signed_for(office.id, first)
    found = [each for each in in_transit(books, office.id, first) if each.id not in signed]
    require_in_transit(first, found)
    amount = Paisa(sum(each.amount for each in found))
    request = Approval(
        id=request_id,
        kind=ApprovalKind.MONTH_IN_TRANSIT,
        office_id=office.id,
        subject_id=month_end_id(office.id, first),
        row_id=request_id,
        amount=amount,
        facts={
            "subject_bn": office.name_bn,
            "subject_en": office.name_en,
            "month_of": f"{first:%Y-%m}",
            "month": first.isoformat(),
            "things": len(found),
            "in_transit": format_taka(amount),
            "signed_for": [each.id for each in found],
            "reason": reason,
        },
        fingerprint=asked,
        maker_id=maker,
        made_at=books.work.now,
    )
    if not books.approvals.propose(request):
        raise IdConflict
    books.work.audit("propose_month_signature", "office", office.id, {"month": first.isoformat()})
    return ApprovalState.WAITING


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Keep the signature of the area.

    Raises:
        MonthClosed: the month was closed meanwhile.
    """
    if not approve:
        return
    month = date.fromisoformat(approval.facts["month"])
    _require_open(books, approval.office_id, month)
    books.months.sign(
        {
            "id": approval.id,
            "office_id": approval.office_id,
            "month": month,
            "signed_for": approval.facts["signed_for"],
            "amount": approval.amount,
            "reason": approval.facts["reason"],
            "proposed_by": approval.maker_id,
            "signed_by": books.work.actor.person_id,
        }
    )


def _require_open(books: Books, office_id: str, month: date) -> None:
    if books.months.closed_of([(office_id, month)]):
        raise closed(month)
