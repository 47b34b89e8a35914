"""A samity that did not meet: claimed by the officer, approved by the manager (rule M10)."""

from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain import sheets as rules
from transactions.domain.approvals import Approval
from transactions.domain.requests import fingerprint
from transactions.domain.sheets import Sheet
from transactions.operations import field_payouts
from transactions.repository import Books
from transactions.repository.scope import Scope


def claim_not_held(books: Books, sheet_id: str, reason: str) -> tuple[Sheet, str | None]:
    """Claim that a samity did not meet; returns the sheet and the id of the request that waits.

    Raises:
        NotFound: the sheet is not the caller's.
        SheetClosed, SheetHasMoney: as the rule.
        FloatOutstanding: a float for the meeting is out: it comes back first.
    """
    sheet = books.collection.sheets.lock(sheet_id, Scope.of(books.work.actor))
    claimed = rules.claim_not_held(sheet, books.collection.rows.of_sheet(sheet_id).values())
    if claimed != sheet:
        field_payouts.require_none_out(books, [sheet_id])
        books.collection.sheets.save(claimed)
        books.approvals.propose(_request(books, sheet, reason))
        books.work.audit("claim_not_held", "sheet", sheet_id, {"reason": reason})
    waiting = books.approvals.waiting_of_kind(sheet.office_id, ApprovalKind.NOT_HELD)
    return claimed, next((request.id for request in waiting if request.subject_id == sheet_id), None)


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Do what the manager decided about a claim.

    Raises:
        SheetHasMoney: money came meanwhile, so there was a meeting.
    """
    sheet = books.collection.sheets.lock(approval.subject_id, Scope.of(books.work.actor))
    decided = rules.decide_not_held(sheet, approve=approve)
    if decided != sheet:
        books.collection.sheets.save(decided)
    books.work.audit("decide_not_held", "sheet", sheet.id, {"approve": approve})


def _request(books: Books, sheet: Sheet, reason: str) -> Approval:
    samity = books.people.samity(sheet.samity_id, Scope.everything())
    return Approval(
        id=books.work.new_id(),
        kind=ApprovalKind.NOT_HELD,
        office_id=sheet.office_id,
        subject_id=sheet.id,
        facts={
            "subject_bn": samity.name_bn,
            "subject_en": samity.name_en,
            "samity_code": samity.code,
            "meeting_on": sheet.meeting_on.isoformat(),
            "reason": reason,
        },
        fingerprint=fingerprint(ApprovalKind.NOT_HELD, sheet_id=sheet.id, reason=reason),
        maker_id=books.work.actor.person_id,
        made_at=books.work.now,
    )
