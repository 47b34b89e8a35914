"""`/healthz` and `/metrics` of a process, on a port of its own."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chassis.vitals import Vitals

JSON = "application/json"


class _Examiner(BaseHTTPRequestHandler):
    """Answers two addresses."""

    vitals: Vitals
    server_version = "mikrof"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/healthz":
            found = self.vitals.examine()
            status = HTTPStatus.OK if all(found.values()) else HTTPStatus.SERVICE_UNAVAILABLE
            self._send(status, JSON, json.dumps(found).encode())
        elif self.path == "/metrics":
            self._send(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
        else:
            self._send(HTTPStatus.NOT_FOUND, JSON, b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: these are asked every few seconds."""

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def answer_health(vitals: Vitals, host: str, port: int) -> int:
    """Answer in a thread until the process ends; return the port, chosen where 0 was asked."""
    handler = type("Examiner", (_Examiner,), {"vitals": vitals})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True, name="health").start()
    return int(server.server_address[1])
