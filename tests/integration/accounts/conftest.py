"""The accounts service on a database of its own, with one branch that identity has told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.service import AccountsService
from chassis.testing import ServiceHarness, harness_of
from launcher.database import DatabaseUrls
from tests.support.accounts import Branch
from tests.support.memory import Memory, remembered
from tests.support.parts import PostgresServer
from tests.support.services import fresh_database


@pytest.fixture
def urls(postgres_server: PostgresServer):
    with fresh_database(postgres_server, "accounts") as made:
        yield made


@pytest.fixture
def harness(urls, keys_folder: Path) -> Iterator[ServiceHarness[AccountsService]]:
    with harness_of(AccountsService, urls.runtime, keys=keys_folder) as made:
        yield made


@pytest.fixture
def memory(
    harness: ServiceHarness[AccountsService], postgres_server: PostgresServer, urls: DatabaseUrls
) -> Iterator[Memory]:
    with Memory.of(harness, postgres_server.address_of(urls)) as memory:
        yield memory


@remembered
def branch(harness: ServiceHarness[AccountsService]) -> Branch:
    return Branch(harness)


@remembered
def samity(branch: Branch) -> str:
    return str(branch.open_samity()["id"])
