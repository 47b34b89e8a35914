"""Who may come in: deadline, signature, caller and permission of a call, before any work is begun."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.process import Call, Process
from contracts import actor as actors
from contracts import wire
from contracts.calls import Method
from contracts.errors import ActorRefused, DeadlinePassed, Forbidden
from contracts.permissions import permits

ACTOR = "actor"
CORRELATION_ID = "correlation_id"
DEADLINE = "deadline"
LONGEST_WAIT = timedelta(minutes=2)
_ID_LENGTH = 64


def admit(process: Process, method: Method, payload: Any, headers: Mapping[str, Any]) -> Call:
    """Return the call that the headers bring along, if it may come in.

    Args:
        process: The process that would answer.
        method: What is called.
        payload: What arrived, decoded.
        headers: `actor`, `correlation_id`, `deadline` (milliseconds since 1970).

    Raises:
        DeadlinePassed: the caller has gone.
        ActorRefused: the signature does not hold for exactly this call, or its issuer may not call.
        Forbidden: the actor's role does not hold the method's permission.
    """
    now = process.watch.now()
    deadline = read_deadline(headers.get(DEADLINE), now)
    signed = actors.verify(
        headers.get(ACTOR),
        process.keys.issuer_keys(actors.issuer_of(headers.get(ACTOR))),
        call=method.key,
        body_digest=wire.digest(payload),
        now=now,
    )
    if signed.issuer not in method.callers:
        raise ActorRefused
    check_permission(signed.actor, method.permission)
    return Call(
        actor=signed.actor,
        issuer=signed.issuer,
        correlation_id=read_correlation_id(headers) or process.new_id(now),
        deadline=deadline,
    )


def check_permission(actor: actors.Actor, permission: str | None) -> None:
    """Refuse an actor who was not signed for the permission, or whose role does not hold it.

    Raises:
        Forbidden: the permission is not his.
    """
    if permission is None:
        return
    if actor.permission != permission or not permits(actor.role or "", permission):
        raise Forbidden(permission=permission)


def read_deadline(value: Any, now: datetime) -> datetime | None:
    """Return until when the caller waits; never longer than two minutes, whatever it says.

    Raises:
        DeadlinePassed: it has gone.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    left = timedelta(
        milliseconds=min(value - int(now.timestamp() * 1000), LONGEST_WAIT // timedelta(milliseconds=1))
    )
    if left <= timedelta(0):
        raise DeadlinePassed
    return now.astimezone(UTC) + left


def read_correlation_id(headers: Mapping[str, Any]) -> str | None:
    """Return the correlation id that came along, if it is one (it goes into every log line)."""
    value = headers.get(CORRELATION_ID)
    if isinstance(value, str) and 0 < len(value) <= _ID_LENGTH and value.isascii() and value.isprintable():
        return value
    return None
