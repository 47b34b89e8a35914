"""What tests of transactions stand on: the service on a fresh database, and a branch with its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chassis.testing import ServiceHarness, harness_of
from tests.support.branch import Branch, found_branches
from tests.support.services import fresh_database
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[DatabaseUrls]:
    with fresh_database(postgres_server, "transactions") as urls:
        yield urls


@pytest.fixture
def harness(database: DatabaseUrls, keys_folder: Path) -> Iterator[ServiceHarness[TransactionsService]]:
    with harness_of(TransactionsService, database.runtime, keys=keys_folder) as opened:
        yield opened


@pytest.fixture
def branches(harness: ServiceHarness[TransactionsService]) -> tuple[Branch, Branch]:
    return found_branches(harness)


@pytest.fixture
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day, one samity and three members who save."""
    here = branches[0]
    here.open_samity("Jhumka")
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    return here
