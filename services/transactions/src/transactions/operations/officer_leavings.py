"""An officer leaves: begun, lists drawn and signed, finished when everything is so. Rule P8."""

from collections.abc import Mapping

from contracts.errors import MakerIsChecker
from contracts.transactions.officer_leaving_errors import OfficerLeaves
from transactions.domain.officer_leavings import (
    Leaving,
    Line,
    checklist,
    digest_of,
    drawn,
    has_moved,
    passbooks_of,
    require_finished,
    require_handed_over,
    require_officers,
    require_running,
    require_signer,
)
from transactions.domain.requests import fingerprint, require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def begin_officer_leaving(books: Books, command: Mapping[str, str]) -> Leaving:
    """Begin it on the branch's open day: draw the list of each samity of his and all his members' passbooks.

    Raises:
        NotFound: the office or a person is not in the caller's scope.
        NotAnOfficerHere: as `require_officers`.
        MakerIsChecker: he begins his own leaving.
        DayNotOpen: the office has no open day.
        OfficerLeaves: it has begun already.
        IdConflict: the id was used for another.
    """
    scope, actor = Scope.of(books.work.actor), books.work.actor
    office = books.people.office(command["office_id"], scope)
    officer = books.people.staff(command["officer_id"], scope)
    if officer.id == actor.person_id:
        raise MakerIsChecker
    asked = _fingerprint(command, actor.person_id)
    known = books.leavings.find(command["id"])
    if known is not None:
        require_same(known.fingerprint, asked)
        return known
    require_officers(officer, books.people.staff(command["successor_id"], scope), office.id)
    leaving = Leaving(
        id=command["id"],
        office_id=office.id,
        officer_id=officer.id,
        successor_id=command["successor_id"],
        reason=command["reason"],
        begun_by=actor.person_id,
        begun_on=books.days.hold_open(office.id).on,
        begun_at=books.work.now,
        fingerprint=asked,
    )
    if not books.leavings.add(leaving):
        raise OfficerLeaves
    samities = books.leavings.samities_of(officer.id, office.id)
    for samity_id, lines in books.leavings.balances(samities).items():
        _draw(books, leaving, samity_id, lines, number=1)
    members = books.passbook_checks.drawable(office.id, leaving.begun_on)
    books.passbook_checks.add(passbooks_of(leaving, members, samities))
    facts = {"successor_id": leaving.successor_id, "samities": len(samities), "reason": leaving.reason}
    books.work.audit("begin_officer_leaving", "staff", officer.id, facts)
    return leaving


def draw_leaving_lists(books: Books, leaving_id: str) -> Leaving:
    """Draw again each list that no longer holds; its signatures stay with the old one.

    Raises:
        NotFound: there is none, or not for this caller.
        LeavingIsOver: he has left.
    """
    leaving = books.leavings.get(leaving_id, Scope.of(books.work.actor), lock=True)
    require_running(leaving)
    sheets, standing = books.leavings.newest(leaving), books.leavings.standing(leaving, books.work.today)
    balances = books.leavings.balances([sheet.samity_id for sheet in sheets])
    now = {samity_id: digest_of(lines) for samity_id, lines in balances.items()}
    moved = [sheet for sheet in sheets if has_moved(sheet, standing, now)]
    for sheet in moved:
        _draw(books, leaving, sheet.samity_id, balances[sheet.samity_id], number=sheet.number + 1)
    if moved:
        books.work.audit("draw_leaving_lists", "staff", leaving.officer_id, {"lists": len(moved)})
    return leaving


def sign_leaving_list(books: Books, leaving_id: str, samity_id: str, number: int) -> Leaving:
    """Sign the list of a samity as it was read; the same person's second signature changes nothing.

    Raises:
        NotFound: there is no such list, or not for this caller.
        LeavingIsOver, NotYoursToSign, ListHasMoved, LeavingUnfinished: as the rule.
    """
    actor = books.work.actor
    leaving = books.leavings.get(leaving_id, Scope.of(actor), lock=True)
    require_running(leaving)
    sheet = books.leavings.sheet(leaving, samity_id)
    now = digest_of(books.leavings.balances([samity_id])[samity_id])
    is_officer = require_signer(leaving, sheet, person_id=actor.person_id, number=number, now=now)
    require_handed_over(samity_id, books.leavings.standing(leaving, books.work.today))
    if books.leavings.sign(leaving.id, sheet, actor.person_id):
        facts = {"leaving": leaving.id, "number": number, "digest": sheet.digest, "leaves": is_officer}
        books.work.audit("sign_leaving_list", "samity", samity_id, facts)
    return leaving


def finish_officer_leaving(books: Books, leaving_id: str) -> Leaving:
    """Let an officer go; passbooks go on being looked at until their day (rule P5).

    Raises:
        NotFound: there is none, or not for this caller.
        MakerIsChecker: he finishes his own leaving.
        LeavingUnfinished: something is missing.
    """
    actor = books.work.actor
    leaving = books.leavings.get(leaving_id, Scope.of(actor), lock=True)
    if leaving.officer_id == actor.person_id:
        raise MakerIsChecker
    if leaving.finished_at is not None:
        return leaving
    sheets, standing = books.leavings.newest(leaving), books.leavings.standing(leaving, books.work.today)
    require_finished(checklist(sheets, standing, books.leavings.digests(sheets)))
    books.leavings.finish(leaving.id, actor.person_id)
    facts = {"leaving": leaving.id, "receivable": standing.receivable}
    books.work.audit("finish_officer_leaving", "staff", leaving.officer_id, facts)
    return books.leavings.get(leaving.id, Scope.of(actor))


def _draw(books: Books, leaving: Leaving, samity_id: str, lines: list[Line], *, number: int) -> None:
    books.leavings.draw(leaving.id, drawn(samity_id, lines, number=number, at=books.work.now), lines)


def _fingerprint(command: Mapping[str, str], by: str) -> str:
    names = ("office_id", "officer_id", "successor_id", "reason")
    return fingerprint("begin_officer_leaving", by=by, **{name: command[name] for name in names})
