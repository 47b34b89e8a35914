"""A page about one month: which the address asks for, and those beside it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request

from gateway.edge import today
from gateway.portal.dates import iso_or_none

A_DAY = timedelta(days=1)
INTO_THE_NEXT = timedelta(days=31)
"""From the first of any month into the following one."""


def month_of_page() -> date:
    """The month of the address by its first day, else this one's."""
    return (asked_for() or today()).replace(day=1)


def ended_month_of_page() -> date:
    """The month of the address by its first day, else the newest that is over."""
    return (asked_for() or end_of_last_month()).replace(day=1)


def asked_for() -> date | None:
    """The day that the address names for its month."""
    asked = iso_or_none(request.args.get("month"))
    return date.fromisoformat(asked) if asked else None


def end_of_last_month() -> date:
    """The last day of the newest month that is over."""
    return today().replace(day=1) - A_DAY


def last_day(begins: date) -> date:
    """The last day of a month."""
    return (begins + INTO_THE_NEXT).replace(day=1) - A_DAY


def facts_of_month(begins: date) -> dict[str, str]:
    """What a page says of its month: itself, the one before and the following one, each by its first day."""
    return {
        "month": begins.isoformat(),
        "before": (begins - A_DAY).replace(day=1).isoformat(),
        "following": (begins + INTO_THE_NEXT).replace(day=1).isoformat(),
    }
