"""The two shapes of what services promise: a method that can be called, an event that is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from contracts.errors import InvalidPayload

GATEWAY = "gateway"
RPC_EXCHANGE = "nameko-rpc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of a service, as its callers meet it.

    Attributes:
        service: Who answers.
        name: verb_noun, for example `submit_sheet`.
        command: Schema of what is asked.
        answer: Schema of what is answered.
        permission: What the actor must hold; None where nobody needs to be known (sign-in) or another
            service calls.
        callers: Who may sign calls (mechanics T6).
        timeout: Seconds that a caller waits.
        changes: Whether anything is different afterwards; such a call carries an id of the client's.
    """

    service: str
    name: str
    command: type[Schema]
    answer: type[Schema]
    permission: str | None = None
    callers: frozenset[str] = frozenset({GATEWAY})
    timeout: int = 10
    changes: bool = False

    @property
    def key(self) -> str:
        """The routing key, `service.method`."""
        return f"{self.service}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact that a service tells.

    Attributes:
        service: Who tells it.
        name: noun_past, for example `sheet_authorised`.
        version: Counted up when the meaning of a field changes; fields are only added (mechanics B5).
        data: Schema of its data: ids and versions, full state, or `Sealed` (mechanics T1).
        consumers: `service.method` of everybody who hears it.
        broadcast: It goes to the gateways' own queues only, and nobody need listen (mechanics T5).
    """

    service: str
    name: str
    data: type[Schema]
    version: int = 1
    consumers: tuple[str, ...] = field(default=())
    broadcast: bool = False

    @property
    def exchange(self) -> str:
        """The exchange on which the service tells its events."""
        return f"{self.service}.events"

    def queue(self, consumer: str) -> str:
        """Return the name of a consumer's queue for this event."""
        return f"evt-{self.service}-{self.name}--{consumer}"


def load(schema: type[Schema], payload: Any) -> dict[str, Any]:
    """Read a payload by its schema.

    Raises:
        InvalidPayload: with each wrong field's path (`rows.3.amount`) and message codes.
    """
    try:
        loaded: dict[str, Any] = instance(schema).load(payload)
    except ValidationError as error:
        raise InvalidPayload(flatten(error.messages_dict)) from None
    return loaded


def dump(schema: type[Schema], value: Any) -> dict[str, Any]:
    """Write a value (a mapping or an object with attributes) in its wire form."""
    dumped: dict[str, Any] = instance(schema).dump(value)
    return dumped


@cache
def instance(schema: type[Schema]) -> Schema:
    """Return the one instance of a schema: making one costs more than using it."""
    return schema()


def flatten(messages: Mapping[Any, Any], prefix: str = "") -> dict[str, list[str]]:
    """Turn marshmallow's nested messages into paths; what concerns the whole is named `_`."""
    flat: dict[str, list[str]] = {}
    for name, inside in messages.items():
        path = prefix if name == "_schema" else f"{prefix}.{name}" if prefix else str(name)
        if isinstance(inside, Mapping):
            flat |= flatten(inside, path)
        else:
            flat.setdefault(path or "_", []).extend(str(message) for message in inside)
    return flat
