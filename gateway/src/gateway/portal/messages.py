"""The register of messages: what was sent to whom, for which purpose, and whether it arrived. P10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from contracts.notifications import LIST_MESSAGES, STATES
from gateway.asking import ask
from gateway.auth import requires

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("message:read")
def messages() -> ResponseReturnValue:
    """The messages of one's offices, the newest first."""
    status = request.args.get("status")
    asked = {"status": status if status in STATES else None, "after": request.args.get("after") or None}
    return render_template(
        "portal/messages.html", page=ask(LIST_MESSAGES, asked), states=STATES, status=asked["status"]
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/messages", view_func=messages)
