"""A picture of a file as a browser shows it: once, for whoever may see it, and in no cache."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from contracts.calls import Method
from gateway.asking import ask
from gateway.photographs import JPEG_MEDIA, as_bytes


def picture_of(method: Method, command: Mapping[str, Any]) -> Response:
    """Ask for a picture and answer with it.

    Raises:
        ServiceError: it is not for this person, or there is none.
    """
    answer = Response(as_bytes(ask(method, command)["content"]), mimetype=JPEG_MEDIA)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = "inline"
    return answer
