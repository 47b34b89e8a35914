"""What every request and every answer has in common: ids, limits, headers, figures."""

import logging
from collections.abc import Mapping
from time import perf_counter

from flask import Flask, Response, g, request

from gateway.edge import new_id
from gateway.metrics import ANSWER_SECONDS, ANSWERS

LOG = logging.getLogger("gateway.access")

LIMIT_BYTES = 256 * 1024
"""Of a body (mechanics T7)."""

PICTURE_LIMIT_BYTES = 8 * 1024 * 1024
TAKES_PICTURES = frozenset({"portal.admissions", "portal.members_pictures_new"})
"""Pages to which a camera's whole picture is sent: they redraw it, and only a few kilobytes go on."""

PAGES_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""For portal, app and documentation; the app's build stamps the same text, and a test compares them."""
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
RUNS = ("text/html", "text/javascript")
"""What lives under the policy of its own answer: pages, and the app's worker, which fetches the app."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # our own forms are known by it; nobody else hears of an address
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
LARGER: Mapping[str, int] = {"portal.cutovers_new": 21 * 1024 * 1024}
"""What takes more than other requests: the file of a whole branch, of which nothing stays in memory."""
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def register_frame(app: Flask, *, secure: bool) -> None:
    """Give every request an id and every answer its headers."""
    app.config["MAX_CONTENT_LENGTH"] = LIMIT_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = LIMIT_BYTES
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(_begin)

    @app.after_request
    def finish(response: Response) -> Response:
        _finish(response)
        if secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        return response


def _begin() -> None:
    request.max_content_length = LARGER.get(request.endpoint or "", LIMIT_BYTES)
    g.began = perf_counter()
    g.correlation_id = new_id()
    if request.endpoint in TAKES_PICTURES:
        request.max_content_length = PICTURE_LIMIT_BYTES


def _finish(response: Response) -> None:
    headers = response.headers
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    runs = response.mimetype in RUNS
    headers.setdefault("Content-Security-Policy", PAGES_POLICY if runs else DATA_POLICY)
    headers.setdefault("Cache-Control", "no-store")  # or the browser's cache on disk keeps it in clear
    headers["X-Correlation-Id"] = g.correlation_id
    _count(response)


def _count(response: Response) -> None:
    seconds = perf_counter() - g.began
    endpoint = request.endpoint or "unknown"
    ANSWERS.labels(endpoint, str(response.status_code)).inc()
    ANSWER_SECONDS.labels(endpoint).observe(seconds)
    facts = {"endpoint": endpoint, "method": request.method, "status": response.status_code}
    LOG.info("answered", extra=facts | {"milliseconds": round(seconds * 1000)})
