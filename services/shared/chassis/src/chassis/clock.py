"""The clock, asked here only: everywhere else an instant is an argument."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Watch(Protocol):
    """What tells the time."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the institution."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""


@dataclass(frozen=True, slots=True)
class SystemWatch:
    """The machine's own clock."""

    zone: ZoneInfo

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the place where the clock is asked


def today(watch: Watch) -> date:
    """Return the calendar date where the institution is (a business day comes from the branch day)."""
    return watch.now().astimezone(watch.zone).date()


@dataclass(slots=True)
class SetWatch:
    """A clock that stands where a test or the demo sets it."""

    instant: datetime
    zone: ZoneInfo

    def now(self) -> datetime:
        """Return the instant it stands at."""
        return self.instant

    def advance(self, by: timedelta) -> datetime:
        """Move on, and return the new instant."""
        self.instant += by
        return self.instant


def stopwatch() -> float:
    """Return seconds of a clock that only runs forward, for durations."""
    return time.perf_counter()
