"""Samples for an auditor: drawn by the system of an office's entries or members in a period (rule P12).

The draw is pure: whoever knows the seed and the population draws the same things again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from contracts.errors import InvalidPayload
from contracts.transactions.audit_sample_errors import NothingToDraw, NotOfMembers
from contracts.transactions.audit_sample_words import SampleOf
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of what a sample is drawn, and how large it is to be.

    Attributes:
        from_on: The first of the business days of the period.
        to_on: The last one.
    """

    office_id: str
    of: SampleOf
    from_on: date
    to_on: date
    size: int

    def fingerprint(self, drawn_by: str) -> str:
        """Return by which a repeated request is known."""
        days = {"from_on": self.from_on.isoformat(), "to_on": self.to_on.isoformat()}
        said = {"office": self.office_id, "of": self.of.value, "size": self.size}
        return fingerprint("draw_sample", **said, **days, by=drawn_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was asked for, from which seed it was drawn, and of how many things.

    Attributes:
        seed: What nobody could know before.
        population: How many things there were to draw from.
    """

    id: str
    wanted: Wanted
    population: int
    seed: str
    drawn_by: str
    drawn_at: datetime
    fingerprint: str


def require_period(wanted: Wanted) -> None:
    """Let a period end after it begins.

    Raises:
        InvalidPayload: it does not.
    """
    if wanted.to_on < wanted.from_on:
        raise InvalidPayload.of(to_on="PERIOD_BACKWARDS")


def draw(population: Collection[str], *, seed: str, size: int) -> tuple[str, ...]:
    """Draw so many of some things, all of them equally likely.

    Args:
        population: The ids of all things there are; in which order makes no difference.
        seed: What nobody could know before.
        size: How many are wanted; where there are fewer, all are drawn.

    Returns:
        Their ids in the order in which they were drawn.

    Raises:
        NothingToDraw: there is nothing.
    """
    if not population:
        raise NothingToDraw
    return tuple(sorted(set(population), key=lambda one: _rank(one, seed))[:size])


def require_members(wanted: Wanted) -> None:
    """Let letters go to members only.

    Raises:
        NotOfMembers: the sample was drawn of entries.
    """
    if wanted.of is not SampleOf.MEMBERS:
        raise NotOfMembers


def require_over(on: date, last_closed: date | None) -> None:
    """Let letters tell only the end of a day that has ended: what still comes on it would be missing.

    Args:
        on: At the end of which business day.
        last_closed: The branch's newest closed day; None before its first.

    Raises:
        InvalidPayload: the branch has not closed it.
    """
    if last_closed is None or on > last_closed:
        raise InvalidPayload.of(on="DAY_NOT_OVER")


def _rank(thing_id: str, seed: str) -> str:
    return sha256(f"{seed}:{thing_id}".encode()).hexdigest()
