"""What waits for a second person, from all the services that keep such things (mechanics B3)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from marshmallow import fields

from contracts.approvals import DecideApproval, ListApprovals, PendingApprovals
from contracts.calls import Method
from contracts.errors import InvalidPayload, Kind, ServiceError
from contracts.fields import CodeField
from contracts.identity import DECIDE_APPROVAL as DECIDE_IN_IDENTITY
from contracts.identity import LIST_APPROVALS as LIST_OF_IDENTITY
from gateway.api.resource import Resource, Route
from gateway.asking import ask
from gateway.inbox import ask_inbox
from gateway.keepers import KEEPERS, keepers_to_ask

approvals = Resource("approvals", "What waits for a second person, in all services.")


class AllApprovals(PendingApprovals):
    """A page of what waits; `away` names the services that could not be asked just now."""

    away = fields.List(fields.String(), required=True)


class Decide(DecideApproval):
    """Approve or decline what one of the services keeps."""

    service = CodeField(*KEEPERS, required=True)


def list_approvals(command: dict[str, Any]) -> dict[str, Any]:
    """List what waits in one's scope; a service that is away does not hide the others'."""
    questions = questions_of(command.get("after"))
    answers = ask_inbox(list(questions.values()))
    return merged(dict(zip(questions, answers, strict=True)))


def questions_of(after: str | None) -> dict[str, tuple[Method, Mapping[str, Any]]]:
    """Return whom to ask for what; a cursor names the services that have more, and where.

    Raises:
        InvalidPayload: it is no cursor of ours.
    """
    keepers = keepers_to_ask()
    if after is None:
        return {name: (keeper.waiting, {}) for name, keeper in keepers.items()}
    places = dict(parse_qsl(after))
    if not places or not set(places) <= set(keepers):
        raise InvalidPayload.of(after="INVALID")
    return {name: (keepers[name].waiting, {"after": place}) for name, place in places.items()}


def merged(answers: Mapping[str, Mapping[str, Any] | ServiceError]) -> dict[str, Any]:
    """Put the services' pages into one, the oldest proposal first.

    Raises:
        ServiceError: a service refused, rather than being away.
    """
    pages: dict[str, Mapping[str, Any]] = {}
    away = []
    for service, answer in answers.items():
        if not isinstance(answer, ServiceError):
            pages[service] = answer
        elif answer.kind is Kind.AWAY:
            away.append(service)
        else:
            raise answer
    items = [item for page in pages.values() for item in page["items"]]
    more = {service: page["next"] for service, page in pages.items() if page["next"]}
    return {
        "items": sorted(items, key=lambda item: (item["proposed_at"], item["id"])),
        "next": urlencode(more) or None,
        "away": away,
    }


def decide_approval(command: dict[str, Any]) -> dict[str, Any]:
    """Approve or decline; a secret that comes of it is shown this once, for the slip (P1)."""
    keeper = KEEPERS[command.pop("service")]
    return ask(keeper.decision, command)


approvals.add(
    Route(
        verb="GET",
        rule="/approvals",
        command=ListApprovals,
        answer=AllApprovals,
        permission=LIST_OF_IDENTITY.permission,
    ),
    list_approvals,
)
approvals.add(
    Route(
        verb="POST",
        rule="/approvals/<service>/<uuid:id>/decision",
        command=Decide,
        answer=DECIDE_IN_IDENTITY.answer,
        permission=DECIDE_IN_IDENTITY.permission,
        changes=True,
    ),
    decide_approval,
)
