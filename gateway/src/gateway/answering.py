"""How a failed request is answered: a page where people browse, problem+json everywhere else."""

import logging
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, g, jsonify, make_response, redirect, request
from werkzeug.exceptions import HTTPException

from contracts.errors import Kind, ServiceError
from gateway.backends import ServiceDefect
from gateway.errors import STATUSES, Problem, problem_of
from gateway.words import language

LOG = logging.getLogger(__name__)

JSON_PATHS = ("/api/", "/healthz", "/readyz", "/metrics")
UNAUTHENTICATED = STATUSES[Kind.UNAUTHENTICATED]
FAILURES = 400


def register_errors(app: Flask) -> None:
    """Answer every failure as a problem."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """Answer a failure."""
    if isinstance(error, HTTPException) and error.code is not None and error.code < FAILURES:
        return cast("Response", error.get_response())  # the router's own redirect
    _log(error)
    problem = problem_of(error)
    response = _page(problem) if people_browse() else _json(problem)
    response.headers["Content-Language"] = language()
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def people_browse() -> bool:
    """Tell whether a person looks at this with a browser, not a program."""
    return not request.path.startswith(JSON_PATHS)


def _json(problem: Problem) -> Response:
    response = jsonify(problem.to_wire())
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    if problem.status == UNAUTHENTICATED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="mikrof"'
    return response


def _page(problem: Problem) -> Response:
    from gateway.portal.errors import page  # the portal's pages ask this room about problems themselves

    if problem.status == UNAUTHENTICATED:
        return _to_sign_in()
    g.setdefault("session", None)  # if nobody could say who it is, the page must not ask again
    return make_response(page(problem), problem.status)


def _to_sign_in() -> Response:
    """Send somebody to the door, and back to the page that he wanted."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    door = "/sign-in?" + urlencode({"next": wanted})
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": door})
    return cast("Response", redirect(door, 303))


def _log(error: Exception) -> None:
    if isinstance(error, ServiceError):
        LOG.info("refused", extra={"code": error.code})
    elif isinstance(error, HTTPException):
        LOG.info("refused", extra={"code": str(error.code)})
    elif isinstance(error, ServiceDefect):
        LOG.error("defect", extra={"reason": str(error)})
    else:
        LOG.error("defect", exc_info=error)
