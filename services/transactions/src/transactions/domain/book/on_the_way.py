"""For how long what offices send each other is on its way, and when that is too long (rule L6). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.money import Paisa, format_taka
from transactions.domain.days import Missing

DAYS_ON_THE_WAY = 3
"""After how many days money that nobody took in is on the head office's list (rule L6)."""


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What offices have sent and nobody has taken in, in paisa; `since` is the earliest day."""

    count: int
    amount: Paisa
    since: date | None


def late_warnings(late: OnTheWay) -> tuple[Missing, ...]:
    """Warn of what is on its way for too long; it blocks nothing (rule L6)."""
    if late.since is None:
        return ()
    facts = {"count": late.count, "amount": format_taka(late.amount), "since": late.since.isoformat()}
    return (Missing("LONG_ON_ITS_WAY", facts),)


def late_before(today: date) -> date:
    """Return the day before which what was sent is late today (rule L6)."""
    return today - timedelta(days=DAYS_ON_THE_WAY)


def days_on_the_way(sent_on: date | None, taken_on: date | None, today: date) -> int | None:
    """Return for how many days money has been on its way; None where it is not."""
    return None if sent_on is None or taken_on is not None else max(0, (today - sent_on).days)
