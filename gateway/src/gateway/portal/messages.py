"""The register of messages: what was sent to whom, for which purpose, and whether it arrived. P10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from contracts.notifications import STATES
from gateway.auth import requires
from gateway.portal.asked import one_of
from gateway.portal.lists import MESSAGES

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("message:read")
def messages() -> ResponseReturnValue:
    """The messages of one's offices, the newest first."""
    status = one_of(STATES, "status")
    return render_template("portal/messages.html", page=MESSAGES.page(), states=STATES, status=status)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/messages", view_func=messages)
