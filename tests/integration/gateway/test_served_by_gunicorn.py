"""The gateway as it is really served: two processes, threads, a real broker, services that come and go."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from kombu import Connection, Producer

from contracts import wire
from contracts.errors import ServiceError
from contracts.identity.sessions import SessionEnded
from contracts.permissions import Role
from gateway.auth.sessions import hash_of
from launcher.ports import LOOPBACK, free_ports
from tests.house.house import ROOT
from tests.support.echo import EchoService
from tests.support.gateway import SESSION, built_front_end, session_of
from tests.support.parts import BrokerForTests

TOKEN = {"Authorization": "Bearer a-token"}
SERVICES = ("identity", "accounts", "transactions", "notifications")


class Identity:
    """Knows one token until it is revoked; answers pings besides."""

    def __init__(self) -> None:
        self.knows = {hash_of("a-token")}
        self.asked = 0

    def __call__(self, method: str, payload: dict[str, Any]) -> dict[str, Any]:
        del method
        if "access_hash" not in payload:
            return {"result": {"service": "identity"}, "error": None}
        self.asked += 1
        if payload["access_hash"] in self.knows:
            return {"result": session_of(Role.ACCOUNTANT), "error": None}
        return {"result": None, "error": refusal(SessionEnded())}


def refusal(error: ServiceError) -> dict[str, Any]:
    wired = wire.dumps(error.to_wire())
    return {"exc_type": "SessionEnded", "exc_path": "x", "exc_args": [wired], "value": wired}


@pytest.fixture
def base_url(amqp_uri: str, keys_folder: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the gateway; at the end it must go quietly and leave nobody behind."""
    port = free_ports(1)[0]
    environment = os.environ | {
        "MIKROF_AMQP_URI": amqp_uri,
        "MIKROF_KEYS": str(keys_folder),
        "MIKROF_FRONTEND": str(built_front_end(tmp_path / "dist")),
        "MIKROF_BIND": f"{LOOPBACK}:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "gateway/gunicorn.conf.py", "gateway.app:create_app()"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    url = f"http://{LOOPBACK}:{port}"
    try:
        until(lambda: process.poll() is None and status(f"{url}/healthz") == 200)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, (tmp_path / "log").read_text()
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


@pytest.fixture
def identity(serving: Callable[..., EchoService]) -> Identity:
    known = Identity()
    serving("identity", known)
    return known


class TestReadiness:
    def test_lives_without_services_and_is_ready_with_them(
        self, base_url: str, serving: Callable[..., EchoService], identity: Identity
    ) -> None:
        response = requests.get(f"{base_url}/readyz", timeout=20)
        assert response.status_code == 503
        assert response.json()["services"] == dict.fromkeys(SERVICES, "SERVICE_AWAY") | {"identity": "OK"}

        for name in SERVICES[1:]:
            serving(name)
        until(lambda: status(f"{base_url}/readyz") == 200)

    def test_a_restarted_broker_is_503_with_retry_after_and_then_all_goes_on(
        self, base_url: str, identity: Identity, broker: BrokerForTests
    ) -> None:
        assert status(f"{base_url}/api/v1/me", TOKEN) == 200
        broker.stop()
        try:
            response = requests.get(f"{base_url}/api/v1/me", headers=TOKEN, timeout=20)
            assert (response.status_code, response.json()["code"]) == (503, "SERVICE_AWAY")
            assert int(response.headers["Retry-After"]) > 0
            assert status(f"{base_url}/healthz") == 200
        finally:
            broker.start()
        until(lambda: status(f"{base_url}/api/v1/me", TOKEN) == 200, seconds=40)


class TestRevocation:
    def test_acts_at_once_in_every_worker(self, base_url: str, identity: Identity, amqp_uri: str) -> None:
        until(lambda: both_remember(base_url, identity))

        identity.knows.clear()
        with Connection(amqp_uri) as connection:
            Producer(connection.channel()).publish(
                wire.dumps(
                    {"name": "session_revoked", "data": {"session_ids": [SESSION], "person_id": SESSION}}
                ),
                exchange="identity.events",
                routing_key="session_revoked",
                content_type=wire.CONTENT_TYPE,
            )
        time.sleep(0.3)

        assert set(ask_often(base_url)) == {401}


class TestFigures:
    def test_are_those_of_all_workers(self, base_url: str, identity: Identity) -> None:
        warm(base_url)
        text = requests.get(f"{base_url}/metrics", timeout=10).text

        counted = re.search(r'gateway_answers_total\{endpoint="me.who_am_i",status="200"\} (\d+)', text)
        assert counted is not None
        assert int(counted[1]) >= 60
        assert 'gateway_calls_total{code="OK",method="identity.find_session"}' in text


def ask_often(base_url: str, times: int = 60) -> list[int]:
    """Ask from so many threads that both workers are met."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda _: status(f"{base_url}/api/v1/me", TOKEN), range(times)))


def warm(base_url: str) -> None:
    """Let both workers learn the token."""
    assert set(ask_often(base_url)) == {200}


def both_remember(base_url: str, identity: Identity) -> bool:
    """Whether a round of asking needs no identity; on a busy machine one worker may rest at first."""
    asked = identity.asked
    assert set(ask_often(base_url)) == {200}
    return identity.asked == asked


def status(url: str, headers: dict[str, str] | None = None) -> int:
    try:
        return requests.get(url, headers=headers, timeout=20).status_code
    except requests.ConnectionError:
        return 0


def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)
