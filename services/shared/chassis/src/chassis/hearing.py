"""Hearing events: `@hear(EVENT)` handles each event once, however often it comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from marshmallow import fields
from nameko.extensions import register_entrypoint
from sqlalchemy.dialects.postgresql import insert

from chassis import tables
from chassis.database import run_again
from chassis.earshot import Earshot
from chassis.observing import observed
from chassis.work import Opening, Work
from contracts.calls import Event, load
from contracts.errors import InvalidPayload
from contracts.fields import InstantField, UuidField
from contracts.schemas import EventData

HEARD = "mikrof_heard"
UNIT_OF_WORK = "books"

Service = TypeVar("Service")
Books = TypeVar("Books")
Handler = Callable[[Service, "Heard", Books], None]


class Envelope(EventData):
    """How an event is written on the broker."""

    id = UuidField(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)
    occurred_at = InstantField(required=True)
    correlation_id = fields.String(required=True)
    data = fields.Dict(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An event that was heard, its data loaded by the event's schema."""

    id: str
    name: str
    version: int
    occurred_at: datetime
    correlation_id: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a hearing method remembers; `take(service, consumer, body)` handles an envelope once."""

    event: Event
    take: Callable[[Any, str, Any], bool]


def read(event: Event, body: Any) -> Heard:
    """Read an envelope and its data.

    Raises:
        InvalidPayload: it is not one of this event.
    """
    envelope = load(Envelope, body)
    if envelope["name"] != event.name:
        raise InvalidPayload.of(name="ANOTHER_EVENT")
    return Heard(**envelope | {"data": load(event.data, envelope["data"])})


def hear(event: Event, *, unit_of_work: str = UNIT_OF_WORK) -> Callable[[Handler[Service, Books]], Any]:
    """Handle an event of the contracts.

    The decorated method gets the event and the service's repository, in one transaction with the inbox row
    that makes a second delivery harmless. What it raises rolls all of it back; the event is tried again
    later and, in the end, parked.

    Args:
        event: What is heard; its contract names this service and method among the consumers.
        unit_of_work: The name of the `UnitOfWork` on the service class.
    """

    def decorate(function: Handler[Service, Books]) -> Any:
        def take(service: Any, consumer: str, body: Any) -> bool:
            heard = read(event, body)
            opening: Opening[Books] = getattr(service, unit_of_work)

            def once() -> bool:
                with opening.opened() as (books, work):
                    if not _is_new(work, consumer, heard.id):
                        return False
                    function(service, heard, books)
                    return True

            return run_again(once)

        @wraps(function)
        def entry(service: Any, consumer: str, body: Any) -> bool:
            with observed(consumer, service.call):
                return take(service, consumer, body)

        setattr(entry, HEARD, Hearing(event, take))
        register_entrypoint(entry, Earshot(event))
        return entry

    return decorate


def _is_new(work: Work, consumer: str, event_id: str) -> bool:
    """Write the inbox row; a second delivery waits here for the first one's end, then finds it."""
    row = {"consumer": consumer, "event_id": event_id, "heard_at": work.now}
    done = work.session.execute(
        insert(tables.inbox).values(row).on_conflict_do_nothing().returning(tables.inbox.c.event_id)
    )
    return done.first() is not None


def envelope(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wire form of an outbox row."""
    return {
        "id": row["id"],
        "name": row["name"],
        "version": row["version"],
        "occurred_at": row["occurred_at"].isoformat().replace("+00:00", "Z"),
        "correlation_id": row["correlation_id"],
        "data": row["data"],
    }


def heard_events(service_class: type) -> dict[str, Hearing]:
    """Return what a service class hears, by the method's name."""
    found = {name: getattr(getattr(service_class, name), HEARD, None) for name in dir(service_class)}
    return {name: hearing for name, hearing in found.items() if isinstance(hearing, Hearing)}
