"""Sending to the broker: connections with publisher confirms, each used by one thread at a time."""

import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from amqp.exceptions import AMQPError, MessageNacked
from amqp.exceptions import NotFound as QueueNotFound
from kombu import Producer
from kombu.exceptions import KombuError

from contracts.calls import RPC_EXCHANGE
from contracts.errors import ServiceAway, ServiceOverloaded
from contracts.wire import CONTENT_TYPE, ENCODING
from gateway.backends.connections import open_connection

CONNECT_SECONDS = 2
BROKER_ERRORS = (AMQPError, KombuError, OSError)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way to a service.

    Attributes:
        routing_key: `service.method`.
        body: JSON in the wire's form.
        headers: Nameko's context headers.
        reply_to: The queue for the reply.
        correlation_id: The call's own id.
        expires_in: Seconds until nobody waits for it; the broker drops it then.
    """

    routing_key: str
    body: str
    headers: Mapping[str, str | int]
    reply_to: str
    correlation_id: str
    expires_in: float


class Publisher:
    """One connection, one channel with confirms."""

    def __init__(self, amqp_uri: str) -> None:
        self._connection = open_connection(amqp_uri, seconds=CONNECT_SECONDS, confirms=True)
        self._returned = False
        try:
            channel = self._connection.channel()
        except BaseException:
            self.drop()
            raise
        self._producer = Producer(channel, auto_declare=False, on_return=self._on_return)

    def send(self, letter: Letter, *, timeout: float) -> None:
        """Publish a letter and wait until the broker has it.

        Raises:
            ServiceAway: no queue takes it.
            ServiceOverloaded: its queue is full (policy `reject-publish`).
            AMQPError, KombuError, OSError: the connection is no good any more.
        """
        self._returned = False
        try:
            self._producer.publish(
                letter.body,
                exchange=RPC_EXCHANGE,
                routing_key=letter.routing_key,
                mandatory=True,
                content_type=CONTENT_TYPE,
                content_encoding=ENCODING,
                headers=dict(letter.headers),
                expiration=letter.expires_in,
                reply_to=letter.reply_to,
                correlation_id=letter.correlation_id,
                confirm_timeout=timeout,
            )
        except MessageNacked:
            raise ServiceOverloaded from None
        if self._returned:
            raise ServiceAway

    def consumers_of(self, service: str) -> int:
        """Return how many processes take calls of a service; a queue that does not exist has none."""
        with self._connection.channel() as channel:
            try:
                return int(channel.queue_declare(f"rpc-{service}", passive=True).consumer_count)
            except QueueNotFound:
                return 0

    def is_stale(self) -> bool:
        """Tell whether the broker has said something to this idle connection, which is only ever good-bye."""
        if not self._connection.connected:
            return True
        poll = select.poll()
        poll.register(self._connection.connection.sock, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        """Say good-bye and go."""
        self._connection.release()

    def drop(self) -> None:
        """Go without a word: a broker that holds us back would never answer a good-bye."""
        self._connection.collect()

    def _on_return(self, *_: Any) -> None:
        self._returned = True


class PublisherPool:
    """Idle publishers of one process; as many exist as threads have published at the same time."""

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._lock = Lock()
        self._idle: list[Publisher] = []

    @contextmanager
    def borrow(self) -> Iterator[Publisher]:
        """Lend a publisher to this thread; one that failed is not lent again.

        Raises:
            ServiceAway: the broker does not let us in, or went away underneath.
        """
        try:
            publisher = self._take() or Publisher(self._amqp_uri)
        except BROKER_ERRORS as error:
            raise ServiceAway from error
        try:
            yield publisher
        except (ServiceAway, ServiceOverloaded):
            self._give_back(publisher)
            raise
        except BROKER_ERRORS as error:
            publisher.drop()
            raise ServiceAway from error
        except BaseException:
            publisher.drop()
            raise
        self._give_back(publisher)

    def close(self) -> None:
        """Let all idle connections go."""
        with self._lock:
            idle, self._idle = self._idle, []
        for publisher in idle:
            publisher.close()

    def _take(self) -> Publisher | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                publisher = self._idle.pop()
            if not publisher.is_stale():
                return publisher
            publisher.drop()

    def _give_back(self, publisher: Publisher) -> None:
        with self._lock:
            self._idle.append(publisher)
