"""What one process has, and what one call brings along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chassis.clock import Watch
from chassis.database import Database
from chassis.vitals import Vitals
from contracts.actor import Actor
from contracts.calls import Method
from contracts.errors import DeadlinePassed
from contracts.keys import Keyring

PROCESS = "mikrof-process"
CALL = "mikrof-call"
"""Where a container's configuration carries its process, and a worker's context its call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a call, an event, a step or a timer brings along.

    Attributes:
        actor: On whose behalf.
        issuer: Who vouches for the actor: the gateway, or a service.
        correlation_id: Ties together everything that one request caused.
        deadline: When the caller goes away; None where nobody waits.
    """

    actor: Actor
    issuer: str
    correlation_id: str
    deadline: datetime | None = None

    def seconds_left(self, now: datetime) -> float | None:
        """Return how long the caller still waits; None where nobody does.

        Raises:
            DeadlinePassed: it has gone.
        """
        if self.deadline is None:
            return None
        left = (self.deadline - now).total_seconds()
        if left <= 0:
            raise DeadlinePassed
        return left


class Asks(Protocol):
    """Speaks to other services."""

    def ask(self, method: Method, payload: Mapping[str, Any], call: Call) -> dict[str, Any]:
        """Call a method of another service and return its answer."""


class Nobody:
    """The other services of a process whose container speaks over the broker, or that calls none."""

    def ask(self, method: Method, payload: Mapping[str, Any], call: Call) -> dict[str, Any]:
        """Refuse to be asked.

        Raises:
            RuntimeError: always.
        """
        del payload, call
        raise RuntimeError(f"{method.key} is called outside a container")


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What one process of a service has."""

    service: str
    keys: Keyring
    database: Database
    watch: Watch
    new_id: Callable[[datetime], str]
    ring: Callable[[], None]
    others: Asks = field(default_factory=Nobody)
    vitals: Vitals = field(default_factory=Vitals)

    def own_call(self, correlation_id: str | None = None) -> Call:
        """Return the call of something that the service does of itself."""
        return Call(
            actor=Actor.of_service(self.service),
            issuer=self.service,
            correlation_id=correlation_id or self.new_id(self.watch.now()),
        )


def process_of(config: Mapping[str, Any]) -> Process:
    """Return the process that a container's configuration carries."""
    process = config[PROCESS]
    assert isinstance(process, Process)
    return process
