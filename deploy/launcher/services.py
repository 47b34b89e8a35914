"""Our own processes: two a service (mechanics T7), and the gateway."""

import http.client
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from launcher.database import DatabaseUrls
from launcher.places import SERVICES, Places
from launcher.ports import LOOPBACK
from launcher.processes import Child, Program, clean_environment
from launcher.settings import Settings

READY_SECONDS = 60.0
HTTP_OK = 200


def project_environment(places: Places, **more: str) -> dict[str, str]:
    """What any Python of the project reads; nothing of ours that was set outside leaks in."""
    common = {
        "PYTHONPATH": str(places.root / "deploy"),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # threads otherwise keep an arena each: 30 MiB a process
    }
    return clean_environment("MIKROF_", "PYTHON", "VIRTUAL_ENV") | common | more


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where our processes find what they need."""

    places: Places
    amqp_uri: str
    databases: Mapping[str, DatabaseUrls]
    gateway_port: int

    @property
    def base_url(self) -> str:
        """Where people find the gateway."""
        return f"http://{LOOPBACK}:{self.gateway_port}"

    def environment(self, **more: str) -> dict[str, str]:
        """What every process of ours reads; nothing of ours that was set outside leaks in."""
        common = {
            "MIKROF_AMQP_URI": self.amqp_uri,
            "MIKROF_KEYS": str(self.places.keys),
            "MIKROF_BLOBS": str(self.places.blobs),
            "MIKROF_SEALS": str(self.places.seals),
            "MIKROF_POSTBOX": str(self.places.postbox),
            "MIKROF_LOG": "plain",
            "MIKROF_TIME_ZONE": os.environ.get("MIKROF_TIME_ZONE", "Asia/Dhaka"),
        }
        return project_environment(self.places, **common, **more)

    def of_service(self, service: str, health_port: int) -> dict[str, str]:
        """What one process of a service reads besides."""
        return self.environment(
            MIKROF_SERVICE_DATABASE_URL=self.databases[service].runtime,
            MIKROF_HEALTH_PORT=str(health_port),
        )


class Process:
    """One of our processes, with the HTTP question that tells whether it is ready."""

    def __init__(self, program: Program, port: int, question: str) -> None:
        self._program = program
        self._port = port
        self._question = question
        self._child: Child | None = None

    @property
    def name(self) -> str:
        """Its name, and its log's."""
        return self._program.name

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._child.pid if self._child else None

    @property
    def is_running(self) -> bool:
        """Whether it lives."""
        return self._child is not None and self._child.is_running

    @property
    def health(self) -> tuple[int, str]:
        """The port and path where it says how it is."""
        return self._port, self._question

    def start(self) -> None:
        """Start it; do not wait."""
        self._child = Child(self._program)

    def wait(self) -> None:
        """Return when it answers that it is ready."""
        if self._child is not None:
            self._child.wait_until(self._is_ready, seconds=READY_SECONDS)

    def ask_to_stop(self) -> None:
        """Tell it to finish its work in hand."""
        if self._child is not None:
            self._child.ask_to_stop()

    def stop(self) -> None:
        """Return when it has ended."""
        if self._child is not None:
            self._child.stop()

    def _is_ready(self) -> bool:
        return answers_ok(self._port, self._question)


def answers_ok(port: int, path: str) -> bool:
    """Tell whether a local HTTP server answers 200."""
    with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=5)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status == HTTP_OK
        except (OSError, http.client.HTTPException):
            return False


def service_processes(surroundings: Surroundings, settings: Settings) -> list[Process]:
    """Two processes a service: short work, and its batch work, which must never starve the other."""
    return [
        _service_process(surroundings, service, module, settings.port(f"health of {module}"))
        for service in SERVICES
        for module in (service, f"{service}.batch")
    ]


def gateway_process(surroundings: Surroundings) -> Process:
    """The one door."""
    places, port = surroundings.places, surroundings.gateway_port
    environment = surroundings.environment(
        MIKROF_BIND=f"{LOOPBACK}:{port}",
        MIKROF_FRONTEND=str(places.frontend / "dist"),
    )
    words = ("-m", "gunicorn", "-c", "gateway/gunicorn.conf.py", "gateway.app:create_app()")
    return Process(
        Program(
            name="gateway",
            argv=(str(places.python), *words),
            environment=environment,
            folder=places.root,
            log=places.logs / "gateway.log",
            patience_seconds=35,
        ),
        port,
        "/readyz",
    )


def _service_process(surroundings: Surroundings, service: str, module: str, port: int) -> Process:
    places = surroundings.places
    program = Program(
        name=module,
        argv=(str(places.python), "-m", module),
        environment=surroundings.of_service(service, port),
        folder=places.root,
        log=places.logs / f"{module}.log",
    )
    return Process(program, port, "/healthz")
