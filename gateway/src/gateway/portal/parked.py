"""Messages that a service could not take in, and replays of them: one asks, another agrees. Rule P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from contracts.errors import ServiceError
from contracts.parked import LIST_PARKED, PROPOSE_REPLAY
from gateway.asking import ask, ask_each
from gateway.auth import requires
from gateway.errors import problem_of
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, label, text
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SERVICES = tuple(LIST_PARKED)


class ReplayForm(Form):
    """Why it is worth trying again."""

    reason = text("form.reason", description=label("parked.reason_hint"))


@requires("parked:read")
def parked() -> ResponseReturnValue:
    """What each service could not take in; one that is away leaves its part out and says so."""
    outcomes = ask_each([(LIST_PARKED[service], {}) for service in SERVICES])
    shelves = [shelf(service, outcome) for service, outcome in zip(SERVICES, outcomes, strict=True)]
    return render_template("portal/parked.html", shelves=shelves)


def shelf(service: str, outcome: dict[str, Any] | ServiceError) -> dict[str, Any]:
    """What one service answered, or why it did not."""
    if isinstance(outcome, ServiceError):
        return {"service": service, "problem": problem_of(outcome).detail, "messages": [], "next": None}
    return {"service": service, "problem": None, "messages": outcome["items"], "next": outcome["next"]}


@requires("parked:read")
def parked_of(service: str) -> ResponseReturnValue:
    """All that one service could not take in, a page at a time."""
    after = request.args.get("after")
    asked = {"after": after} if after else {}
    return render_template("portal/parked.html", shelves=[shelf(service, ask(LIST_PARKED[service], asked))])


@requires("parked:propose")
def parked_replay(service: str, event_id: UUID) -> ResponseReturnValue:
    """Ask that a message be tried again; the other administrator finds it among what waits."""
    form, back = ReplayForm(), url_for("portal.parked")

    def command(filled: ReplayForm) -> dict[str, Any]:
        return {"id": filled.id.data, "event_id": str(event_id), "reason": filled.reason.data}

    asked = sent(form, PROPOSE_REPLAY[service], command, "form.waits_for_administrator", back)
    title, lead = t("parked.replay"), t("parked.replay_lead")
    return asked or form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one = f"/parked/<any({', '.join(SERVICES)}):service>"
    blueprint.add_url_rule("/parked", view_func=parked)
    blueprint.add_url_rule(one, view_func=parked_of)
    blueprint.add_url_rule(f"{one}/<uuid:event_id>", view_func=parked_replay, methods=["GET", "POST"])
