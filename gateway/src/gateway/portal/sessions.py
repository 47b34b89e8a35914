"""One's own sessions: on which devices one is signed in, and ending those one does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from contracts.identity import LIST_SESSIONS, REVOKE_SESSION
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.deeds import attempt

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("session:own")
def sessions() -> ResponseReturnValue:
    """Where one is signed in."""
    return render_template("portal/sessions.html", sessions=ask(LIST_SESSIONS, {})["items"])


@requires("session:own")
def sessions_end(session_id: UUID) -> ResponseReturnValue:
    """Sign one device out."""
    attempt(REVOKE_SESSION, {"session_id": str(session_id)}, "session.ended")
    return redirect(url_for("portal.sessions"), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/sessions", view_func=sessions)
    blueprint.add_url_rule("/sessions/<uuid:session_id>/end", view_func=sessions_end, methods=["POST"])
