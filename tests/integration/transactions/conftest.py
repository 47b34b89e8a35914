"""What tests of transactions stand on: the service on a fresh database, and a branch with its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from chassis.config import spell_driver
from chassis.testing import ServiceHarness, harness_of
from tests.support.branch import Branch, found_branches
from tests.support.memory import Memory, remembered
from tests.support.services import fresh_database
from tests.support.soundness import faults_of
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer


@pytest.fixture(autouse=True)
def seals_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the batch process publishes seals, as `MIKROF_SEALS` names it."""
    folder = tmp_path / "seals"
    monkeypatch.setenv("MIKROF_SEALS", str(folder))
    return folder


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[DatabaseUrls]:
    with fresh_database(postgres_server, "transactions") as urls:
        yield urls


@pytest.fixture
def harness(
    request: pytest.FixtureRequest, database: DatabaseUrls, keys_folder: Path
) -> Iterator[ServiceHarness[TransactionsService]]:
    """The service; whatever a test did, its books are sound afterwards, unless it spoils them on purpose."""
    with harness_of(TransactionsService, database.runtime, keys=keys_folder) as opened:
        yield opened
        marks = list(request.node.iter_markers("spoils_the_books"))
        if "tamper" in request.fixturenames or not all(mark.args for mark in marks):
            return
        spoilt = {code for mark in marks for code in mark.args}
        assert [one for one in faults_of(opened.process) if one.code not in spoilt] == []


@pytest.fixture
def memory(
    harness: ServiceHarness[TransactionsService], postgres_server: PostgresServer, database: DatabaseUrls
) -> Iterator[Memory]:
    with Memory.of(harness, postgres_server.address_of(database)) as memory:
        yield memory


@remembered
def branches(harness: ServiceHarness[TransactionsService]) -> tuple[Branch, Branch]:
    return found_branches(harness)


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day, one samity and three members who save."""
    here = branches[0]
    here.open_samity("Jhumka")
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    return here


@pytest.fixture
def tamper(database: DatabaseUrls) -> Iterator[Callable[[str], None]]:
    """Change rows as somebody could who owns the database and switches its triggers off."""
    engine = sa.create_engine(spell_driver(database.owner))

    def change(statement: str) -> None:
        with engine.begin() as connection:
            for table in (
                "manual_vouchers",
                "remittances",
                "year_closings",
                "postings",
                "entries",
                "seals",
                "seal_leaves",
                "day_totals",
                "vouchers",
                "receipts",
            ):
                connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(sa.text(statement))

    yield change
    engine.dispose()


@remembered
def closed(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with two closed days of three deposits each, and an open one with a deposit."""
    here = branches[0]
    here.open_samity("Dormant", active=False)
    for name in ("Rahima", "Salma"):
        here.admit(name, "Dormant")
        here.open_savings(name)
    here.open_day()
    for notes in (3, 6):
        for name in ("Rahima", "Salma", "Rahima"):
            here.deposit(name, "100.00")
        here.count_vault("closing", {"100": notes})
        here.close_day()
    here.deposit("Salma", "50.00")
    return here
