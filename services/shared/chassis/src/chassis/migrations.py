"""What a service's migrations call."""

from typing import Any

from chassis.tables import CHASSIS


def create_chassis_tables(op: Any) -> None:
    """Create outbox, inbox, parked, audit and steps; the first migration of every service calls it.

    A later change of these tables is a migration of each service, written out.
    """
    CHASSIS.create_all(op.get_bind())


def drop_chassis_tables(op: Any) -> None:
    """Drop them; only a downgrade of the first migration does."""
    CHASSIS.drop_all(op.get_bind())
