"""What transactions promises about the ledger."""

from contracts.calls import Event, Method

METHODS: tuple[Method, ...] = ()
EVENTS: tuple[Event, ...] = ()
