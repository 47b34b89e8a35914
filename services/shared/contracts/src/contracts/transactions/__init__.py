"""What transactions promises: the ledger, and the collection that feeds it."""

from contracts.calls import Event, Method
from contracts.schemas import Nothing, Pong
from contracts.transactions import (
    applicants,
    behind,
    books,
    cash_limits,
    classes,
    collection,
    deferrals,
    interest,
    ledger,
    lending,
    lending_endings,
    meetings,
    mobile_money,
    months,
    nominees,
    reports,
    savings,
    sealed_days,
    snapshots,
    standing,
    supplements,
    transfers,
)

PING = Method(service="transactions", name="ping", command=Nothing, answer=Pong)

METHODS: tuple[Method, ...] = (
    PING,
    *ledger.METHODS,
    *books.METHODS,
    *snapshots.METHODS,
    *collection.METHODS,
    *deferrals.METHODS,
    *savings.METHODS,
    *lending.METHODS,
    *classes.METHODS,
    *interest.METHODS,
    *applicants.METHODS,
    *lending_endings.METHODS,
    *standing.METHODS,
    *nominees.METHODS,
    *meetings.METHODS,
    *months.METHODS,
    *cash_limits.METHODS,
    *behind.METHODS,
    *supplements.METHODS,
    *mobile_money.METHODS,
    *sealed_days.METHODS,
    *transfers.METHODS,
    *reports.METHODS,
)
EVENTS: tuple[Event, ...] = (
    *ledger.EVENTS,
    *collection.EVENTS,
    *savings.EVENTS,
    *lending.EVENTS,
    *lending_endings.EVENTS,
    *nominees.EVENTS,
    *transfers.EVENTS,
)
