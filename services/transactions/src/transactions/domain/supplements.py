"""Reopening a day unseals nothing: what comes after is a supplement, sealed apart (rule M16). Pure."""

from datetime import date

from contracts.transactions.ledger_errors import DayIsClosing, DayNotReopened
from transactions.domain.days import BranchDay, DayStatus, first_of_month
from transactions.domain.requests import fingerprint


def request_fingerprint(office_id: str, on: date, reason: str, maker_id: str) -> str:
    """Return by what a repeated request is known."""
    return fingerprint("supplement", office=office_id, on=on.isoformat(), reason=reason, by=maker_id)


def require_reopenable(on: date, running: BranchDay, last_closed: date | None, *, gone_on: bool) -> None:
    """Let a day be reopened as a supplement.

    Args:
        on: The day.
        running: The branch's open day.
        last_closed: The newest day before it that is closed.
        gone_on: Whether cash of the open day's sheets was declared or is in the book.

    Raises:
        DayIsClosing: the open day is being closed.
        DayNotReopened: it is not the last closed day, is of another month, or the open day has gone on.
    """
    if running.status is DayStatus.CLOSING:
        raise DayIsClosing(on=running.on.isoformat())
    if running.on <= on or on != last_closed:
        raise DayNotReopened(why="NOT_THE_LAST")
    if first_of_month(on) != first_of_month(running.on):
        raise DayNotReopened(why="ANOTHER_MONTH")
    if gone_on:
        raise DayNotReopened(why="GONE_ON")
