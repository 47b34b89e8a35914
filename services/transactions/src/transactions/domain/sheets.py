"""A collection sheet's life: issued, held by one device, submitted, handed over, in the book. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.transactions.collection_errors import (
    CollectorCounts,
    DayOutOfReach,
    RowNotReturnable,
    SheetClosed,
    SheetHasMoney,
    SheetHeld,
    SheetNotAuthorised,
    TakeOverReasonMissing,
)
from contracts.transactions.collection_words import RowCode, RowKind, RowState, SheetKind, SheetStatus
from transactions.domain.days import is_working
from transactions.domain.rows import Carried, StandingRow

DAYS_AHEAD = 7
"""How far ahead of the calendar sheets are made (rule M4)."""

FINAL = frozenset({SheetStatus.AUTHORISED, SheetStatus.NOT_HELD})
COMPLETE = frozenset({SheetStatus.SUBMITTED, SheetStatus.RETURNED, SheetStatus.HANDED_OVER})
_BEGINNING = frozenset({SheetStatus.ISSUED, SheetStatus.COLLECTING})
_SHEETS = UUID("b5f6f6a2-0a57-5d3e-8b39-9f2a4c1f0c11")
_DAYS_A_WEEK = 7
_SATURDAY_IS_FIRST = 2


@dataclass(frozen=True, slots=True)
class Holder:
    """The one device that may write on a sheet, in the hands of one person (rule M4)."""

    person_id: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One samity's collection on one day.

    Attributes:
        meeting_on: The day of the money: it becomes the value date (rule M2).
        epoch: Counted up whenever another device takes the sheet (rule M4); 0 until somebody holds it.
        collected_by: Whose hands the money is in; None while there is none on the sheet.
        substitute_id: Who stands in for the samity's officer (rule P8).
    """

    id: str
    samity_id: str
    office_id: str
    kind: SheetKind
    meeting_on: date
    status: SheetStatus
    epoch: int = 0
    holder: Holder | None = None
    collected_by: str | None = None
    substitute_id: str | None = None
    handover_id: str | None = None
    counted_by: str | None = None
    authorised_by: str | None = None
    checked_by: str | None = None

    @property
    def complete(self) -> bool:
        """Whether the officer has said everything: from now on only returned rows change (rule M6)."""
        return self.status in COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An account on which a samity's sheet expects a row."""

    member_id: str
    account_id: str
    office_id: str
    ledger: str
    opened_on: date | None


@dataclass(frozen=True, slots=True)
class Untouched:
    """What nobody has said anything of: an account, or a withdrawal; it is never zero (rule M10)."""

    member_id: str
    account_id: str
    withdrawal_id: str | None = None


def regular_sheet_id(samity_id: str, meeting_on: date) -> str:
    """Return the id of the samity's regular sheet, which follows from the day: there is only one (M4)."""
    return str(uuid5(_SHEETS, f"{samity_id}:{meeting_on.isoformat()}"))


def weekday_number(on: date) -> int:
    """Return the weekday as samities count it: 1 is Saturday, 7 is Friday."""
    return (on.weekday() + _SATURDAY_IS_FIRST) % _DAYS_A_WEEK + 1


def meeting_days(first: date, last: date, holidays: Collection[date] = ()) -> Iterable[date]:
    """Return the working days from the first to the last, both included."""
    days = ((first + timedelta(days=offset)) for offset in range((last - first).days + 1))
    return tuple(day for day in days if is_working(day, holidays))


def regular_sheets(office_id: str, weekdays: Mapping[str, int], days: Iterable[date]) -> tuple[Sheet, ...]:
    """Return the sheets that a branch's samities have on some days.

    Args:
        office_id: The branch.
        weekdays: On which weekday each samity meets, by its id.
        days: Working days.
    """
    return tuple(
        Sheet(
            id=regular_sheet_id(samity_id, day),
            samity_id=samity_id,
            office_id=office_id,
            kind=SheetKind.REGULAR,
            meeting_on=day,
            status=SheetStatus.ISSUED,
        )
        for day in days
        for samity_id, weekday in weekdays.items()
        if weekday == weekday_number(day)
    )


