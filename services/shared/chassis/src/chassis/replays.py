"""What is parked in a service, and the replays that two people agree about. Rule P7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from chassis import tables
from chassis.housekeeping import KEPT
from chassis.parking import DONE, PARKED, WAITING
from chassis.work import Work
from contracts import wire
from contracts.errors import NotFound

PAGE = 100
PROPOSED, APPROVED, DECLINED = "waiting", "approved", "declined"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A replay as it is kept; `checker_id` and what follows are None until it is decided."""

    id: str
    event_id: str
    reason: str
    maker_id: str
    proposed_at: datetime
    state: str = PROPOSED
    checker_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A message that somebody has failed to hear, with each of those, and the replay that waits for it."""

    event_id: str
    name: str | None
    first_at: datetime
    hearings: Sequence[Mapping[str, Any]]
    replay: Replay | None

    def may_replay(self, now: datetime) -> bool:
        """Tell whether a replay can be asked for: parked, not too old, and nobody has asked yet (T4)."""
        parked = any(one["state"] == PARKED and one["first_at"] > now - KEPT for one in self.hearings)
        return parked and self.replay is None


class Replays:
    """What `with self.parked_messages() as replays` gives: the rows, and the work itself."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._session = work.session

    def list_failed(self, after: str | None) -> tuple[Failed, ...]:
        """Return up to a page of messages that are not done with, what failed first before the others."""
        rows = tables.parked
        since = sa.func.min(rows.c.first_at)
        open_ones = sa.select(rows.c.event_id).where(rows.c.state != DONE)
        query = sa.select(rows.c.event_id).where(rows.c.event_id.in_(open_ones)).group_by(rows.c.event_id)
        if after is not None:
            query = query.having(sa.tuple_(since, rows.c.event_id) > self._place_of(after))
        found = self._session.execute(query.order_by(since, rows.c.event_id).limit(PAGE)).scalars().all()
        return self.get_failed(found)

    def _place_of(self, event_id: str) -> Any:
        before = tables.parked.alias("before")
        place = (
            sa.select(sa.func.min(before.c.first_at), before.c.event_id)
            .where(before.c.event_id == event_id)
            .group_by(before.c.event_id)
        )
        return place.scalar_subquery()

    def get_failed(self, event_ids: Sequence[str]) -> tuple[Failed, ...]:
        """Return messages by their ids, in this order; one that never failed is left out."""
        rows = tables.parked
        query = sa.select(rows).where(rows.c.event_id.in_(event_ids)).order_by(rows.c.consumer)
        hearings: dict[str, list[Mapping[str, Any]]] = {}
        for row in self._session.execute(query).mappings():
            hearings.setdefault(row["event_id"], []).append(dict(row))
        waiting = self._waiting_for(event_ids)
        return tuple(_failed(hearings[one], waiting.get(one)) for one in event_ids if one in hearings)

    def _waiting_for(self, event_ids: Sequence[str]) -> dict[str, Replay]:
        rows = tables.replays
        query = _replays().where(rows.c.event_id.in_(event_ids), rows.c.state == PROPOSED)
        return {row.event_id: _replay(row) for row in self._session.execute(query)}

    def add(self, replay: Replay) -> bool:
        """Insert a replay; False where its id is known, or another one of the message waits."""
        values = {name: getattr(replay, name) for name in Replay.__dataclass_fields__}
        added = insert(tables.replays).values(values).on_conflict_do_nothing().returning(tables.replays.c.id)
        return self._session.execute(added).first() is not None

    def find(self, replay_id: str) -> Replay | None:
        """Return a replay, or None."""
        row = self._session.execute(_replays().where(tables.replays.c.id == replay_id)).first()
        return None if row is None else _replay(row)

    def lock(self, replay_id: str) -> Replay:
        """Return a replay, locked until it is decided.

        Raises:
            NotFound: there is none.
        """
        query = _replays().where(tables.replays.c.id == replay_id).with_for_update()
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound(kind="replay")
        return _replay(row)

    def list_waiting(self, after: str | None) -> tuple[Replay, ...]:
        """Return up to a page of replays that wait for their second person, the oldest first."""
        rows = tables.replays
        order = (rows.c.proposed_at, rows.c.id)
        query = _replays().where(rows.c.state == PROPOSED).order_by(*order).limit(PAGE)
        if after is not None:
            before = rows.alias("before")
            place = sa.select(before.c.proposed_at, before.c.id).where(before.c.id == after)
            query = query.where(sa.tuple_(*order) > place.scalar_subquery())
        return tuple(map(_replay, self._session.execute(query)))

    def decide(self, replay: Replay, *, reason: str | None) -> None:
        """Write how a locked replay was decided, and by whom."""
        decided = {
            "state": replay.state,
            "checker_id": replay.checker_id,
            "decided_at": self.work.now,
            "decline_reason": reason if replay.state == DECLINED else None,
        }
        self._session.execute(
            sa.update(tables.replays).where(tables.replays.c.id == replay.id).values(decided)
        )

    def hear_again(self, event_id: str) -> int:
        """Let a parked message be tried again by everybody who failed to hear it; return how many will."""
        return hear_again(self._session, event_id, now=self.work.now)


def hear_again(session: Session, event_id: str, *, now: datetime) -> int:
    """Let a parked message be tried again by the running service; return how many hearers will.

    None do where it is not parked, or is older than 35 days, because its inbox row may be gone by then
    (mechanics T4).
    """
    rows = tables.parked
    statement = (
        sa.update(rows)
        .where(rows.c.event_id == event_id, rows.c.state == PARKED, rows.c.first_at > now - KEPT)
        .values(state=WAITING, attempts=0, due_at=now)
        .returning(rows.c.consumer)
    )
    return len(session.execute(statement).all())


def _replays() -> sa.Select[Any]:
    return sa.select(*(tables.replays.c[name] for name in Replay.__dataclass_fields__))


def _replay(row: sa.Row[Any]) -> Replay:
    return Replay(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def _failed(hearings: Sequence[Mapping[str, Any]], replay: Replay | None) -> Failed:
    return Failed(
        event_id=hearings[0]["event_id"],
        name=name_of(hearings[0]["body"]),
        first_at=min(one["first_at"] for one in hearings),
        hearings=hearings,
        replay=replay,
    )


def name_of(body: str) -> str | None:
    """Return what a message says that it tells, where it can be read so far; nothing else of it is shown."""
    try:
        envelope = wire.loads(body)
    except wire.Unreadable:
        return None
    name = envelope.get("name") if isinstance(envelope, dict) else None
    return name if isinstance(name, str) and name.isidentifier() and len(name) <= _LONGEST_NAME else None
