"""A sheet that comes late: the day may close past it, with a reason and its cash declared (rule M3). Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from contracts.money import Paisa
from contracts.transactions.collection_words import SheetStatus
from contracts.transactions.deferral_errors import DeferredTooOften, SheetNotLate
from transactions.domain.requests import fingerprint
from transactions.domain.sheets import FINAL, Sheet, require_not_collector

DAYS_MOST = 2
"""For how many days a sheet may be deferred (rule M3)."""

_WITH_OTHERS = frozenset({*FINAL, SheetStatus.HANDED_OVER, SheetStatus.NOT_HELD_CLAIMED})
"""Not in the officer's hands: in the book, with its cash, or a claim that the manager decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """One day that closes past one sheet.

    Attributes:
        on: The business day.
        number: Counts the days for which the sheet is deferred.
        officer_id: In whose hands its cash is overnight.
        cash_overnight: What he declares to hold of it, in paisa.
        pending: What its rows came to when it was deferred, in paisa.
    """

    id: str
    sheet_id: str
    office_id: str
    on: date
    number: int
    reason: str
    officer_id: str
    cash_overnight: Paisa
    pending: Paisa
    deferred_by: str
    fingerprint: str


def request_fingerprint(sheet_id: str, reason: str, cash: Paisa, deferred_by: str) -> str:
    """Return by what a repeated request is known."""
    return fingerprint("defer_sheet", sheet=sheet_id, reason=reason, cash=cash, by=deferred_by)


def number_of(sheet: Sheet, on: date, before: Collection[date]) -> int:
    """Return which day it is for which a sheet is deferred.

    Args:
        sheet: The sheet.
        on: The branch's open day.
        before: The days for which it was deferred before.

    Raises:
        SheetNotLate: it is in the book or with its cash, waits for a decision, or its day is yet to come.
        DeferredTooOften: the days that are allowed are over.
    """
    if sheet.status in _WITH_OTHERS or sheet.meeting_on > on or on in before:
        raise SheetNotLate(status=sheet.status.value, meeting_on=sheet.meeting_on.isoformat())
    if len(before) >= DAYS_MOST:
        raise DeferredTooOften(days=DAYS_MOST)
    return len(before) + 1


def require_not_his(officer_id: str, person_id: str) -> None:
    """Keep who holds the cash from deferring his own sheet, whatever his role (rule M8).

    Raises:
        CollectorCounts: he does.
    """
    require_not_collector(officer_id, person_id)
