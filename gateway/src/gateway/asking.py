"""Asking the services on behalf of whoever made this request: the one way for API and portal views."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, g

from contracts.actor import Actor
from contracts.calls import GATEWAY, Method
from contracts.errors import Forbidden, ServiceError
from gateway.auth.doors import current_session
from gateway.auth.sessions import Sessions
from gateway.backends import Asked, Backends
from gateway.config import Config

EXTENSION = "mikrof"
AT_ONCE = 6
"""How many questions of `ask_each` one process asks at the same time, besides those of its own threads."""

Outcome = dict[str, Any] | ServiceError


@dataclass(frozen=True, slots=True)
class Parts:
    """What one gateway process is made of."""

    config: Config
    backends: Backends
    sessions: Sessions
    helpers: ThreadPoolExecutor


def parts() -> Parts:
    """Return the parts of the running gateway."""
    return cast("Parts", current_app.extensions[EXTENSION])


def ask(method: Method, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a service as the person who made this request, with the permission that the method names.

    Args:
        method: What the contracts promise.
        payload: In the wire's form: amounts as decimal strings, dates as ISO text, secrets plain (they are
            sealed on their way).

    Raises:
        Unauthenticated: nobody is signed in, and the method is not an open one.
        Forbidden: the person's role does not have the permission.
        ServiceError: what the service refuses, or why it cannot be asked just now.
    """
    return parts().backends.ask(method, payload, _asked(method))


def ask_each(questions: Sequence[tuple[Method, Mapping[str, Any]]]) -> list[Outcome]:
    """Ask several at once; each place of the result holds the answer, or the refusal, of its question."""
    prepared = [_prepared(method, payload) for method, payload in questions]
    by_helpers = [parts().helpers.submit(one) for one in prepared[1:]]
    return [*(one() for one in prepared[:1]), *(one.result() for one in by_helpers)]


def _asked(method: Method) -> Asked:
    """Open methods are asked by the gateway itself; the others by the person, if his role may."""
    if method.permission is None:
        return Asked(Actor.of_service(GATEWAY), g.correlation_id)
    session = current_session()
    if method.permission not in session.permissions:
        raise Forbidden
    return Asked(session.actor(method.permission), g.correlation_id)


def _prepared(method: Method, payload: Mapping[str, Any]) -> Callable[[], Outcome]:
    """Settle here who asks: the threads that help know nothing of the request."""
    backends = parts().backends
    try:
        asked = _asked(method)
    except ServiceError as error:
        refusal = error
        return lambda: refusal

    def outcome() -> Outcome:
        try:
            return backends.ask(method, payload, asked)
        except ServiceError as error:
            return error

    return outcome
