"""When a message that did not go out is tried again, and when it is given up."""

from datetime import timedelta

PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
MOST = len(PAUSES) + 1
LEASE = timedelta(minutes=2)
"""How long a sender keeps a message to itself; if it dies meanwhile, the message may go out twice."""


def pause_after(attempts: int) -> timedelta | None:
    """Return the pause after so many attempts; None where it is given up."""
    return PAUSES[attempts - 1] if attempts < MOST else None
