"""Refusals: what a service may answer instead of doing a thing, with codes that never change.

Anything that is not a `ServiceError` is a defect. The sentences that people read live in the gateway.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Self

_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


class Kind(StrEnum):
    """What sort of refusal it is; the HTTP status follows the kind (mechanics B5)."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    REFUSED = "refused"
    TOO_MANY = "too_many"
    AWAY = "away"


class ServiceError(Exception):
    """A refusal with a stable code and the facts that its sentence needs.

    A subclass is named as the fact and states its kind; its code is its name in capitals. Facts are plain
    JSON and never hold anything secret.
    """

    kind: Kind = Kind.REFUSED
    code: str = "REFUSED"
    known: ClassVar[dict[str, type["ServiceError"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = _HUMP.sub("_", cls.__name__).upper()
        known = ServiceError.known.setdefault(cls.code, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two refusals are called {cls.code}")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts: dict[str, Any] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code

    def to_wire(self) -> dict[str, Any]:
        """Return the form in which a refusal crosses the broker: `{code, kind, facts}`."""
        return {"code": self.code, "kind": str(self.kind), "facts": self.facts}

    @classmethod
    def from_wire(cls, data: Mapping[str, Any]) -> "ServiceError":
        """Rebuild a refusal from `{code, kind, facts}`.

        A code that this version does not know keeps its kind, so an older reader still answers the right
        status (mechanics B5).

        Raises:
            KeyError, ValueError: it is not the wire form of a refusal.
        """
        code, kind, facts = str(data["code"]), Kind(data["kind"]), dict(data["facts"])
        known = cls.known.get(code, ServiceError)
        error = known.__new__(known)
        ServiceError.__init__(error, **facts)
        error.kind, error.code = kind, code
        error.args = (code,)
        return error


class InvalidPayload(ServiceError):
    """What was sent cannot be read; `fields` names each wrong field with its messages' codes."""

    kind = Kind.INVALID

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Name the wrong fields by their path (`rows.3.amount`), each with one or more message codes."""
        super().__init__(fields={name: list(messages) for name, messages in fields.items()})

    @classmethod
    def of(cls, **fields: str) -> Self:
        """Name wrong fields with one message each."""
        return cls({name: [message] for name, message in fields.items()})


class Unauthenticated(ServiceError):
    """Nobody is known to ask: no session, or it ended."""

    kind = Kind.UNAUTHENTICATED


class ActorRefused(ServiceError):
    """The signed actor of a call is missing, forged, expired, or made for another call."""

    kind = Kind.UNAUTHENTICATED


class Forbidden(ServiceError):
    """The person's role does not have the permission."""

    kind = Kind.FORBIDDEN


class NotFound(ServiceError):
    """There is no such thing in the caller's scope; what is out of scope is not found either."""

    kind = Kind.NOT_FOUND


class OutOfScope(NotFound):
    """It exists, but not for the caller: it is told apart in logs only."""


class IdConflict(ServiceError):
    """The id is known with another body (architecture §6.1)."""

    kind = Kind.CONFLICT


class MakerIsChecker(ServiceError):
    """The one who did a thing may not check it, whatever his role (rule M8)."""

    kind = Kind.REFUSED


class PersonExcluded(ServiceError):
    """The member is the actor himself or declared kin (rule M8)."""

    kind = Kind.REFUSED


class AlreadyDecided(ServiceError):
    """Somebody has decided this approval otherwise; facts: `state`."""

    kind = Kind.CONFLICT


class OverLimit(ServiceError):
    """The amount is above what this person may allow; facts: `limit`, `amount`. Somebody above him may."""


class ApproverTooNew(ServiceError):
    """A new administrator waits a day before approving anything (P7); facts: `from_at`, where it is known."""


class ReasonMissing(ServiceError):
    """A refusal must say why."""


class ServiceAway(ServiceError):
    """The service, the broker or a database does not answer just now; `retry_after` in seconds."""

    kind = Kind.AWAY

    def __init__(self, retry_after: int = 5) -> None:
        """Say after how many seconds it is worth trying again."""
        super().__init__(retry_after=retry_after)


class ServiceOverloaded(ServiceError):
    """There is more work than the service takes on."""

    kind = Kind.AWAY

    def __init__(self, retry_after: int = 5) -> None:
        """Say after how many seconds it is worth trying again."""
        super().__init__(retry_after=retry_after)


class DeadlinePassed(ServiceError):
    """The caller has gone: its deadline passed before the work began or ended."""

    kind = Kind.AWAY

    def __init__(self, retry_after: int = 5) -> None:
        """Say after how many seconds it is worth trying again."""
        super().__init__(retry_after=retry_after)


class TooManyAttempts(ServiceError):
    """Too many tries at a sign-in door; `retry_after` in seconds grows with each (mechanics B7)."""

    kind = Kind.TOO_MANY

    def __init__(self, retry_after: int) -> None:
        """Say after how many seconds the next try is listened to."""
        super().__init__(retry_after=retry_after)
