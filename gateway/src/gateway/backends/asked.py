"""What asking a service needs besides method and payload, and the failure that is nobody's refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from contracts.actor import Actor
from contracts.calls import Method


@dataclass(frozen=True, slots=True)
class Asked:
    """On whose behalf, and by which request.

    Attributes:
        actor: The person with the one permission used, or the gateway itself at an open door.
        correlation_id: The id of the HTTP request, which every log line on the way carries.
    """

    actor: Actor
    correlation_id: str


class ServiceDefect(Exception):
    """A service failed without refusing: a defect, told to people by its correlation id only."""


class Backends(Protocol):
    """The services, as the gateway's views meet them."""

    def ask(self, method: Method, payload: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """Return a service's answer in the wire's form, secrets in plain text."""
