"""The switch between Bangla and English, kept in the browser."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from contracts.errors import NotFound
from contracts.fields import LANGUAGES
from gateway.auth import open_to_all, safe_next
from gateway.words.reader import COOKIE

A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("language", __name__)


@blueprint.route("/language/<chosen>", methods=["GET", "POST"])
@open_to_all("the first page is read before anybody signs in")
def switch(chosen: str) -> Response:
    """Show everything in the language from now on, and go back to where the reader was."""
    if chosen not in LANGUAGES:
        raise NotFound
    response = redirect(safe_next(request.args.get("next")), 303)
    response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response