def special_sheet(sheet_id: str, samity_id: str, office_id: str, on: date, days: tuple[date, date]) -> Sheet:
    """Return a sheet for money that is brought on another day than the meeting's (rule M4).

    Args:
        sheet_id: The client's.
        samity_id: Whose members bring it.
        office_id: Its branch.
        on: The day of the money.
        days: The first and the last day for which sheets are made now.

    Raises:
        DayOutOfReach: the day is over, or too far ahead.
    """
    first, last = days
    if not first <= on <= last:
        raise DayOutOfReach(first=first.isoformat(), last=last.isoformat())
    return Sheet(
        id=sheet_id,
        samity_id=samity_id,
        office_id=office_id,
        kind=SheetKind.SPECIAL,
        meeting_on=on,
        status=SheetStatus.ISSUED,
    )


def reach(open_on: date, today: date) -> tuple[date, date]:
    """Return the first and the last day for which sheets are made: from the open day to a week ahead.

    A branch behind the calendar goes on collecting for later days (rule M17).
    """
    return open_on, max(open_on, today) + timedelta(days=DAYS_AHEAD)


def waits(meeting_on: date, open_on: date | None) -> bool:
    """Tell whether a sheet waits for its day: the branch has not opened it yet (rule M4)."""
    return open_on is None or meeting_on > open_on


def hold(sheet: Sheet, holder: Holder, *, take_over: bool = False, reason: str | None = None) -> Sheet:
    """Give the sheet to a device; from another one only by a take-over, which raises the epoch (rule M4).

    Raises:
        SheetClosed: nothing is written on it any more.
        SheetHeld: another device holds it, or it was given to a substitute (rule P8).
        TakeOverReasonMissing: a take-over says why.
        SheetHasMoney: the money on it is in another person's hands.
    """
    _require_open(sheet)
    if sheet.holder == holder:
        return sheet
    if sheet.substitute_id not in (None, holder.person_id) or (sheet.holder is not None and not take_over):
        raise SheetHeld(epoch=sheet.epoch)
    if sheet.holder is not None and reason is None:
        raise TakeOverReasonMissing
    _require_money_of(sheet, holder.person_id)
    begun = SheetStatus.COLLECTING if sheet.status is SheetStatus.ISSUED else sheet.status
    return replace(sheet, holder=holder, epoch=sheet.epoch + 1, status=begun)


def assign(sheet: Sheet, officer_id: str) -> Sheet:
    """Give the sheet to a substitute: the epoch moves and nobody holds it until he takes it (rule P8).

    Raises:
        SheetClosed, SheetHasMoney: as `hold`.
    """
    _require_open(sheet)
    _require_money_of(sheet, officer_id)
    return replace(sheet, substitute_id=officer_id, holder=None, epoch=sheet.epoch + 1)


def why_not_holder(sheet: Sheet, holder: Holder, epoch: int) -> RowCode | None:
    """Say why rows of this device go to the compare list; None when it holds the sheet (rule M4)."""
    if sheet.status in FINAL:
        return RowCode.SHEET_CLOSED
    if sheet.holder != holder:
        return RowCode.NOT_THE_HOLDER
    return RowCode.OLD_EPOCH if sheet.epoch != epoch else None


def after_submission(sheet: Sheet, rows: Collection[StandingRow], *, missing: bool) -> Sheet:
    """Return the sheet after its holder's rows were taken.

    It is submitted when no account is left untouched (rule M10), and once submitted stays so; a returned
    row holds it back until it is answered (rule M6).
    """
    if any(row.state is RowState.RETURNED for row in rows):
        return replace(sheet, status=SheetStatus.RETURNED)
    if not sheet.complete and (missing or not rows):
        return replace(sheet, status=SheetStatus.COLLECTING)
    done = SheetStatus.HANDED_OVER if sheet.handover_id else SheetStatus.SUBMITTED
    return replace(sheet, status=done)


def missing_of(
    sheet: Sheet, expected: Iterable[Expected], rows: Iterable[StandingRow]
) -> tuple[Expected, ...]:
    """Return the accounts that a regular sheet still waits for; a special one waits for none (rule M10).

    An account that was opened after the meeting is not waited for.
    """
    if sheet.kind is SheetKind.SPECIAL:
        return ()
    touched = {row.row.account_id for row in rows if row.row.kind is RowKind.COLLECTED}
    return tuple(
        one
        for one in expected
        if one.account_id not in touched and (one.opened_on is None or one.opened_on <= sheet.meeting_on)
    )


