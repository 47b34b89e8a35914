"""What a service's migrations call."""

from typing import Any

from chassis.tables import CHASSIS, audit, inbox, outbox, parked, replays, steps

FIRST = (outbox, inbox, parked, audit, steps)
"""What a service had from its first migration on; each later table has a migration of its own."""


def create_chassis_tables(op: Any) -> None:
    """Create outbox, inbox, parked, audit and steps; the first migration of every service calls it.

    A later change of these tables is a migration of each service, written out.
    """
    CHASSIS.create_all(op.get_bind(), tables=FIRST)


def drop_chassis_tables(op: Any) -> None:
    """Drop them; only a downgrade of the first migration does."""
    CHASSIS.drop_all(op.get_bind(), tables=FIRST)


def create_replays(op: Any) -> None:
    """Create what two people agreed about parked events; one migration of every service calls it."""
    CHASSIS.create_all(op.get_bind(), tables=(replays,))


def drop_replays(op: Any) -> None:
    """Drop it; only the downgrade of that migration does."""
    CHASSIS.drop_all(op.get_bind(), tables=(replays,))
