"""Whether every service answers now: what the administrator looks at first when a branch telephones."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from flask import render_template

from contracts.errors import ServiceError
from gateway.asking import ask_each
from gateway.auth import requires
from gateway.errors import problem_of
from gateway.health import PINGS

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

MILLISECONDS = 1000


@requires("staff:switch")
def services() -> ResponseReturnValue:
    """Each service, and what it answered just now."""
    asked_at = monotonic()
    outcomes = ask_each([(ping, {}) for ping in PINGS.values()])
    took = round((monotonic() - asked_at) * MILLISECONDS)
    answers = [
        (name, problem_of(outcome).detail if isinstance(outcome, ServiceError) else None)
        for name, outcome in zip(PINGS, outcomes, strict=True)
    ]
    return render_template("portal/services.html", answers=answers, took=took)


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/services", view_func=services)
