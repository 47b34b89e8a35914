"""The one thread that reads from the broker: replies to calls, and what identity broadcasts."""

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event as Signal
from threading import Thread
from time import monotonic
from typing import Any, Protocol

from kombu import Connection, Consumer, Exchange, Queue, binding
from kombu.message import Message

from contracts.calls import RPC_EXCHANGE, Event
from contracts.wire import Unreadable, loads
from gateway.backends.connections import open_connection
from gateway.backends.pending import PendingCalls
from gateway.edge import new_id

LOG = logging.getLogger(__name__)

CONNECT_SECONDS = 3
HEARTBEAT_SECONDS = 10
BREATH_SECONDS = 1.0
SLOWEST_RETRY_SECONDS = 5.0


class Audience(Protocol):
    """Who listens to broadcasts, and must know when some may have been missed (mechanics T5)."""

    def hear(self, event: str, data: dict[str, Any]) -> None:
        """Take in one broadcast event."""

    def attend(self) -> None:
        """Broadcasts arrive from now on; anything before may have been missed."""

    def lose(self) -> None:
        """Broadcasts do not arrive for the time being."""


class Listener:
    """Holds one connection with two exclusive queues, and mends it for as long as the process lives."""

    def __init__(
        self, amqp_uri: str, pending: PendingCalls, audience: Audience, events: tuple[Event, ...] = ()
    ) -> None:
        self._amqp_uri = amqp_uri
        self._pending = pending
        self._audience = audience
        self._events = events
        self._stopping = Signal()
        self._thread = Thread(target=self._run, name="rpc-replies", daemon=True)

    def start(self) -> None:
        """Begin to listen; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; calls still in flight fail."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=CONNECT_SECONDS + BREATH_SECONDS)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._connection() as connection, self._consumers(connection):
                    failures = 0
                    self._listen(connection)
            except Exception as error:  # noqa: BLE001 - whatever it was, the thread must go on
                LOG.warning("broker connection lost", extra={"reason": type(error).__name__})
            finally:
                self._pending.close()
                self._audience.lose()
            failures += 1
            self._stopping.wait(retry_after(failures, random.random()))  # noqa: S311 - jitter, not a secret

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        connection = open_connection(self._amqp_uri, seconds=CONNECT_SECONDS, heartbeat=HEARTBEAT_SECONDS)
        try:
            yield connection
        except BaseException:
            connection.collect()  # without a word: who does not answer would not answer a good-bye either
            raise
        connection.release()

    @contextmanager
    def _consumers(self, connection: Connection) -> Iterator[None]:
        name = f"gateway.replies.{new_id()}"
        with connection.channel() as channel:
            replies = _exclusive(name, [(Exchange(RPC_EXCHANGE, type="topic", durable=True), name)])
            queues = [(replies, self._on_reply)]
            if self._events:
                bindings = [
                    (Exchange(event.exchange, type="topic", durable=True), event.name)
                    for event in self._events
                ]
                queues.append((_exclusive(f"gateway.events.{new_id()}", bindings), self._on_event))
            for queue, callback in queues:
                Consumer(channel, queues=[queue], no_ack=True, on_message=callback).consume()
            self._audience.attend()
            self._pending.open(name)
            yield

    def _listen(self, connection: Connection) -> None:
        link = connection.connection  # kombu's own methods would reconnect in silence, without our queues
        beat = monotonic()
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                link.drain_events(timeout=BREATH_SECONDS)
            if monotonic() - beat >= BREATH_SECONDS:
                link.heartbeat_tick()
                beat = monotonic()

    def _on_reply(self, message: Message) -> None:
        self._pending.settle(str(message.properties.get("correlation_id")), bytes_of(message.body))

    def _on_event(self, message: Message) -> None:
        try:
            event = loads(bytes_of(message.body))
            self._audience.hear(str(event["name"]), dict(event["data"]))
        except (Unreadable, KeyError, TypeError, ValueError):
            LOG.exception("a broadcast could not be read")
            self._audience.attend()  # what it wanted to say is unknown, so nothing remembered counts


def retry_after(failures: int, jitter: float) -> float:
    """Return the seconds until the next attempt to connect: doubling from 0.25, bounded, spread out."""
    doubled: float = 0.125 * 2 ** min(failures, 10)
    return min(SLOWEST_RETRY_SECONDS, doubled) * (0.5 + jitter / 2)


def bytes_of(body: bytes | bytearray | memoryview | str) -> bytes:
    """Return a message's body as bytes; the driver gives text when an encoding was named."""
    return body.encode() if isinstance(body, str) else bytes(body)


def _exclusive(name: str, bindings: list[tuple[Exchange, str]]) -> Queue:
    return Queue(
        name,
        bindings=[binding(exchange, routing_key=key) for exchange, key in bindings],
        exclusive=True,
        durable=False,
        auto_delete=True,
        queue_arguments={"x-queue-type": "classic"},
    )
