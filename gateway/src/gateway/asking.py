"""Asking the services on behalf of whoever made this request: the one way for API and portal views."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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


def ask_each(
    questions: Sequence[tuple[Method, Mapping[str, Any]]],
) -> list[dict[str, Any] | ServiceError]:
    """Ask several at once; each place of the result holds the answer, or the refusal, of its question."""
    here = parts()
    asked = [_asked_or_refused(method) for method, _ in questions]
    waiting = [
        here.helpers.submit(here.backends.ask, method, payload, who) if isinstance(who, Asked) else who
        for (method, payload), who in zip(questions, asked, strict=True)
    ]
    return [_outcome(one) for one in waiting]


def _asked(method: Method) -> Asked:
    """Open methods are asked by the gateway itself; the others by the person, if his role may."""
    if method.permission is None:
        return Asked(Actor.of_service(GATEWAY), g.correlation_id)
    session = current_session()
    if method.permission not in session.permissions:
        raise Forbidden
    return Asked(session.actor(method.permission), g.correlation_id)


def _asked_or_refused(method: Method) -> Asked | ServiceError:
    try:
        return _asked(method)
    except ServiceError as error:
        return error


def _outcome(one: Future[dict[str, Any]] | ServiceError) -> dict[str, Any] | ServiceError:
    if isinstance(one, ServiceError):
        return one
    try:
        return one.result()
    except ServiceError as error:
        return error
