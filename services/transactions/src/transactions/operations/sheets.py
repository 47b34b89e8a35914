"""What is done with collection sheets, apart from what the phone writes on them and the cash."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.actor import Actor
from contracts.errors import IdConflict
from contracts.permissions import Role
from contracts.transactions.collection_errors import DeviceUnknown, OfficerNotOfOffice
from contracts.transactions.collection_words import SheetStatus
from contracts.transactions.ledger_errors import DayIsClosing, DayNotOpen
from transactions.domain import sheets as rules
from transactions.domain.handovers import require_no_kin
from transactions.domain.sheets import Holder, Sheet
from transactions.repository import Books
from transactions.repository.scope import Scope


@dataclass(frozen=True, slots=True)
class Holding:
    """A sheet in a device's hands, with the series of receipts that the device continues (rule P3)."""

    epoch: int
    receipt_series: str
    receipt_next: int


def issue_sheets(books: Books, office_id: str, *, on: date, today: date) -> int:
    """Make a branch's regular sheets from its open day to a week ahead; tells how many were new (rule M4).

    Sheets that are no longer due, because a meeting day or a holiday changed, are taken back while nobody
    has touched them.

    Args:
        books: The caller has hold of the branch day, or has just opened it.
        office_id: The branch.
        on: Its open day.
        today: The calendar's day, which may be ahead of the branch's.
    """
    due = _due(books, office_id, on=on, today=today)
    books.collection.sheets.withdraw(office_id, rules.reach(on, today), [sheet.id for sheet in due])
    return books.collection.sheets.issue(due)


def keep_sheets_issued(books: Books, office_id: str, *, today: date) -> None:
    """Make a branch's sheets where they are not those that are due, as for a samity opened this morning.

    While the day is being closed nothing is made: the next one will be opened with its sheets.
    """
    running = books.days.find_open(office_id)
    if running is None:
        return
    due = [sheet.id for sheet in _due(books, office_id, on=running.on, today=today)]
    if not books.collection.sheets.agree(office_id, rules.reach(running.on, today), due):
        with suppress(DayIsClosing, DayNotOpen):
            day = books.days.hold_open(office_id)
            issue_sheets(books, office_id, on=day.on, today=today)


def issue_special_sheet(books: Books, sheet_id: str, samity_id: str, on: date, *, today: date) -> None:
    """Make a sheet for money that is brought on another day (rule M4).

    Raises:
        NotFound: the samity is not the caller's.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        DayOutOfReach: the day is over, or too far ahead.
        IdConflict: the id is another sheet's.
    """
    scope = Scope.of(books.work.actor)
    samity = books.people.samity(samity_id, scope)
    day = books.days.hold_open(samity.branch_id)
    sheet = rules.special_sheet(sheet_id, samity_id, samity.branch_id, on, rules.reach(day.on, today))
    if books.collection.sheets.issue([sheet]):
        books.work.audit("issue_special_sheet", "sheet", sheet_id, {"on": on.isoformat()})
        return
    known = books.collection.sheets.find(sheet_id, Scope.everything())
    if (known.samity_id, known.meeting_on, known.kind) != (samity_id, on, sheet.kind):
        raise IdConflict


def hold_sheet(books: Books, sheet_id: str, *, take_over: bool, reason: str | None) -> Holding:
    """Give a sheet to the caller's device (rule M4).

    Raises:
        NotFound: there is none, or it is not the caller's.
        DeviceUnknown: the call names neither a device nor a session.
        SheetClosed, SheetHeld, TakeOverReasonMissing, SheetHasMoney: as the rule.
    """
    holder = holder_of(books.work.actor)
    sheet = books.collection.sheets.lock(sheet_id, Scope.of(books.work.actor))
    held = rules.hold(sheet, holder, take_over=take_over, reason=reason)
    if held != sheet:
        books.collection.sheets.save(held)
        books.work.audit("hold_sheet", "sheet", sheet_id, {"epoch": held.epoch, "reason": reason})
    series, number = books.collection.rows.series_of(holder.device)
    return Holding(held.epoch, series, number)


