"""The outbox relay: publishes what was told, in the batch process, at least once (reliability R2.1)."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from amqp.exceptions import AMQPError
from kombu import Connection, Producer
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.extensions import DependencyProvider

from chassis import tables
from chassis.bell import Alarm, Listener
from chassis.database import Contention
from chassis.declare import declare
from chassis.hearing import envelope
from chassis.intake import BROKER_AWAY
from chassis.logs import fault_of, logger
from chassis.process import Process, process_of
from contracts import wire
from contracts.calls import Event
from contracts.errors import ServiceError
from contracts.registry import ALL_EVENTS

BATCH = 100
SWEEP_SECONDS = 1.0
CONNECT_SECONDS = 3.0

Publish = Callable[[dict[str, Any]], None]


class Unroutable(Exception):
    """No queue took an event that somebody should hear."""


class Outlet:
    """The relay's own channel, with confirms; broken ones are dropped and opened anew when needed."""

    def __init__(self, amqp_uri: str, service: str, events: Sequence[Event] = ALL_EVENTS) -> None:
        self._uri = amqp_uri
        self._events = {event.name: event for event in events if event.service == service}
        self._exchange = f"{service}.events"
        self._connection: Connection | None = None
        self._producer: Producer | None = None

    def publish(self, row: dict[str, Any]) -> None:
        """Publish an outbox row and wait until the broker has it.

        Raises:
            Unroutable: no queue took it, though its contract names consumers.
            AMQPError, KombuError, OSError: the broker is away or refuses.
        """
        event = self._events.get(row["name"])
        try:
            self._open().publish(
                envelope(row),
                exchange=self._exchange,
                routing_key=row["name"],
                mandatory=event is not None and bool(event.consumers) and not event.broadcast,
                delivery_mode="persistent",
                retry=False,
            )
        except AMQPError as error:
            self.close()
            if "NO_ROUTE" in str(error):
                raise Unroutable(row["name"]) from None
            raise

    def close(self) -> None:
        """Drop the channel: after a return or an error its confirms no longer match."""
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            connection.release()

    def _open(self) -> Producer:
        if self._producer is None:
            self._connection = Connection(
                self._uri, connect_timeout=CONNECT_SECONDS, transport_options={"confirm_publish": True}
            )
            self._connection.connect()
            declare(self._connection.default_channel, events=tuple(self._events.values()))
            self._producer = Producer(self._connection.default_channel, serializer=wire.NAME)
        return self._producer


class Relay(DependencyProvider):
    """Publishes the outbox of one service; any number of replicas share the work."""

    listener = Listener()

    def __init__(self) -> None:
        self._alarm = Alarm()
        self._stopping = False
        self._thread: Any = None
        self._well = True

    def setup(self) -> None:
        """Listen to the bell, and let the process's health be asked."""
        self.listener.subscribe(self._alarm.ring)
        process_of(self.container.config).vitals.watch("relay", lambda: self._well)

    def start(self) -> None:
        """Begin with whatever an earlier process left."""
        self._thread = self.container.spawn_managed_thread(self._run, identifier="relay")

    def stop(self) -> None:
        """Publish what the last worker told, then end."""
        self._stopping = True
        self._alarm.ring()
        self._thread.wait()

    def get_dependency(self, worker_ctx: Any) -> None:
        """Workers have no business with it."""
        del worker_ctx

    def _run(self) -> None:
        process = process_of(self.container.config)
        outlet = Outlet(self.container.config[AMQP_URI_CONFIG_KEY], process.service)
        while True:
            last = self._stopping
            self._well = self._empty(process, outlet)
            if last:
                return outlet.close()
            self._alarm.wait(SWEEP_SECONDS)

    @staticmethod
    def _empty(process: Process, outlet: Outlet) -> bool:
        try:
            while publish_waiting(process, outlet.publish) == BATCH:
                pass
        except (Contention, ServiceError, *BROKER_AWAY) as error:
            outlet.close()
            logger().warning("relay waits", fault=fault_of(error))
            return False
        return True


def publish_waiting(process: Process, publish: Publish) -> int:
    """Publish a batch of what waits, oldest first, write that it was sent, and return how many were.

    What is published and not yet marked when the process dies is published again: every consumer has an
    inbox. Rows that another replica has in hand are passed over.

    Raises:
        Exception: what `publish` raises, after the rows sent before it were marked.
    """
    failure: Exception | None = None
    with process.database.transaction() as session:
        table = tables.outbox
        waiting = (
            sa.select(table)
            .where(table.c.sent_at.is_(None))
            .order_by(table.c.number)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        sent: list[int] = []
        for row in session.execute(waiting).mappings().all():
            try:
                publish(dict(row))
                sent.append(row["number"])
            except Unroutable:
                logger().error("unroutable", event_name=row["name"], event_id=row["id"])
            except BROKER_AWAY as error:
                failure = error
                break
        if sent:
            session.execute(
                sa.update(table).where(table.c.number.in_(sent)).values(sent_at=process.watch.now())
            )
    if failure is not None:
        raise failure
    return len(sent)
