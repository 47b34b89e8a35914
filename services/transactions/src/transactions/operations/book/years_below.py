"""The year of an office and all below it: agreed to once by two people, closed one by one (rule M15)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from contracts.transactions.book_errors import MonthEndMissing, YearClosed
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.book.years import FiscalYear, Signed
from transactions.domain.requests import fingerprint, require_same
from transactions.operations.book import years
from transactions.repository import Books
from transactions.repository.scope import Scope

CLOSE_YEAR_STEP = "close_year"
"""The step that the batch process takes, one an office."""
BELOW = "offices_ready"
"""The fact by which a request for an office and all below it is known."""


def propose_all(books: Books, request_id: str, office_id: str, year_name: str) -> ApprovalState:
    """Ask for a year to be closed in an office and every one below it that is ready.

    Whoever still lacks June's month-end is not waited for: it is asked for again.

    Raises:
        NotFound: the office is not in the caller's scope.
        InvalidPayload: there is no such year.
        MonthEndMissing: none is ready.
        YearClosed: it is closed everywhere, or another request for them waits.
        IdConflict: the id was used for another request.
    """
    actor, year = books.work.actor, FiscalYear.of(year_name)
    asked = fingerprint("close_years", office_id=office_id, year=year.name, maker_id=actor.person_id)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    office = books.people.office(office_id, Scope.of(actor))
    ready, waiting = books.years.standing_below(office.path, year)
    _require_any(year, ready, waiting)
    approval = Approval(
        id=request_id,
        kind=ApprovalKind.YEAR_CLOSING.value,
        office_id=office.id,
        subject_id=str(uuid5(UUID(office.id), f"{year.name} {' '.join(ready)}")),
        fingerprint=asked,
        maker_id=actor.person_id,
        made_at=books.work.now,
        facts={
            "subject_bn": office.name_bn,
            "subject_en": office.name_en,
            "year": year.name,
            BELOW: len(ready),
            "offices_waiting": waiting,
        },
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(request_id)
        if faster is None:
            raise YearClosed(year=year.name)
        require_same(faster.fingerprint, asked)
    books.work.audit("propose_year_closing", "office", office.id, {"year": year.name, "below": True})
    return ApprovalState.WAITING


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Close the year of one office now; of an office and all below it, by a step of its own for each.

    Raises:
        MonthEndMissing, YearClosed: as `propose_all`, by now.
    """
    if BELOW not in approval.facts:
        years.decide_year_closing(books, approval, approve=approve)
        return
    if not approve:
        return
    office = books.people.office(approval.office_id, Scope.everything())
    year = FiscalYear.of(approval.facts["year"])
    ready, waiting = books.years.standing_below(office.path, year)
    _require_any(year, ready, waiting)
    for office_id in ready:
        step_id = str(uuid5(UUID(approval.id), office_id))
        people = {"maker_id": approval.maker_id, "checker_id": books.work.actor.person_id}
        books.work.plan(CLOSE_YEAR_STEP, step_id, {"office_id": office_id, "year": year.name, **people})


def close_one(books: Books, step_id: str, payload: Mapping[str, Any]) -> None:
    """Close the year of one office in one transaction; nothing happens where it is closed already.

    Raises:
        DayNotOpen, DayIsClosing: the office posts nothing now; it is tried again.
    """
    year = FiscalYear.of(payload["year"])
    newest = books.years.newest(payload["office_id"])
    if newest is not None and newest >= year.name:
        return
    signed = Signed(id=step_id, maker_id=payload["maker_id"], checker_id=payload["checker_id"])
    years.close_year(books, payload["office_id"], year, signed)


def _require_any(year: FiscalYear, ready: tuple[str, ...], waiting: int) -> None:
    if ready:
        return
    if waiting:
        raise MonthEndMissing(month=f"{year.last_month:%Y-%m}")
    raise YearClosed(year=year.name)
