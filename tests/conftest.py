"""What every test may ask for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import parts


def pytest_report_header() -> list[str]:
    return [f"database: {parts.database_choice()}, broker: {parts.broker_choice()}"]


def _absent(error: parts.PartUnavailableError) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"in CI every part must be there: {error}")
    pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[parts.PostgresServer]:
    """A PostgreSQL on which tests make databases; started by the first test that asks."""
    try:
        server = parts.open_postgres()
    except parts.PartUnavailableError as error:
        _absent(error)
        raise
    yield server
    server.close()


@pytest.fixture(scope="session")
def broker() -> Iterator[parts.BrokerForTests]:
    """A RabbitMQ on which tests make virtual hosts; started by the first test that asks."""
    try:
        node = parts.open_broker()
    except parts.PartUnavailableError as error:
        _absent(error)
        raise
    yield node
    node.close()


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fresh keys, as `MIKROF_KEYS` names it."""
    folder = tmp_path_factory.mktemp("keys")
    subprocess.run([sys.executable, "-m", "chassis.keys", str(folder)], check=True)
    return folder
