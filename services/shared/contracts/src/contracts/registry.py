"""Everything that services promise each other, gathered."""

from contracts import accounts, identity, notifications, parked, transactions, wordings
from contracts.calls import Event, Method

SERVICES = parked.SERVICES

ALL_METHODS: tuple[Method, ...] = (
    *identity.METHODS,
    *accounts.METHODS,
    *transactions.METHODS,
    *notifications.METHODS,
    *wordings.METHODS,
    *parked.METHODS,
)
ALL_EVENTS: tuple[Event, ...] = (
    *identity.EVENTS,
    *accounts.EVENTS,
    *transactions.EVENTS,
    *notifications.EVENTS,
)


def events_heard_by(service: str) -> tuple[tuple[Event, str], ...]:
    """Return each event that a service hears, with the consumer (`service.method`)."""
    return tuple(
        (event, consumer)
        for event in ALL_EVENTS
        for consumer in event.consumers
        if consumer.split(".")[0] == service
    )
