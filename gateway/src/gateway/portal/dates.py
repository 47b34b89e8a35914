"""Days and times of day as people type them here: the day first, in Bangla or Latin digits."""

from __future__ import annotations

import re
from datetime import date, time

from contracts.digits import to_latin

DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME_OF_DAY = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)


def typed_day(typed: str) -> date:
    """Return the day that was typed: «১-৯-২০২৬», 01/09/2026, or 2026-09-01 as our own links write it.

    Raises:
        ValueError: there is no such day.
    """
    plain = to_latin(typed).strip()
    if match := YEAR_FIRST.fullmatch(plain):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(plain):
        day, month, year = match.groups()
    else:
        raise ValueError(typed)
    return date(int(year), int(month), int(day))


def typed_time(typed: str) -> time:
    """Return the time of day that was typed: «৯:৩০» or 14.05, on the clock of 24 hours.

    Raises:
        ValueError: there is no such time.
    """
    match = TIME_OF_DAY.fullmatch(to_latin(typed).strip())
    if not match:
        raise ValueError(typed)
    return time(int(match[1]), int(match[2]))


def iso_or_none(typed: str | None) -> str | None:
    """Return a day of an address in the form that services read; None where none, or no day, was given."""
    try:
        return typed_day(typed).isoformat() if typed else None
    except ValueError:
        return None
