"""Messages that a service could not take in: listed, and tried again when two people want it. Rule P7.

Every service keeps what it could not hear, so each promises the same four methods; the chassis serves them.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApproval, PendingApprovals
from contracts.calls import Method
from contracts.errors import ServiceError
from contracts.fields import CodeField, CountField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command, page_of

SERVICES = ("identity", "accounts", "transactions", "notifications")
STATES = ("waiting", "parked", "done")
"""`waiting` for its next try by itself, `parked` until two people replay it, `done` at last."""

SEE, ASK, AGREE = "parked:read", "parked:propose", "parked:approve"
REPLAY = "replay"
"""The kind of the approval that a replay is."""


class NothingParked(ServiceError):
    """Nothing of this message is parked, or it is older than what was heard is remembered (mechanics T4)."""


class ListParked(Command):
    """Ask for what waits for another try or is parked, what failed first before the others."""

    after = UuidField(load_default=None, allow_none=True)


class FailedHearing(Answer):
    """One hearer of a message, and how often it has failed there.

    Attributes:
        consumer: `service.method`.
        fault: The code of the last failure; never a word of what was heard.
    """

    consumer = fields.String(required=True)
    state = CodeField(*STATES, required=True)
    attempts = CountField(required=True)
    fault = fields.String(required=True)


class ParkedMessage(Answer):
    """A message that failed, without its content.

    Attributes:
        name: What it told, for example `sheet_authorised`; None where it could not be read at all.
        may_replay: Whether a replay of it can be asked for now.
        replay_id: The replay that waits for its second person.
        asked_by: Who asked for it.
    """

    event_id = UuidField(required=True)
    name = fields.String(required=True, allow_none=True)
    first_at = InstantField(required=True)
    hearings = fields.List(fields.Nested(FailedHearing), required=True)
    may_replay = fields.Boolean(required=True)
    replay_id = UuidField(required=True, allow_none=True)
    asked_by = fields.String(required=True, allow_none=True)


class ProposeReplay(Command):
    """Ask that a parked message be tried again by everybody who failed to hear it."""

    id = UuidField(required=True)
    event_id = UuidField(required=True)
    reason = TextField(300, required=True)


ParkedMessages = page_of(ParkedMessage, "ParkedMessages")


def keeper_of(service: str) -> str:
    """Return under which name a service's replays stand in the inbox of what waits."""
    return f"parked_{service}"


def _of_each(name: str, **promise: Any) -> Mapping[str, Method]:
    return {service: Method(service=service, name=name, **promise) for service in SERVICES}


LIST_PARKED = _of_each("list_parked", command=ListParked, answer=ParkedMessages, permission=SEE)
PROPOSE_REPLAY = _of_each(
    "propose_replay",
    command=ProposeReplay,
    answer=PendingApproval,
    permission=ASK,
    changes=True,
)
LIST_REPLAYS = _of_each(
    "list_replays", command=ListApprovals, answer=PendingApprovals, permission="approval:read"
)
DECIDE_REPLAY = _of_each(
    "decide_replay", command=DecideApproval, answer=Decision, permission="approval:read", changes=True
)
"""Read and decided in the inbox of all that waits; who may do so holds `SEE` and `AGREE` besides."""

METHODS: tuple[Method, ...] = tuple(
    promised[service]
    for service in SERVICES
    for promised in (LIST_PARKED, PROPOSE_REPLAY, LIST_REPLAYS, DECIDE_REPLAY)
)
