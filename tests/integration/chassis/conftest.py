"""The purse service on a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from kombu import Connection

from chassis.declare import declare
from chassis.migrate import grant
from chassis.tables import APPEND_ONLY
from chassis.testing import ServiceHarness, harness_of
from contracts.actor import Actor
from tests.integration.chassis import purse
from tests.integration.chassis.running import Place
from tests.support.parts import PostgresServer
from tests.support.services import fresh_database


def _prepared(server: PostgresServer, service: str):
    urls = server.create_service_database(service)
    engine = sa.create_engine(urls.owner)
    with engine.begin() as connection:
        purse.metadata.create_all(connection)
        grant(connection, service, (*APPEND_ONLY, *purse.APPEND_ONLY))
    engine.dispose()
    return urls


@pytest.fixture(scope="session")
def purse_template(postgres_server: PostgresServer):
    return _prepared(postgres_server, "accounts")


@pytest.fixture
def urls(postgres_server: PostgresServer, purse_template):
    with fresh_database(postgres_server, "accounts", template=lambda *_: purse_template) as made:
        yield made


@pytest.fixture
def harness(urls, keys_folder: Path) -> Iterator[ServiceHarness[purse.PurseService]]:
    with harness_of(purse.PurseService, urls.runtime, keys=keys_folder) as made:
        yield made


@pytest.fixture(scope="session")
def manager() -> Actor:
    return Actor(
        person_id="5f0f4d70-0000-7000-8000-000000000001",
        kind="staff",
        role="branch_manager",
        office_id="5f0f4d70-0000-7000-8000-0000000000b1",
        office_path="/HO/A01/B001/",
    )


@pytest.fixture(scope="session")
def make_place(postgres_server: PostgresServer, purse_template, broker, keys_folder: Path):
    """Make a broker's virtual host and a database for processes of the purse service."""

    @contextmanager
    def made() -> Iterator[Place]:
        with fresh_database(postgres_server, "accounts", template=lambda *_: purse_template) as urls:
            uri = broker.fresh_vhost()
            with Connection(uri) as connection:
                declare(connection.default_channel, events=(purse.PURSE_FILLED,), services=("accounts",))
            yield Place(uri, urls.runtime, keys_folder)

    return made


@pytest.fixture
def place(make_place) -> Iterator[Place]:
    with make_place() as made:
        yield made
