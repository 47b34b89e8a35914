"""Nameko's RPC protocol for threads: many calls at once over one reply queue (R3.1, mechanics T2)."""

from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from contracts.calls import Event
from contracts.errors import DeadlinePassed, ServiceAway
from contracts.wire import dumps
from gateway.backends.bulkhead import Bulkhead
from gateway.backends.listener import Audience, Listener
from gateway.backends.pending import PendingCalls, Reply
from gateway.backends.publishers import Letter, PublisherPool
from gateway.edge import new_id, now


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds.

    Attributes:
        reconnection: For the listener to come back, before a call is refused.
        confirmation: For the broker to take a message.
        silence: For a reply, before one looks whether anybody is there at all.
        place: For a place in the bulkhead.
    """

    reconnection: float = 1.0
    confirmation: float = 5.0
    silence: float = 2.0
    place: float = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """One call: to whom, what, with which context, and for how many seconds somebody waits."""

    service: str
    method: str
    payload: Mapping[str, Any]
    headers: Mapping[str, str | int]
    timeout: float


class RpcClient:
    """Calls services; safe for any number of threads. One a process, made after gunicorn has forked."""

    def __init__(
        self, amqp_uri: str, listener: Listener, pending: PendingCalls, *, places: int, patience: Patience
    ) -> None:
        self._listener = listener
        self._pending = pending
        self._patience = patience
        self._publishers = PublisherPool(amqp_uri)
        self._bulkhead = Bulkhead(places, patience.place)
        self._away = AwayServices()

    def start(self) -> None:
        """Begin to listen for replies."""
        self._listener.start()

    def stop(self) -> None:
        """Let every connection go; calls in flight fail."""
        self._listener.stop()
        self._publishers.close()

    @property
    def is_connected(self) -> bool:
        """Whether replies can arrive just now."""
        return self._pending.is_open

    @property
    def late_replies(self) -> int:
        """How many replies came after their caller had gone."""
        return self._pending.late

    def call(self, request: Request) -> Reply:
        """Send a request and return the body of its reply.

        Raises:
            ServiceAway: the broker or the service is not there.
            ServiceOverloaded: there is more work than the service takes on.
            DeadlinePassed: it is there and did not answer in time; whether the work was done is unknown, so
                the same request may be sent again under the same ids.
        """
        until = monotonic() + request.timeout
        with self._bulkhead.place(request.service):
            self._look_for(request.service)
            correlation_id = new_id()
            future, reply_to = self._pending.expect(correlation_id, patience=self._patience.reconnection)
            try:
                self._send(letter_of(request, reply_to, correlation_id, until - monotonic()))
                return self._wait(request.service, future, until)
            finally:
                self._pending.forget(correlation_id)

    def _send(self, letter: Letter) -> None:
        with self._publishers.borrow() as publisher:
            publisher.send(letter, timeout=min(self._patience.confirmation, letter.expires_in))

    def _wait(self, service: str, future: Future[Reply], until: float) -> Reply:
        try:
            return future.result(timeout=max(0.0, min(self._patience.silence, until - monotonic())))
        except NotYet:
            self._must_be_there(service)
        try:
            return future.result(timeout=max(0.0, until - monotonic()))
        except NotYet:
            self._must_be_there(service)
            raise DeadlinePassed from None

    def _look_for(self, service: str) -> None:
        """Do not queue behind a service that was away when last asked, unless it has come back."""
        if service in self._away:
            self._must_be_there(service)

    def _must_be_there(self, service: str) -> None:
        with self._publishers.borrow() as publisher:
            consumers = publisher.consumers_of(service)
        self._away.note(service, is_away=consumers == 0)
        if consumers == 0:
            raise ServiceAway


class AwayServices:
    """The services that nobody was serving when last looked at."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: frozenset[str] = frozenset()

    def __contains__(self, service: str) -> bool:
        return service in self._names

    def note(self, service: str, *, is_away: bool) -> None:
        """Remember what was seen."""
        with self._lock:
            self._names = self._names | {service} if is_away else self._names - {service}


def letter_of(request: Request, reply_to: str, correlation_id: str, seconds_left: float) -> Letter:
    """Put a request into its envelope; the deadline travels with it (architecture §6.5).

    Raises:
        DeadlinePassed: waiting for a place has used the time up.
    """
    if seconds_left <= 0:
        raise DeadlinePassed
    return Letter(
        routing_key=f"{request.service}.{request.method}",
        body=dumps({"args": [request.payload], "kwargs": {}}),
        headers={**request.headers, "nameko.deadline": int((now().timestamp() + seconds_left) * 1000)},
        reply_to=reply_to,
        correlation_id=correlation_id,
        expires_in=seconds_left,
    )


def open_client(
    amqp_uri: str,
    audience: Audience,
    events: tuple[Event, ...],
    *,
    places: int,
    patience: Patience | None = None,
) -> RpcClient:
    """Make a client that also listens to broadcasts; `start` it after the fork."""
    pending = PendingCalls()
    listener = Listener(amqp_uri, pending, audience, events)
    return RpcClient(amqp_uri, listener, pending, places=places, patience=patience or Patience())
