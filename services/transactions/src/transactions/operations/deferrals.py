"""Letting a day close past a sheet that is not in: the manager says why, the area is told (rule M3)."""

from contracts.errors import IdConflict
from contracts.money import Paisa, format_taka
from contracts.transactions.collection_errors import OfficerNotOfOffice
from contracts.transactions.deferral_errors import DeferralStands
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval
from transactions.domain.days import OpenDay
from transactions.domain.deferrals import Deferral, number_of, request_fingerprint, require_not_his
from transactions.domain.people import Samity
from transactions.domain.requests import require_same
from transactions.domain.sheets import Sheet
from transactions.repository import Books
from transactions.repository.scope import Scope


def defer_sheet(books: Books, deferral_id: str, sheet_id: str, reason: str, cash: Paisa) -> None:
    """Let the open day close without a sheet: it is in the next day's way again.

    The branch's day is held, so that no closing looks for what is missing meanwhile.

    Args:
        books: One open database transaction.
        deferral_id: The client's.
        sheet_id: Which sheet.
        reason: Why it is not in.
        cash: What its officer declares to hold of it overnight.

    Raises:
        NotFound: there is no such sheet for this caller.
        DayNotOpen, DayIsClosing: its branch has no day that could close.
        SheetNotLate, DeferredTooOften: as the rule.
        CollectorCounts: the cash is in his own hands.
        OfficerNotOfOffice: the samity has no officer who could hold the cash.
        IdConflict: the id was used for another request.
    """
    actor, scope = books.work.actor, Scope.of(books.work.actor)
    office_id = books.collection.sheets.find(sheet_id, scope).office_id
    day = books.days.hold_open(office_id)
    sheet = books.collection.sheets.lock(sheet_id, scope)
    asked = request_fingerprint(sheet_id, reason, cash, actor.person_id)
    known = books.collection.deferrals.fingerprint_of(deferral_id)
    if known is not None:
        require_same(known, asked)
        return
    samity = books.people.samity(sheet.samity_id, Scope.everything())
    deferral = Deferral(
        id=deferral_id,
        sheet_id=sheet.id,
        office_id=office_id,
        on=day.on,
        number=number_of(sheet, day.on, books.collection.deferrals.days_of(sheet.id)),
        reason=reason,
        officer_id=_holder_of_cash(sheet, samity),
        cash_overnight=cash,
        pending=Paisa(_total(books, sheet)),
        deferred_by=actor.person_id,
        fingerprint=asked,
    )
    require_not_his(deferral.officer_id, actor.person_id)
    if not books.collection.deferrals.add(deferral):
        raise IdConflict
    books.approvals.propose(_told_to_area(books, deferral, sheet, samity, day))
    facts = {"on": day.on.isoformat(), "number": deferral.number, "cash_overnight": cash, "reason": reason}
    books.work.audit("defer_sheet", "sheet", sheet.id, facts)


def see(books: Books, approval: Approval, *, approve: bool) -> None:
    """Keep that the area has seen a deferral.

    Raises:
        DeferralStands: the day was closed with it; it cannot be undone.
    """
    if not approve:
        raise DeferralStands
    books.work.audit("see_deferral", "sheet", approval.facts["sheet_id"])


def _holder_of_cash(sheet: Sheet, samity: Samity) -> str:
    officer_id = sheet.collected_by or sheet.substitute_id or samity.officer_id
    if officer_id is None:
        raise OfficerNotOfOffice
    return officer_id


def _total(books: Books, sheet: Sheet) -> int:
    return sum(row.row.received for row in books.collection.rows.of_sheet(sheet.id).values())


def _told_to_area(books: Books, deferral: Deferral, sheet: Sheet, samity: Samity, day: OpenDay) -> Approval:
    return Approval(
        id=books.work.new_id(),
        kind=ApprovalKind.DEFERRAL,
        office_id=deferral.office_id,
        subject_id=deferral.id,
        amount=deferral.cash_overnight,
        facts={
            "subject_bn": samity.name_bn,
            "subject_en": samity.name_en,
            "sheet_id": sheet.id,
            "samity_code": samity.code,
            "officer_id": deferral.officer_id,
            "on": day.on.isoformat(),
            "meeting_on": sheet.meeting_on.isoformat(),
            "number": deferral.number,
            "cash_overnight": format_taka(deferral.cash_overnight),
            "pending": format_taka(deferral.pending),
            "reason": deferral.reason,
        },
        fingerprint=deferral.fingerprint,
        maker_id=deferral.deferred_by,
        made_at=books.work.now,
    )
