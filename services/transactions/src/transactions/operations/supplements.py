"""Reopening the last closed day as a supplement: asked by the branch, let by the area (rule M16)."""

from datetime import date

from contracts.errors import IdConflict
from contracts.transactions.ledger_errors import DayNotOpen
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.days import BranchDay, DayStatus
from transactions.domain.requests import require_same
from transactions.domain.supplements import request_fingerprint, require_reopenable
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_supplement(books: Books, request_id: str, office_id: str, on: date, reason: str) -> ApprovalState:
    """Ask the area to let a branch go on with its last closed day.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen: it has no open day.
        DayIsClosing, DayNotReopened: as `require_reopenable`.
        IdConflict: the id was used for another request.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    maker = books.work.actor.person_id
    asked = request_fingerprint(office.id, on, reason, maker)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    _require_reopenable(books, office.id, on)
    request = Approval(
        id=request_id,
        kind=ApprovalKind.SUPPLEMENT,
        office_id=office.id,
        subject_id=office.id,
        row_id=request_id,
        facts={
            "subject_bn": office.name_bn,
            "subject_en": office.name_en,
            "on": on.isoformat(),
            "reason": reason,
        },
        fingerprint=asked,
        maker_id=maker,
        made_at=books.work.now,
    )
    if not books.approvals.propose(request):
        raise IdConflict
    books.work.audit("propose_supplement", "office", office.id, {"on": on.isoformat(), "reason": reason})
    return ApprovalState.WAITING


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Let the branch post on its last closed day again; the day that was open waits until it is closed.

    The closed day is locked, then the open one: nobody posts on either meanwhile.

    Raises:
        DayIsClosing, DayNotReopened: the branch went on meanwhile.
    """
    if not approve:
        return
    on = date.fromisoformat(approval.facts["on"])
    running = _require_reopenable(books, approval.office_id, on)
    books.days.wait(running)
    books.days.reopen(approval.office_id, on)
    books.work.audit(
        "reopen_day", "office", approval.office_id, {"on": on.isoformat(), "reason": approval.facts["reason"]}
    )


def _require_reopenable(books: Books, office_id: str, on: date) -> BranchDay:
    newest = books.days.newest(office_id)
    running = books.days.lock(office_id, newest.on) if newest else None
    if running is None or running.status not in {DayStatus.OPEN, DayStatus.CLOSING}:
        raise DayNotOpen(office_id=office_id)
    gone_on = books.collection.handovers.any_on(office_id, running.on)
    require_reopenable(on, running, books.days.last_closed(office_id), gone_on=gone_on)
    return running
