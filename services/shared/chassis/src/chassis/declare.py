"""`python -m chassis.declare`: exchanges, queues and bindings of contracts, before services start (T4)."""

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from environs import Env
from kombu import Connection, Exchange, Queue

from contracts.calls import RPC_EXCHANGE, Event
from contracts.registry import ALL_EVENTS, SERVICES

CONNECT_SECONDS = 5


def event_exchange(service: str) -> Exchange:
    """Return the exchange on which a service tells its events."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def event_queue(event: Event, consumer: str) -> Queue:
    """Return a consumer's queue for an event."""
    return Queue(
        event.queue(consumer), exchange=event_exchange(event.service), routing_key=event.name, durable=True
    )


def call_queue(service: str) -> Queue:
    """Return the queue of a service's calls, as Nameko declares it."""
    exchange = Exchange(RPC_EXCHANGE, type="topic", durable=True)
    return Queue(f"rpc-{service}", exchange=exchange, routing_key=f"{service}.*", durable=True)


def topology(events: Iterable[Event], services: Iterable[str]) -> Iterator[Exchange | Queue]:
    """Return everything that calls and events need; the type of queues is the virtual host's default."""
    for service in services:
        yield call_queue(service)
        yield event_exchange(service)
    for event in events:
        yield event_exchange(event.service)
        if not event.broadcast:
            yield from (event_queue(event, consumer) for consumer in event.consumers)


def declare(channel: Any, *, events: Iterable[Event] = ALL_EVENTS, services: Iterable[str] = ()) -> list[str]:
    """Declare what is missing and return the names of all.

    Args:
        channel: An open channel.
        events: Whose exchanges and queues.
        services: Whose queues of calls and exchanges.
    """
    names = []
    for thing in topology(events, services):
        thing(channel).declare()
        names.append(str(thing.name))
    return names


def main() -> None:
    """Run the command."""
    argparse.ArgumentParser(prog="python -m chassis.declare", description=__doc__).parse_args()
    with Connection(Env().str("MIKROF_AMQP_URI"), connect_timeout=CONNECT_SECONDS) as connection:
        declare(connection.default_channel, events=ALL_EVENTS, services=SERVICES)


if __name__ == "__main__":
    main()
