"""The actor: on whose behalf a call is made, signed for that one call (mechanics B2).

The signature binds issuer, method and payload and lasts a minute: a stolen actor can only repeat the very
call it was made for, and that one is idempotent by its id.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts import wire
from contracts.errors import ActorRefused

LIFE = timedelta(seconds=60)
SKEW = timedelta(seconds=30)
_LONGEST = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, with the one permission that is used.

    Attributes:
        person_id: The staff person's or the member's id; a service's name where no person is behind it.
        kind: `staff`, `member` or `service`.
        role: As in `contracts.permissions`; a service has none.
        permission: The verb that the call uses.
        office_id: The office of the posting.
        office_path: Its place in the tree, `/HO/A01/B001/`: the actor's scope is what begins with it.
        session_id: The session that the person opened.
        device_id: The enrolled device, if it is one.
        limit: The greatest amount for this permission, in paisa; None is no limit.
        excluded_members: The person himself and declared kin, whose money he may not handle (rule M8).
        limits: The greatest amounts by permission, where a decision uses one that only its service knows.
        is_new: An administrator in his first day, who approves nothing yet (rule P7).
    """

    person_id: str
    kind: str
    role: str | None = None
    permission: str | None = None
    office_id: str | None = None
    office_path: str | None = None
    session_id: str | None = None
    device_id: str | None = None
    limit: int | None = None
    excluded_members: tuple[str, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    is_new: bool = False

    def limit_of(self, permission: str) -> int | None:
        """Return the greatest amount for a permission, in paisa; None is no limit."""
        return dict(self.limits).get(permission, self.limit)

    @classmethod
    def of_service(cls, name: str) -> Self:
        """Return the actor of a service that acts of itself: a timer, an open door."""
        return cls(person_id=name, kind="service")

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """Rebuild an actor that was recorded by `to_plain`; fields of a newer version are passed over."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in data.items() if name in known}
        plain["excluded_members"] = tuple(plain.get("excluded_members") or ())
        plain["limits"] = tuple((name, amount) for name, amount in plain.get("limits") or ())
        return cls(**plain)

    def to_plain(self) -> dict[str, Any]:
        """Return plain JSON, to be recorded beside a step that is taken later."""
        lists = {
            "excluded_members": list(self.excluded_members),
            "limits": [list(pair) for pair in self.limits],
        }
        return asdict(self) | lists


@dataclass(frozen=True, slots=True)
class SignedCall:
    """An actor whose signature held."""

    issuer: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who vouches for actors: the gateway, or a service that calls another."""

    name: str
    key: Ed25519PrivateKey


def sign(actor: Actor, issuer: Issuer, *, call: str, body_digest: str, now: datetime) -> str:
    """Sign an actor for one call.

    Args:
        actor: Who acts.
        issuer: Who vouches for it.
        call: `service.method`.
        body_digest: `contracts.wire.digest` of the payload.
        now: The issuer's clock.
    """
    claims = {
        "actor": actor.to_plain(),
        "body": body_digest,
        "call": call,
        "at": int(now.timestamp() * 1000),
        "by": issuer.name,
    }
    raw = wire.dumps(claims).encode()
    return f"{_text(raw)}.{_text(issuer.key.sign(raw))}"


def issuer_of(token: object) -> str:
    """Return who a token says has signed it, to choose the keys; nothing is believed yet.

    Raises:
        ActorRefused: it is not a token.
    """
    raw, _ = _split(token)
    issuer = _claims(raw).get("by")
    if not isinstance(issuer, str):
        raise ActorRefused
    return issuer


def verify(
    token: object, keys: Iterable[Ed25519PublicKey], *, call: str, body_digest: str, now: datetime
) -> SignedCall:
    """Return the actor of a call if its signature holds for exactly this call.

    Args:
        token: What `sign` made.
        keys: The issuer's public keys, of which one must fit.
        call: The `service.method` that was really called.
        body_digest: The digest of what really arrived.
        now: The service's clock.

    Raises:
        ActorRefused: it is missing, altered, expired, from the future, or made for another call.
    """
    raw, signature = _split(token)
    if not any(_holds(key, signature, raw) for key in keys):
        raise ActorRefused
    claims = _claims(raw)
    age = now.timestamp() * 1000 - claims["at"]
    if claims["call"] != call or claims["body"] != body_digest:
        raise ActorRefused
    if not -SKEW.total_seconds() * 1000 <= age <= LIFE.total_seconds() * 1000:
        raise ActorRefused
    return SignedCall(claims["by"], Actor.from_plain(claims["actor"]))


def _holds(key: Ed25519PublicKey, signature: bytes, raw: bytes) -> bool:
    try:
        key.verify(signature, raw)
    except InvalidSignature:
        return False
    return True


def _split(token: object) -> tuple[bytes, bytes]:
    if not isinstance(token, str) or len(token) > _LONGEST or token.count(".") != 1:
        raise ActorRefused
    try:
        raw, signature = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")
        )
    except (binascii.Error, ValueError):
        raise ActorRefused from None
    return raw, signature


def _claims(raw: bytes) -> dict[str, Any]:
    try:
        claims = wire.loads(raw)
    except wire.Unreadable:
        raise ActorRefused from None
    if not isinstance(claims, dict):
        raise ActorRefused
    return claims


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
