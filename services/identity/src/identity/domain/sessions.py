"""Sessions and their tokens: how long they live, and what a refresh token that comes back means.

People hold opaque tokens of 256 random bits; only the SHA-256 of each is kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=60)
"""How long the previous refresh token still works for its device, whose answer a bad network lost."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long an access token lives, and a session: without use, and at most."""

    access: timedelta
    idle: timedelta
    absolute: timedelta


OFFICE = Lifetime(access=timedelta(minutes=15), idle=timedelta(minutes=15), absolute=timedelta(hours=12))
FIELD = Lifetime(access=timedelta(hours=1), idle=timedelta(hours=8), absolute=timedelta(days=14))
_IN_THE_FIELD = frozenset({"field_officer", "member"})


def lifetime_of(role: str) -> Lifetime:
    """Return the lifetime of a role's sessions: long on a phone in the field, short at a desk."""
    return FIELD if role in _IN_THE_FIELD else OFFICE


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal: its random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Family:
    """The refresh tokens of one session: each use makes the next generation."""

    generation: int
    rotated_at: datetime | None
    device_id: str | None


class Verdict(StrEnum):
    """What is done about a refresh token that was presented."""

    ROTATE = "rotate"
    REPEAT = "repeat"
    REVOKE = "revoke"


def judge(family: Family, *, generation: int, device_id: str | None, now: datetime) -> Verdict:
    """Say what a presented refresh token means.

    The newest one is rotated. The one before it is answered again, with further tokens of the newest
    generation, within a minute and for the same device. Everything else was stolen, from her or by
    her: the whole family is revoked.

    Args:
        family: What is known of the session's refresh tokens.
        generation: Of the presented token.
        device_id: Who presents it; a browser of the portal has none.
        now: The service's clock.
    """
    if device_id != family.device_id:
        return Verdict.REVOKE
    if generation == family.generation:
        return Verdict.ROTATE
    in_grace = family.rotated_at is not None and now - family.rotated_at <= GRACE
    return Verdict.REPEAT if generation == family.generation - 1 and in_grace else Verdict.REVOKE


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as it is kept: one person, one device, one family of refresh tokens."""

    id: str
    person_id: str
    kind: str
    role: str
    device_id: str | None
    device_name: str | None
    generation: int
    rotated_at: datetime | None
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    @property
    def family(self) -> Family:
        """Its refresh tokens."""
        return Family(self.generation, self.rotated_at, self.device_id)

    def is_open(self, now: datetime) -> bool:
        """Tell whether it still counts: nobody ended it, and it is within both of its times."""
        idle = lifetime_of(self.role).idle
        return self.ended_at is None and now < self.expires_at and now < self.last_seen_at + idle
