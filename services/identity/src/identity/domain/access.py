"""Who of the staff may sign in, and who may approve new staff. Rules P6 and P7."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

HOLD = timedelta(hours=24)
"""How long a manager's hold lasts unless the administrator switches the access off (P6)."""

APPROVER_WAITS = timedelta(hours=24)
"""How long a new administrator waits before he approves new staff (P7)."""

ONE_TIME_PASSWORD_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPerson:
    """A person of the staff with the posting that counts today.

    Attributes:
        status: proposed, active, off or declined: what was decided, a hold apart.
        mobile: Encrypted; a founder has none.
        declared_members: The members that are the person or kin (M8).
        founding: One of the first two administrators, whom nobody could approve (P7).
        fingerprint: Of the proposal, to know it again.
    """

    id: str
    username: str
    name_bn: str
    name_en: str
    mobile: str | None
    declared_members: tuple[str, ...]
    status: str
    founding: bool
    active_since: datetime | None
    held_until: datetime | None
    fingerprint: str
    version: int
    role: str
    office_id: str
    from_on: date
    to_on: date | None = None


def status_of(person: StaffPerson, *, now: datetime) -> str:
    """Return the status that people see; a hold that has lapsed is none."""
    held = person.held_until is not None and now < person.held_until
    return "held" if person.status == "active" and held else person.status


def may_work(person: StaffPerson, *, now: datetime, today: date) -> bool:
    """Tell whether the person may sign in: switched on, not held, within the days of the posting."""
    in_post = person.from_on <= today and (person.to_on is None or today <= person.to_on)
    return in_post and status_of(person, now=now) == "active"


def is_new(person: StaffPerson, *, now: datetime) -> bool:
    """Tell whether a person is an administrator who approves nothing yet (P7)."""
    if person.role != "administrator" or person.active_since is None:
        return False
    return now < approves_from(active_since=person.active_since, founding=person.founding)


def approves_from(*, active_since: datetime, founding: bool) -> datetime:
    """Return from when a person may approve new staff; the founders need not wait (P7)."""
    return active_since if founding else active_since + APPROVER_WAITS
