"""Choosing in which post one works, where one acts for somebody who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from gateway.auth import current_session, requires
from gateway.auth.posts import COOKIE

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

ALL = "all"


@requires()
def choose_post(chosen: str) -> ResponseReturnValue:
    """Work in one post alone, or in all of them again, until the browser is closed."""
    response = redirect(url_for("portal.home"), 303)
    if chosen in {post["id"] for post in current_session().acting}:
        response.set_cookie(COOKIE, chosen, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax", httponly=True)
    return response


def register(blueprint: Blueprint) -> None:
    """Hang the choice into the portal."""
    blueprint.add_url_rule("/post/<chosen>", view_func=choose_post, methods=["POST"])
