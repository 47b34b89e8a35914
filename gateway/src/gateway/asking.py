"""Asking the services on behalf of whoever made this request: the one way for API and portal views."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask import current_app, g

from contracts.actor import Actor
from contracts.calls import GATEWAY, Method
from contracts.errors import Forbidden, Kind, OverLimit, ServiceError
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

    Who holds the permission in several posts (acting for somebody) is tried in each: a refusal has changed
    nothing, and it is told when no post may.

    Args:
        method: What the contracts promise.
        payload: In the wire's form: amounts as decimal strings, dates as ISO text, secrets plain (they are
            sealed on their way).

    Raises:
        Unauthenticated: nobody is signed in, and the method is not an open one.
        Forbidden: the person's role does not have the permission.
        ServiceError: what the service refuses, or why it cannot be asked just now.
    """
    return _answered(parts().backends, method, payload, _asked(method))


def ask_each(questions: Sequence[tuple[Method, Mapping[str, Any]]]) -> list[Outcome]:
    """Ask several at once; each place of the result holds the answer, or the refusal, of its question."""
    return _at_once([_prepared(method, payload) for method, payload in questions])


def ask_in_every_post(questions: Sequence[tuple[Method, Mapping[str, Any]]]) -> list[list[Outcome]]:
    """Ask each question in every post that the person holds, all at once; the widest post answers first."""
    asked = [(method, payload, _asked(method)) for method, payload in questions]
    backends = parts().backends
    outcomes = iter(
        _at_once(
            [
                partial(_outcome, backends, method, payload, (one,))
                for method, payload, posts in asked
                for one in posts
            ]
        )
    )
    return [[next(outcomes) for _ in posts] for _, _, posts in asked]


def _asked(method: Method) -> tuple[Asked, ...]:
    """Open methods are asked by the gateway itself; the others by the person, in each post that may."""
    if method.permission is None:
        return (Asked(Actor.of_service(GATEWAY), g.correlation_id),)
    actors = current_session().actors(method.permission)
    if not actors:
        raise Forbidden
    return tuple(Asked(actor, g.correlation_id) for actor in actors)


def _answered(
    backends: Backends, method: Method, payload: Mapping[str, Any], asked: tuple[Asked, ...]
) -> dict[str, Any]:
    first, *others = asked
    try:
        return backends.ask(method, payload, first)
    except ServiceError as error:
        refusal = error
    for other in others:
        if not _is_of_the_post(refusal):
            break
        with suppress(ServiceError):
            return backends.ask(method, payload, other)
    raise refusal


def _is_of_the_post(refusal: ServiceError) -> bool:
    """Whether another post of the same person might be answered otherwise."""
    return refusal.kind in {Kind.FORBIDDEN, Kind.NOT_FOUND} or isinstance(refusal, OverLimit)


def _at_once(prepared: Sequence[Callable[[], Outcome]]) -> list[Outcome]:
    by_helpers = [parts().helpers.submit(one) for one in prepared[1:]]
    return [*(one() for one in prepared[:1]), *(one.result() for one in by_helpers)]


def _prepared(method: Method, payload: Mapping[str, Any]) -> Callable[[], Outcome]:
    """Settle here who asks: the threads that help know nothing of the request."""
    try:
        return partial(_outcome, parts().backends, method, payload, _asked(method))
    except ServiceError as error:
        refusal = error
        return lambda: refusal


def _outcome(
    backends: Backends, method: Method, payload: Mapping[str, Any], asked: tuple[Asked, ...]
) -> Outcome:
    try:
        return _answered(backends, method, payload, asked)
    except ServiceError as error:
        return error
