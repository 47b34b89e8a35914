"""Acting assignments: who may hold whose post, for how long, and when it counts. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST = timedelta(days=92)
"""A longer absence is a posting of its own, proposed and approved as such."""
STAY_WHAT_THEY_ARE = frozenset({"administrator", "auditor"})
"""Roles that act in no other post: the one moves no money (P7), the other judges all posts (P12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person in the post of somebody who is away.

    Attributes:
        staff_id: Who acts.
        role: What the post allows.
        office_id: Where the post is.
        away_id: Whose post it is.
        state: proposed, agreed, declined, or ended before its last day.
    """

    id: str
    staff_id: str
    role: str
    office_id: str
    away_id: str
    from_on: date
    to_on: date
    reason: str
    proposed_by: str
    proposed_at: datetime
    state: str = "proposed"
    ended_at: datetime | None = None

    def holds(self, today: date) -> bool:
        """Tell whether it counts today; past its last day it ends by itself."""
        return self.state == "agreed" and self.from_on <= today <= self.to_on

    def is_same(self, other: "Acting") -> bool:
        """Tell whether two proposals say the same."""
        said = ("id", "staff_id", "role", "office_id", "away_id", "from_on", "to_on", "reason", "proposed_by")
        return all(getattr(self, name) == getattr(other, name) for name in said)


def days_are_possible(from_on: date, to_on: date, today: date) -> bool:
    """Tell whether an acting post may have these days: not begun before today, not too long."""
    return today <= from_on <= to_on < from_on + LONGEST
