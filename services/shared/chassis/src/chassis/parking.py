"""Events whose handling failed: tried again with growing pauses, then parked where an operator sees them."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import eventlet
import sqlalchemy as sa
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import SharedExtension
from sqlalchemy.dialects.postgresql import insert

from chassis import tables
from chassis.database import Contention
from chassis.logs import logger
from chassis.observing import Defect, Refused
from chassis.process import Process, process_of
from contracts import wire
from contracts.errors import InvalidPayload, ServiceError

PAUSES = (1, 5, 30, 300, 3600)
"""Seconds before each next try; after the last one the event is parked."""

LEASE = timedelta(seconds=60)
SWEEP_SECONDS = 1
BATCH = 20
WAITING, PARKED, DONE = "waiting", "parked", "done"
UNREADABLE = "Unreadable"
INVALID = InvalidPayload.code
HOPELESS = frozenset({UNREADABLE, INVALID})


def reason_of(error: BaseException) -> str:
    """Name why handling failed, without a word of what was handled."""
    if isinstance(error, Refused):
        return error.error.code
    return error.fault if isinstance(error, Defect) else type(error).__name__


def park(process: Process, consumer: str, body: Any, fault: str) -> None:
    """Record a failed event, to be tried again or parked; it returns only when that is written.

    While the database is away nothing is acknowledged either: the broker keeps the message.
    """
    pause = 0.5
    while True:
        try:
            return _record(process, consumer, body, fault)
        except (Contention, ServiceError):
            eventlet.sleep(pause)
            pause = min(pause * 2, 30)


def _record(process: Process, consumer: str, body: Any, fault: str) -> None:
    text = body if isinstance(body, str) else wire.dumps(body)
    now = process.watch.now()
    row = {
        "consumer": consumer,
        "event_id": event_id_of(body),
        "body": text.replace("\x00", "\ufffd"),
        "state": PARKED if fault in HOPELESS else WAITING,
        "attempts": 1,
        "fault": fault,
        "first_at": now,
        "due_at": now + timedelta(seconds=PAUSES[0]),
    }
    # A redelivery of an event that already waits must not start its count again.
    statement = insert(tables.parked).values(row).on_conflict_do_nothing()
    with process.database.transaction() as session:
        session.execute(statement)
    logger().error(
        "event failed", consumer=consumer, event_id=row["event_id"], fault=fault, state=row["state"]
    )


def event_id_of(body: Any) -> str:
    """Return an event's id, or for what has none one that its content decides."""
    given = body.get("id") if isinstance(body, dict) else None
    try:
        return str(UUID(given))
    except (TypeError, ValueError, AttributeError):
        return str(uuid5(NAMESPACE_OID, body if isinstance(body, str) else wire.dumps(body)))


def claim(process: Process, consumers: Iterable[str]) -> list[dict[str, Any]]:
    """Take events that are due; whoever takes one has a minute before another replica may."""
    table = tables.parked
    now = process.watch.now()
    due = (
        sa.select(table.c.consumer, table.c.event_id)
        .where(table.c.state == WAITING, table.c.due_at <= now, table.c.consumer.in_(list(consumers)))
        .order_by(table.c.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    statement = (
        sa.update(table)
        .where(sa.tuple_(table.c.consumer, table.c.event_id).in_(due))
        .values(due_at=now + LEASE)
        .returning(table.c.consumer, table.c.event_id, table.c.body, table.c.attempts)
    )
    with process.database.transaction() as session:
        return [dict(row) for row in session.execute(statement).mappings()]


def settle(process: Process, row: dict[str, Any], fault: str | None) -> None:
    """Write how another try of an event ended."""
    table = tables.parked
    attempts = row["attempts"] + 1
    given_up = attempts > len(PAUSES) or fault in HOPELESS
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    state = DONE if fault is None else PARKED if given_up else WAITING
    values = {"state": state, "attempts": attempts, "due_at": process.watch.now() + timedelta(seconds=pause)}
    if fault is not None:
        values["fault"] = fault
    with process.database.transaction() as session:
        session.execute(
            sa.update(table)
            .where(table.c.consumer == row["consumer"], table.c.event_id == row["event_id"])
            .values(values)
        )
    logger().info("tried again", consumer=row["consumer"], event_id=row["event_id"], state=state, fault=fault)


class SecondHearing(SharedExtension):
    """Tries failed events again, in the process that hears them."""

    def __init__(self) -> None:
        self._ears: dict[str, Any] = {}
        self._thread: Any = None
        self._stopping = False
        super().__init__()

    def register(self, ear: Any) -> None:
        """Remember who hears what."""
        self._ears[ear.consumer] = ear

    def start(self) -> None:
        """Begin to sweep."""
        self._thread = self.container.spawn_managed_thread(self._sweep, identifier="second hearing")

    def stop(self) -> None:
        """Sweep no more."""
        self._stopping = True

    def _sweep(self) -> None:
        process = process_of(self.container.config)
        while not self._stopping:
            try:
                for row in claim(process, self._ears):
                    self._hear_again(process, row)
            except ContainerBeingKilled:
                return
            except (Contention, ServiceError):
                logger().warning("sweep failed", reason="database away")
            eventlet.sleep(SWEEP_SECONDS)

    def _hear_again(self, process: Process, row: dict[str, Any]) -> None:
        try:
            body = wire.loads(row["body"])
        except wire.Unreadable:
            settle(process, row, UNREADABLE)
        else:
            self._ears[row["consumer"]].work(body, partial(self._settled, process, row))

    @staticmethod
    def _settled(
        process: Process, row: dict[str, Any], worker_ctx: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        del worker_ctx
        try:
            settle(process, row, None if exc_info is None else reason_of(exc_info[1]))
        except (Contention, ServiceError):
            logger().warning("settling failed", reason="database away")
        return result, None