def untouched_of(
    sheet: Sheet, expected: Iterable[Expected], carried: Iterable[Carried], rows: Collection[StandingRow]
) -> tuple[Untouched, ...]:
    """Return all that a sheet still waits for: accounts, and withdrawals that the officer carries (M9, M10).

    Of each of those a special sheet says as well whether it was paid.
    """
    told = {row.row.withdrawal_id for row in rows}
    accounts = (Untouched(one.member_id, one.account_id) for one in missing_of(sheet, expected, rows))
    return (
        *accounts,
        *(
            Untouched(one.member_id, one.account_id, one.withdrawal_id)
            for one in carried
            if one.withdrawal_id not in told
        ),
    )


def claim_not_held(sheet: Sheet, rows: Collection[StandingRow]) -> Sheet:
    """Say that the samity did not meet; the manager decides on it (rule M10).

    Raises:
        SheetClosed: the sheet is past that.
        SheetHasMoney: money was taken, so there was a meeting.
    """
    if sheet.status is SheetStatus.NOT_HELD_CLAIMED:
        return sheet
    if sheet.status not in _BEGINNING:
        raise SheetClosed(status=sheet.status.value)
    if any(row.row.amount is not None for row in rows):
        raise SheetHasMoney
    return replace(sheet, status=SheetStatus.NOT_HELD_CLAIMED)


def decide_not_held(sheet: Sheet, *, approve: bool) -> Sheet:
    """Return the sheet after the manager's decision on the claim (rule M10).

    Raises:
        SheetHasMoney: money came meanwhile and the claim cannot be approved any more.
    """
    if sheet.status is not SheetStatus.NOT_HELD_CLAIMED:
        if approve:
            raise SheetHasMoney
        return sheet
    if approve:
        return replace(sheet, status=SheetStatus.NOT_HELD)
    back = SheetStatus.COLLECTING if sheet.epoch else SheetStatus.ISSUED
    return replace(sheet, status=back)


def return_row(row: StandingRow | None, sheet: Sheet, row_id: str, reason: str) -> StandingRow:
    """Give a row of a complete sheet back to the officer; its money stays pending (rules M1, M5).

    Raises:
        RowNotReturnable: it is not on the sheet, or is in the book, or the sheet is still being written.
    """
    if row is None or row.state is RowState.AUTHORISED or not sheet.complete:
        raise RowNotReturnable(row_id=row_id)
    return replace(row, state=RowState.RETURNED, return_reason=reason)


def with_status(sheet: Sheet, status: SheetStatus) -> Sheet:
    """Return the sheet where it stands now."""
    return replace(sheet, status=status)


def check(sheet: Sheet, checker_id: str) -> Sheet:
    """Mark the sheet as checked by the manager (rule M8); the first mark stays.

    Raises:
        SheetNotAuthorised: it is not in the book.
        CollectorCounts: he collected it.
        MakerIsChecker: he counted or authorised it.
    """
    if sheet.status is not SheetStatus.AUTHORISED:
        raise SheetNotAuthorised(status=sheet.status.value)
    require_not_collector(sheet.collected_by, checker_id)
    if checker_id in (sheet.counted_by, sheet.authorised_by):
        raise MakerIsChecker
    return sheet if sheet.checked_by else replace(sheet, checked_by=checker_id)


def require_not_collector(collected_by: str | None, person_id: str) -> None:
    """Keep a person from handling what he collected, whatever his role (rule M8).

    Raises:
        CollectorCounts: he did.
    """
    if collected_by == person_id:
        raise CollectorCounts


def _require_open(sheet: Sheet) -> None:
    if sheet.status in FINAL:
        raise SheetClosed(status=sheet.status.value)


def _require_money_of(sheet: Sheet, person_id: str) -> None:
    """Money on a sheet stays with the officer who took it: a substitute opens a special sheet."""
    if sheet.collected_by not in (None, person_id):
        raise SheetHasMoney
