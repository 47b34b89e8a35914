"""The accounts service on a database of its own, with one branch that identity has told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.service import AccountsService
from chassis.testing import ServiceHarness, harness_of
from tests.support.accounts import Branch
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
def branch(harness: ServiceHarness[AccountsService]) -> Branch:
    return Branch(harness)


@pytest.fixture
def samity(branch: Branch) -> str:
    return str(branch.open_samity()["id"])