def holder_of(actor: Actor) -> Holder:
    """Return the device from which somebody writes; a browser without a name is known by its session.

    Raises:
        DeviceUnknown: there is neither.
    """
    device = actor.device_id or actor.session_id
    if device is None:
        raise DeviceUnknown
    return Holder(actor.person_id, device)


def assign_sheet(books: Books, sheet_id: str, officer_id: str, reason: str) -> Sheet:
    """Give a sheet to a substitute for its day (rule P8).

    Raises:
        NotFound: there is no such sheet or officer for this caller.
        OfficerNotOfOffice: he is not an active field officer of the branch.
        SheetClosed, SheetHasMoney: as the rule.
    """
    scope = Scope.of(books.work.actor)
    sheet = books.collection.sheets.lock(sheet_id, scope)
    officer = books.people.staff(officer_id, scope)
    if not officer.active or (officer.role, officer.office_id) != (Role.FIELD_OFFICER, sheet.office_id):
        raise OfficerNotOfOffice
    if sheet.substitute_id == officer_id:
        return sheet
    assigned = rules.assign(sheet, officer_id)
    books.collection.sheets.save(assigned)
    books.work.audit("assign_sheet", "sheet", sheet_id, {"officer_id": officer_id, "reason": reason})
    return assigned


def return_rows(books: Books, sheet_id: str, reasons: Mapping[str, str]) -> Sheet:
    """Give rows of a complete sheet back to the officer, each with its reason (rules M5, M6).

    Raises:
        NotFound: there is no such sheet for this caller.
        CollectorCounts, PersonExcluded: it is his own collection, or his own or kin's money (rule M8).
        RowNotReturnable: one row is not on the sheet, or is in the book; none is returned then.
    """
    actor = books.work.actor
    sheet = books.collection.sheets.lock(sheet_id, Scope.of(actor))
    rules.require_not_collector(sheet.collected_by, actor.person_id)
    rows = books.collection.rows.of_sheet(sheet_id)
    returned = [rules.return_row(rows.get(row_id), sheet, row_id, why) for row_id, why in reasons.items()]
    require_no_kin((row.row.member_id for row in returned), actor.excluded_members)
    books.collection.rows.mark_returned(returned)
    waiting = rules.with_status(sheet, SheetStatus.RETURNED)
    books.collection.sheets.save(waiting)
    books.work.audit("return_rows", "sheet", sheet_id, {"rows": dict(reasons)})
    return waiting


def check_sheet(books: Books, sheet_id: str) -> Sheet:
    """Mark a posted sheet as checked (rule M8).

    Raises:
        NotFound: there is no such sheet for this caller.
        SheetNotAuthorised, CollectorCounts, MakerIsChecker: as the rule.
        PersonExcluded: his own or kin's money is on it.
    """
    actor = books.work.actor
    sheet = books.collection.sheets.lock(sheet_id, Scope.of(actor))
    checked = rules.check(sheet, actor.person_id)
    rows = books.collection.rows.of_sheet(sheet_id).values()
    require_no_kin((row.row.member_id for row in rows), actor.excluded_members)
    if checked != sheet:
        books.collection.sheets.mark_checked(checked)
        books.work.audit("check_sheet", "sheet", sheet_id)
    return checked


def _due(books: Books, office_id: str, *, on: date, today: date) -> tuple[Sheet, ...]:
    first, last = rules.reach(on, today)
    holidays = books.days.holidays(office_id, first - timedelta(days=1))
    samities = books.people.samities_of_branch(office_id)
    weekdays = {samity.id: samity.meeting_weekday for samity in samities}
    free = books.days.samity_holidays(office_id, first - timedelta(days=1))
    meetings = rules.regular_sheets(office_id, weekdays, rules.meeting_days(first, last, holidays))
    return tuple(sheet for sheet in meetings if (sheet.samity_id, sheet.meeting_on) not in free)
