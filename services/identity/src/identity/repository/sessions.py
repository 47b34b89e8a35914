"""The rows of sessions and their tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session as Transaction

from identity.domain.sessions import Session
from identity.models import access_tokens, known_devices, refresh_tokens, sessions

SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written at most so often: it is asked for at every request."""


@dataclass(frozen=True, slots=True)
class Presented:
    """A refresh token that was found, with its session."""

    session: Session
    generation: int


@dataclass(frozen=True, slots=True)
class Device:
    """A device from which somebody has signed in; name and last use come of the newest session."""

    device_id: str
    name: str | None
    first_at: datetime
    last_seen_at: datetime | None
    is_open: bool
    off_at: datetime | None
    off_reason: str | None


@dataclass(frozen=True, slots=True)
class DeviceSwitch:
    """When a device was switched off, by whom and why."""

    at: datetime
    by_id: str
    reason: str


class SessionRows:
    """Sessions in one transaction."""

    def __init__(self, session: Transaction) -> None:
        self._session = session

    def add(self, session: Session) -> None:
        """Insert a session."""
        values = {column.name: getattr(session, column.name) for column in sessions.columns}
        self._session.execute(sa.insert(sessions).values(values))

    def add_tokens(self, session: Session, *, access: str, refresh: str, access_ends_at: datetime) -> None:
        """Insert the hashes of a pair of tokens of the session's newest generation."""
        self._session.execute(
            sa.insert(access_tokens).values(hash=access, session_id=session.id, expires_at=access_ends_at)
        )
        self._session.execute(
            sa.insert(refresh_tokens).values(
                hash=refresh, session_id=session.id, generation=session.generation
            )
        )

    def find_by_access(self, access: str, *, now: datetime) -> tuple[Session, datetime] | None:
        """Return the session of an access token that has not expired, and when it does; or None."""
        query = (
            sa.select(sessions, access_tokens.c.expires_at.label("access_ends_at"))
            .join(access_tokens, access_tokens.c.session_id == sessions.c.id)
            .where(access_tokens.c.hash == access, access_tokens.c.expires_at > now)
        )
        row = self._session.execute(query).first()
        return None if row is None else (_session(row), row.access_ends_at)

    def lock_by_refresh(self, refresh: str) -> Presented | None:
        """Return the session of a refresh token, locked, so that two refreshes follow each other; or None."""
        query = (
            sa.select(sessions, refresh_tokens.c.generation.label("presented"))
            .join(refresh_tokens, refresh_tokens.c.session_id == sessions.c.id)
            .where(refresh_tokens.c.hash == refresh)
            .with_for_update(of=sessions)
        )
        row = self._session.execute(query).first()
        return None if row is None else Presented(_session(row), row.presented)

    def rotate(self, session: Session) -> None:
        """Write that a session was rotated, and used."""
        values = {
            "generation": session.generation,
            "rotated_at": session.rotated_at,
            "last_seen_at": session.last_seen_at,
        }
        self._session.execute(sa.update(sessions).where(sessions.c.id == session.id).values(values))

    def note_use(self, session: Session, *, now: datetime) -> None:
        """Write when a session was last used, unless that was written a moment ago."""
        if now - session.last_seen_at >= SEEN_EVERY:
            used = sa.update(sessions).where(sessions.c.id == session.id)
            self._session.execute(used.values(last_seen_at=now))

    def is_of(self, person_id: str, session_id: str) -> bool:
        """Tell whether a session is a person's, open or not."""
        query = sa.select(sessions.c.id).where(sessions.c.id == session_id, sessions.c.person_id == person_id)
        return self._session.execute(query).first() is not None

    def list_open(self, person_id: str, *, now: datetime) -> tuple[Session, ...]:
        """Return a person's open sessions, the newest first."""
        query = (
            sa.select(sessions)
            .where(sessions.c.person_id == person_id, sessions.c.ended_at.is_(None))
            .order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
        )
        found = map(_session, self._session.execute(query))
        return tuple(session for session in found if session.is_open(now))

    def end(
        self, person_id: str, *, now: datetime, only: str | None = None, but: str | None = None
    ) -> tuple[str, ...]:
        """End a person's sessions and return their ids.

        Args:
            person_id: Whose.
            now: The service's clock.
            only: Only this one, where given.
            but: All but this one, where given.
        """
        ended = sa.update(sessions).where(sessions.c.person_id == person_id, sessions.c.ended_at.is_(None))
        if only is not None:
            ended = ended.where(sessions.c.id == only)
        if but is not None:
            ended = ended.where(sessions.c.id != but)
        return tuple(self._session.scalars(ended.values(ended_at=now).returning(sessions.c.id)))

    def is_known_device(self, person_id: str, device_id: str) -> bool:
        """Tell whether a person has signed in on a device before."""
        query = sa.select(known_devices.c.first_at).where(
            known_devices.c.person_id == person_id, known_devices.c.device_id == device_id
        )
        return self._session.execute(query).first() is not None

    def is_device_off(self, person_id: str, device_id: str) -> bool:
        """Tell whether a device was switched off for a person."""
        query = sa.select(known_devices.c.off_at).where(
            known_devices.c.person_id == person_id, known_devices.c.device_id == device_id
        )
        return self._session.execute(query).scalar() is not None

    def list_devices(self, person_id: str, *, now: datetime) -> tuple[Device, ...]:
        """Return from where a person has signed in, the newest device first."""
        ours = sessions.c.person_id == person_id
        newest = (
            sa.select(sessions.c.device_id, sessions.c.device_name, sessions.c.last_seen_at)
            .where(ours, sessions.c.device_id.is_not(None))
            .ext(distinct_on(sessions.c.device_id))
            .order_by(sessions.c.device_id, sessions.c.last_seen_at.desc())
            .subquery()
        )
        open_now = sa.select(sessions.c.device_id).where(
            ours,
            sessions.c.device_id.is_not(None),
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
        )
        query = (
            sa.select(
                known_devices.c.device_id,
                newest.c.device_name.label("name"),
                known_devices.c.first_at,
                newest.c.last_seen_at,
                known_devices.c.device_id.in_(open_now).label("is_open"),
                known_devices.c.off_at,
                known_devices.c.off_reason,
            )
            .join(newest, newest.c.device_id == known_devices.c.device_id, isouter=True)
            .where(known_devices.c.person_id == person_id)
            .order_by(known_devices.c.first_at.desc(), known_devices.c.device_id)
        )
        return tuple(Device(*row) for row in self._session.execute(query))

    def switch_device(self, person_id: str, device_id: str, off: DeviceSwitch | None) -> None:
        """Switch a known device off for a person, or on again."""
        values = {
            "off_at": off.at if off else None,
            "off_by": off.by_id if off else None,
            "off_reason": off.reason if off else None,
        }
        his = (known_devices.c.person_id == person_id, known_devices.c.device_id == device_id)
        self._session.execute(sa.update(known_devices).where(*his).values(values))

    def end_on_device(self, person_id: str, device_id: str, *, now: datetime) -> tuple[str, ...]:
        """End a person's sessions on one device and return their ids."""
        ended = (
            sa.update(sessions)
            .where(
                sessions.c.person_id == person_id,
                sessions.c.device_id == device_id,
                sessions.c.ended_at.is_(None),
            )
            .values(ended_at=now)
            .returning(sessions.c.id)
        )
        return tuple(self._session.scalars(ended))

    def note_device(self, person_id: str, device_id: str, *, now: datetime) -> None:
        """Remember that a person has signed in on a device."""
        row = {"person_id": person_id, "device_id": device_id, "first_at": now}
        self._session.execute(insert(known_devices).values(row).on_conflict_do_nothing())

    def forget(self, *, before: datetime, limit: int) -> int:
        """Delete sessions whose time ended before an instant, with their tokens; return how many."""
        old = sa.select(sessions.c.id).where(sessions.c.expires_at < before).limit(limit)
        gone = sa.delete(sessions).where(sessions.c.id.in_(old)).returning(sessions.c.id)
        return len(self._session.execute(gone).all())

    def forget_access_tokens(self, *, before: datetime, limit: int) -> int:
        """Delete access tokens that expired before an instant; return how many."""
        old = sa.select(access_tokens.c.hash).where(access_tokens.c.expires_at < before).limit(limit)
        gone = sa.delete(access_tokens).where(access_tokens.c.hash.in_(old)).returning(access_tokens.c.hash)
        return len(self._session.execute(gone).all())


def _session(row: sa.Row[Any]) -> Session:
    return Session(**{column.name: getattr(row, column.name) for column in sessions.columns})
