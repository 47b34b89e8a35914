"""The branch's business day: open, closing, closed; and which day comes next. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import DayAlreadyOpen, DayIsClosing, DayNotOpen, DayNotReady

_FRIDAY = 4
_JULY = 7


class DayStatus(StrEnum):
    """Where a business day stands; it only moves forward."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Stage(StrEnum):
    """What the closing of a day has done last; each can be run again (reliability R1.8)."""

    ASKED = "asked"
    NUMBERED = "numbered"
    TOTALLED = "totalled"
    SEALED = "sealed"
    OPENED = "opened"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One business day of one office."""

    office_id: str
    on: date
    status: DayStatus


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A business day on which the holder may post until his database transaction ends."""

    office_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands between a day and its closing, with what its sentence needs."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What two people found in the vault, in paisa; `confirmed` once there were two (rule M7)."""

    total: Paisa
    confirmed: bool


def is_working(on: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether an office works on a date: Friday is the weekly holiday."""
    return on.weekday() != _FRIDAY and on not in holidays


def next_working_day(on: date, holidays: Collection[date] = ()) -> date:
    """Return the first working day after a date.

    However long a branch is shut, as after a cyclone: what was declared comes to an end.
    """
    candidate = on + timedelta(days=1)
    while not is_working(candidate, holidays):
        candidate += timedelta(days=1)
    return candidate


def posting_day(day: BranchDay | None, office_id: str) -> OpenDay:
    """Return the day on which an office posts now.

    Raises:
        DayNotOpen: it has never opened one.
        DayIsClosing: the day is being closed.
    """
    if day is None or day.status is DayStatus.CLOSED:
        raise DayNotOpen(office_id=office_id)
    if day.status is DayStatus.CLOSING:
        raise DayIsClosing(on=day.on.isoformat())
    return OpenDay(day.office_id, day.on)


def require_no_day(day: BranchDay | None) -> None:
    """Let an office open a day by hand only when it has none: later days are opened by closing.

    Raises:
        DayAlreadyOpen: there is one, open, closing or closed.
    """
    if day is not None:
        raise DayAlreadyOpen(on=day.on.isoformat())


def missing_of_vault(booked: Paisa, opening: Counted | None, closing: Counted | None) -> tuple[Missing, ...]:
    """Say what the vault lacks before closing: two counts, each by two people, and the book agrees (M7)."""
    missing = [*_missing_of_count("OPENING", opening), *_missing_of_count("CLOSING", closing)]
    if closing is not None and closing.total != booked:
        facts = {"booked": format_taka(booked), "counted": format_taka(closing.total)}
        missing.append(Missing("VAULT_DIFFERS", facts))
    return tuple(missing)


def _missing_of_count(moment: str, count: Counted | None) -> tuple[Missing, ...]:
    if count is None:
        return (Missing(f"VAULT_NOT_COUNTED_AT_{moment}", {}),)
    return () if count.confirmed else (Missing(f"VAULT_COUNT_NOT_CONFIRMED_AT_{moment}", {}),)


def require_ready(missing: Sequence[Missing]) -> None:
    """Let a day be closed when nothing is missing.

    Raises:
        DayNotReady: with everything that is missing, so that nobody has to ask twice.
    """
    if missing:
        raise DayNotReady(items=[{"code": item.code, "facts": dict(item.facts)} for item in missing])


def first_of_month(on: date, months: int = 0) -> date:
    """Return the first day of the month that many months after (or before) the date's own."""
    index = on.year * 12 + on.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def fiscal_year(on: date) -> str:
    """Return the year from 1 July to 30 June in which vouchers are numbered, for example `2026-27`."""
    first = on.year if on.month >= _JULY else on.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
