"""Serves the built app under /m/, so that the service worker's scope is its own."""

from flask import Blueprint, Response

from gateway.asking import parts
from gateway.assets import file_of
from gateway.auth import open_to_all

PAGE = "index.html"

blueprint = Blueprint("mobile", __name__, url_prefix="/m")


@blueprint.get("/")
@blueprint.get("/<path:name>")
@open_to_all("the app is loaded before anybody signs in; it holds no data")
def app(name: str = PAGE) -> Response:
    """Serve a file of the app; an address without a dot is a screen, which the app itself draws."""
    is_screen = "." not in name.rsplit("/", 1)[-1]
    return file_of(parts().config.frontend / "mobile", PAGE if is_screen else name)
