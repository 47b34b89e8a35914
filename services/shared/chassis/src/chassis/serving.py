"""Answering calls: `@serve(METHOD)` turns a service's method into one that other processes can call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, TypeVar

from nameko.extensions import register_entrypoint

from chassis.database import run_again
from chassis.doorway import Doorway
from chassis.observing import observed
from chassis.process import Call
from contracts.calls import Method, dump, load

SERVED = "mikrof_served"


class Serves(Protocol):
    """A service class: it declares `call = CallContext()`."""

    @property
    def call(self) -> Call:
        """The call in hand."""


Service = TypeVar("Service", bound=Serves)
Handler = Callable[[Service, dict[str, Any]], Mapping[str, Any] | object]
Entry = Callable[[Service, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Served:
    """What a served method remembers: its contract, and how it is answered.

    `answer(service, payload)` reads the payload, runs the method (again, where transactions were in each
    other's way) and writes the answer; it raises refusals and defects as they are.
    """

    method: Method
    answer: Callable[[Any, Any], dict[str, Any]]


def serve(method: Method) -> Callable[[Handler[Service]], Entry[Service]]:
    """Answer calls of a method of the contracts.

    The decorated function gets the loaded command (a dict of domain values) and returns a mapping or an
    object with the answer's values. Deadline, signature, caller and permission were checked before it runs;
    scope is the repository's to check. It may be run more than once for one call, so it is idempotent by the
    ids of the command. What it raises, if it is no `ServiceError`, is a defect.
    """

    def decorate(function: Handler[Service]) -> Entry[Service]:
        def answer(service: Service, payload: Any) -> dict[str, Any]:
            command = load(method.command, payload)
            return dump(method.answer, run_again(lambda: function(service, command)))

        @wraps(function)
        def entry(service: Service, payload: Any) -> dict[str, Any]:
            with observed(method.key, service.call):
                return answer(service, payload)

        setattr(entry, SERVED, Served(method, answer))
        register_entrypoint(entry, Doorway(method))
        return entry

    return decorate


def served_methods(service_class: type) -> dict[Method, Served]:
    """Return each method of the contracts that a service class answers."""
    found = (getattr(getattr(service_class, name), SERVED, None) for name in dir(service_class))
    return {served.method: served for served in found if isinstance(served, Served)}
