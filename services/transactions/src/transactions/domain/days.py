"""The branch's business day: open, closing, closed; and which day comes next. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import DayAlreadyOpen, DayIsClosing, DayNotOpen, DayNotReady
from contracts.transactions.ledger_words import DayPhase

_FRIDAY = 4
_JULY = 7


class DayStatus(StrEnum):
    """Where a business day stands; one waits while the day before it is reopened as a supplement (M16)."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    WAITING = "waiting"


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


def working_days_since(on: date, today: date, holidays: Collection[date] = ()) -> int:
    """Return how many working days came after a branch's open day, today's among them (rule M17)."""
    passed = (on + timedelta(days=days) for days in range(1, (today - on).days + 1))
    return sum(1 for day in passed if is_working(day, holidays))


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


def phase_of(status: DayStatus | None, opening: Counted | None, closing: Counted | None) -> DayPhase:
    """Return what a branch is about on its day, from its status and the counts of its vault."""
    if status is None:
        return DayPhase.NONE
    if status is not DayStatus.OPEN:
        return DayPhase(status.value) if status is not DayStatus.WAITING else DayPhase.OPENING
    if opening is None or not opening.confirmed:
        return DayPhase.OPENING
    return DayPhase.COUNTING if closing is not None else DayPhase.WORKING


def cash_warnings(vault: int, in_field: int, limit: int | None) -> tuple[Missing, ...]:
    """Warn when the vault holds more than its limit, or will when the field's cash is in; it blocks nothing.

    Args:
        vault: What the vault holds by the book, in paisa.
        in_field: What stands on sheets and is not in the book yet, in paisa (rule M7).
        limit: The branch's limit in paisa; None where it has none.
    """
    if limit is None or vault + in_field <= limit:
        return ()
    facts = {"vault": vault, "in_field": in_field, "limit": limit}
    code = "VAULT_OVER_LIMIT" if vault > limit else "VAULT_WILL_PASS_LIMIT"
    return (Missing(code, {name: format_taka(Paisa(amount)) for name, amount in facts.items()}),)


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
