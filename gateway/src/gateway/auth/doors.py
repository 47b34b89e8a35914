"""The check that every view passes: a permission, any session, or a stated reason why it is open."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import g, has_request_context

from contracts.errors import Forbidden, Unauthenticated
from gateway.auth.posts import in_chosen_post
from gateway.auth.session import Session

P = ParamSpec("P")
R = TypeVar("R")


def requires(*permissions: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view be seen with any of some permissions; with none named, by anybody who is signed in.

    Raises:
        Unauthenticated: nobody is signed in.
        Forbidden: the person's role has none of them.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            session = current_session()
            if permissions and session.permissions.isdisjoint(permissions):
                raise Forbidden
            return view(*args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]  # read by the walk over all routes
        return guarded

    return guard


def open_to_all(why: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view be seen by anybody, and say why."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.open_because = why  # type: ignore[attr-defined]  # read by the walk over all routes
        return view

    return mark


def current_session() -> Session:
    """Return the session of the person who asks.

    Raises:
        Unauthenticated: nobody is signed in.
    """
    session = _session()
    if session is None:
        raise Unauthenticated
    return session


def may(permission: str) -> bool:
    """Tell whether the person who asks has a permission; for navigation and buttons."""
    session = _session()
    return session is not None and permission in session.permissions


def safe_next(address: str | None) -> str:
    """Return a local address to go on to; anything that could lead elsewhere becomes the first page."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(address)
    clean = not parts.scheme and not parts.netloc and "\\" not in address and address.isprintable()
    return address if clean else "/"


def _session() -> Session | None:
    if not has_request_context():
        return None
    if "session" not in g:
        found = g.find_session()
        g.session = None if found is None else in_chosen_post(found)
    session: Session | None = g.session
    return session
