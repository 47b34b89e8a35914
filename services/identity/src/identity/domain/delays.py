"""How long a sign-in door stays shut after failed tries: growing delays, never a lock-out. Rule B7.

A try is counted before the secret is looked at, so that a hundred at once count as a hundred.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FORGET = timedelta(hours=24)
"""After so long without a try, the earlier ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries are free, and how long the longest wait becomes."""

    free: int
    longest: timedelta


ACCOUNT = Patience(free=5, longest=timedelta(minutes=15))
ADDRESS = Patience(free=50, longest=timedelta(minutes=5))
"""A branch, or a whole village behind one mobile mast, shares an address: it gets more tries."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries at one door that are remembered, and when the last one was."""

    count: int
    last_at: datetime


def delay_after(count: int, patience: Patience) -> timedelta:
    """Return the wait after so many tries: nothing while they are free, then 2, 4, 8 … seconds."""
    beyond = count - patience.free
    if beyond <= 0:
        return timedelta(0)
    doublings = min(beyond, int(patience.longest.total_seconds()).bit_length())
    return min(timedelta(seconds=1 << doublings), patience.longest)


def wait_left(tries: Tries | None, patience: Patience, *, now: datetime) -> int:
    """Return the whole seconds until the next try is listened to; 0 is an open door.

    The last try may bear a later instant than `now`: who waited for the door's row began before it.
    """
    if tries is None:
        return 0
    delay = delay_after(tries.count, patience)
    left = min(delay, tries.last_at + delay - now)
    return max(0, -(-left // timedelta(seconds=1)))


def count_try(tries: Tries | None, *, now: datetime) -> Tries:
    """Return the tries with one more, from the beginning where the earlier ones are forgotten."""
    if tries is None or now - tries.last_at >= FORGET:
        return Tries(1, now)
    return Tries(tries.count + 1, max(now, tries.last_at))


def take_back(tries: Tries) -> Tries:
    """Return the tries without one: it turned out to be right, and others share the door."""
    return replace(tries, count=max(0, tries.count - 1))
