"""Messages that a service could not take in: listed, and tried again when two people want it. Rule P7."""

from typing import Any

from contracts.approvals import PendingApproval
from contracts.fields import CodeField
from contracts.parked import (
    ASK,
    LIST_PARKED,
    PROPOSE_REPLAY,
    SEE,
    SERVICES,
    ListParked,
    ParkedMessages,
    ProposeReplay,
)
from gateway.api.resource import Resource, Route
from gateway.asking import ask

parked = Resource(
    "parked messages", "Messages that a service could not take in; a replay is decided among the approvals."
)


class ListParkedOf(ListParked):
    """Ask for what failed in one service."""

    service = CodeField(*SERVICES, required=True)


class ProposeReplayIn(ProposeReplay):
    """Ask that a message be tried again in one service."""

    service = CodeField(*SERVICES, required=True)


def list_parked(command: dict[str, Any]) -> dict[str, Any]:
    """List what failed in one service, without a word of what was told."""
    return ask(LIST_PARKED[command.pop("service")], command)


def propose_replay(command: dict[str, Any]) -> dict[str, Any]:
    """Ask that a parked message be tried again; another person agrees."""
    return ask(PROPOSE_REPLAY[command.pop("service")], command)


parked.add(
    Route(
        verb="GET",
        rule="/services/<service>/parked",
        command=ListParkedOf,
        answer=ParkedMessages,
        permission=SEE,
    ),
    list_parked,
)
parked.add(
    Route(
        verb="PUT",
        rule="/services/<service>/replays/<uuid:id>",
        command=ProposeReplayIn,
        answer=PendingApproval,
        permission=ASK,
        changes=True,
    ),
    propose_replay,
)
