"""`@keeps_parked`: a service class that answers for its parked messages. One asks, another agrees (P7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from chassis.process import Call
from chassis.replays import APPROVED, DECLINED, PAGE, PROPOSED, Failed, Replay, Replays
from chassis.serving import serve
from chassis.work import UnitOfWork
from contracts import parked
from contracts.actor import Actor
from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    MakerIsChecker,
    NotFound,
    ReasonMissing,
)
from contracts.permissions import permits

Said = dict[str, Any]
Answer = Mapping[str, Any]


class Keeper(Protocol):
    """A service class as the broker knows it."""

    name: str

    @property
    def call(self) -> Call:
        """The call in hand."""


ServiceClass = TypeVar("ServiceClass", bound=type[Keeper])


def keeps_parked(service_class: ServiceClass) -> ServiceClass:
    """Let a service class list what is parked in its database, and replay it when two people want it."""
    service = service_class.name

    def list_parked(self: Any, command: Said) -> Answer:
        """List what could not be heard."""
        with self.parked_messages() as replays:
            return list_failed(replays, command["after"])

    def propose_replay(self: Any, command: Said) -> Answer:
        """Ask that a message be tried again."""
        with self.parked_messages() as replays:
            return pending(replays, propose(replays, command), service)

    def list_replays(self: Any, command: Said) -> Answer:
        """List the replays that wait for a second person."""
        with self.parked_messages() as replays:
            return list_waiting(replays, command.get("after"), service)

    def decide_replay(self: Any, command: Said) -> Answer:
        """Agree to a replay, or decline it."""
        with self.parked_messages() as replays:
            state = decide(replays, command)
        return {"id": command["id"], "state": state, "secret": None}

    handlers = {
        parked.LIST_PARKED[service]: list_parked,
        parked.PROPOSE_REPLAY[service]: propose_replay,
        parked.LIST_REPLAYS[service]: list_replays,
        parked.DECIDE_REPLAY[service]: decide_replay,
    }
    for method, handler in handlers.items():
        setattr(service_class, method.name, serve(method)(handler))
    vars_of_class: Any = service_class
    vars_of_class.parked_messages = UnitOfWork(Replays)
    return service_class


def list_failed(replays: Replays, after: str | None) -> Answer:
    """Return a page of what waits for another try or is parked; nothing of what was told is shown."""
    found = replays.list_failed(after)
    items = [_shown(one, may=one.may_replay(replays.work.now)) for one in found]
    return {"items": items, "next": found[-1].event_id if len(found) == PAGE else None}


def propose(replays: Replays, command: Said) -> Replay:
    """Ask for a replay; nothing is tried before another person has agreed. The same again changes nothing.

    Raises:
        NotFound: no such message ever failed here.
        NothingParked: nothing of it is parked now, or it is too old (T4).
        AlreadyDecided: another replay of it waits.
        IdConflict: the id is known with another body.
    """
    work = replays.work
    wanted = Replay(
        id=command["id"],
        event_id=command["event_id"],
        reason=command["reason"],
        maker_id=work.actor.person_id,
        proposed_at=work.now,
    )
    known = replays.find(wanted.id)
    if known is not None:
        return _same(known, wanted)
    failed = _get(replays, wanted.event_id)
    if failed.replay is not None:
        raise AlreadyDecided(state=PROPOSED)
    if not failed.may_replay(work.now):
        raise parked.NothingParked
    if not replays.add(wanted):
        raise AlreadyDecided(state=PROPOSED)
    work.audit("propose_replay", "event", wanted.event_id, {"replay": wanted.id, "reason": wanted.reason})
    return wanted


def decide(replays: Replays, command: Said) -> str:
    """Agree to a replay, which begins at once, or decline it. The same by the same person changes nothing.

    Raises:
        NotFound: there is none.
        Forbidden: the actor's role does not replay.
        MakerIsChecker: the actor asked for it, in whatever role (M8).
        ReasonMissing: declined without a reason.
        ApproverTooNew: he has not been an administrator for a day (P7).
        AlreadyDecided: somebody decided it otherwise.
        NothingParked: meanwhile it was heard, or has become too old.
    """
    actor = replays.work.actor
    if not permits(actor.role or "", parked.AGREE):
        raise Forbidden(permission=parked.AGREE)
    replay = replays.lock(command["id"])
    if replay.maker_id == actor.person_id:
        raise MakerIsChecker
    state = APPROVED if command["approve"] else DECLINED
    decided = replace(replay, state=state, checker_id=actor.person_id)
    if replay.state != PROPOSED:
        if replay != decided:
            raise AlreadyDecided(state=replay.state)
        return state
    _check(command, actor)
    replays.decide(decided, reason=command["reason"])
    _follow(replays, decided, command["reason"])
    return state


def list_waiting(replays: Replays, after: str | None, service: str) -> Answer:
    """Return a page of the replays that wait for a second person; empty for whom parked messages are not."""
    if not permits(replays.work.actor.role or "", parked.SEE):
        return {"items": [], "next": None}
    found = replays.list_waiting(after)
    items = [pending(replays, one, service) for one in found]
    return {"items": items, "next": found[-1].id if len(found) == PAGE else None}


def pending(replays: Replays, replay: Replay, service: str) -> Answer:
    """Return a replay in the one shape of all that waits for a second person (mechanics B3)."""
    failed = _get(replays, replay.event_id)
    what = failed.name or replay.event_id
    return {
        "id": replay.id,
        "service": parked.keeper_of(service),
        "kind": parked.REPLAY,
        "permission": parked.AGREE,
        "subject_id": replay.event_id,
        "subject_bn": what,
        "subject_en": what,
        "office_id": None,
        "maker_id": replay.maker_id,
        "maker_bn": None,
        "maker_en": None,
        "proposed_at": replay.proposed_at,
        "state": replay.state,
        "may_decide": _may_decide(replay, replays.work.actor),
        "facts": {
            "message_name": failed.name,
            "heard_by": [one["consumer"] for one in failed.hearings],
            "fault": sorted({one["fault"] for one in failed.hearings}),
            "reason": replay.reason,
        },
    }


def _shown(failed: Failed, *, may: bool) -> Answer:
    return {
        "event_id": failed.event_id,
        "name": failed.name,
        "first_at": failed.first_at,
        "hearings": failed.hearings,
        "may_replay": may,
        "replay_id": failed.replay.id if failed.replay else None,
        "asked_by": failed.replay.maker_id if failed.replay else None,
    }


def _may_decide(replay: Replay, actor: Actor) -> bool:
    is_another = actor.person_id != replay.maker_id and not actor.is_new
    return is_another and replay.state == PROPOSED and permits(actor.role or "", parked.AGREE)


def _check(command: Said, actor: Actor) -> None:
    if not command["approve"] and not command["reason"]:
        raise ReasonMissing(field="reason")
    if command["approve"] and actor.is_new:
        raise ApproverTooNew


def _follow(replays: Replays, decided: Replay, reason: str | None) -> None:
    facts = {"replay": decided.id, "asked_by": decided.maker_id, "reason": decided.reason}
    if decided.state == DECLINED:
        replays.work.audit("decline_replay", "event", decided.event_id, facts | {"declined": reason})
        return
    if not replays.hear_again(decided.event_id):
        raise parked.NothingParked
    replays.work.audit("replay_parked", "event", decided.event_id, facts)


def _get(replays: Replays, event_id: str) -> Failed:
    found = replays.get_failed([event_id])
    if not found:
        raise NotFound(kind="event")
    return found[0]


def _same(known: Replay, wanted: Replay) -> Replay:
    asked = (wanted.event_id, wanted.reason, wanted.maker_id)
    if (known.event_id, known.reason, known.maker_id) != asked:
        raise IdConflict
    return known
