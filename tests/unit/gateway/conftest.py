"""The gateway over fake services, and people of every role."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from contracts.permissions import Role
from tests.support.gateway import Caller, FakeBackends, built_front_end, gateway_app


@pytest.fixture(scope="session")
def gateway_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gateway-keys")
    subprocess.run([sys.executable, "-m", "chassis.keys", str(folder)], check=True)
    return folder


@pytest.fixture(scope="session")
def frontend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_front_end(tmp_path_factory.mktemp("frontend"))


@pytest.fixture(scope="session")
def shared_app(gateway_keys: Path, frontend: Path) -> tuple[Flask, FakeBackends]:
    """One app for all tests: making it costs more than a whole test."""
    backends = FakeBackends()
    return gateway_app(backends, gateway_keys, frontend), backends


@pytest.fixture
def backends(shared_app: tuple[Flask, FakeBackends]) -> FakeBackends:
    fake = shared_app[1]
    fake.answers.clear()
    fake.asked.clear()
    fake.sessions.clear()
    return fake


@pytest.fixture
def app(shared_app: tuple[Flask, FakeBackends], backends: FakeBackends) -> Flask:
    return shared_app[0]


@pytest.fixture
def caller(app: Flask, backends: FakeBackends) -> Callable[..., Caller]:
    def make(role: str | None = Role.BRANCH_MANAGER, language: str = "en") -> Caller:
        token = None if role is None else backends.sign_in(role)
        return Caller(app.test_client(), token, language)

    return make
