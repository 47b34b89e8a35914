"""Who of the staff may sign in, and who may approve new staff. Rules P6 and P7."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

HOLD = timedelta(hours=24)
"""How long a manager's hold lasts unless the administrator switches the access off (P6)."""

APPROVER_WAITS = timedelta(hours=24)
"""How long a new administrator waits before he approves new staff (P7)."""

ONE_TIME_PASSWORD_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person of the staff stands: the switch, a hold, and the days of the posting."""

    status: str
    held_until: datetime | None
    from_on: date
    to_on: date | None


def status_of(standing: Standing, *, now: datetime) -> str:
    """Return the status that people see; a hold that has lapsed is none."""
    held = standing.held_until is not None and now < standing.held_until
    return "held" if standing.status == "active" and held else standing.status


def may_work(standing: Standing, *, now: datetime, today: date) -> bool:
    """Tell whether the person may sign in: switched on, not held, within the days of the posting."""
    in_post = standing.from_on <= today and (standing.to_on is None or today <= standing.to_on)
    return in_post and status_of(standing, now=now) == "active"


def approves_from(*, active_since: datetime, founding: bool) -> datetime:
    """Return from when a person may approve new staff; the founders need not wait (P7)."""
    return active_since if founding else active_since + APPROVER_WAITS
