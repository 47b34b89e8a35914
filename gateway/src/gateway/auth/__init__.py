"""Who asks, and whether he may."""

from gateway.auth.doors import current_session, may, open_to_all, requires, safe_next
from gateway.auth.session import Session
from gateway.auth.sessions import Sessions

__all__ = [
    "Session",
    "Sessions",
    "current_session",
    "may",
    "open_to_all",
    "requires",
    "safe_next",
]
