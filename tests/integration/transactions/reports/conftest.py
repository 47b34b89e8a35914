"""One lived-in pair of branches for all tests of reports: they read, and change nothing of the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chassis.testing import harness_of
from tests.support.branch import found_branches
from tests.support.lived_in import live
from tests.support.services import fresh_database
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.lived_in import LivedIn
    from tests.support.parts import PostgresServer


@pytest.fixture(scope="package")
def lived_in(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[LivedIn, LivedIn]]:
    with (
        pytest.MonkeyPatch.context() as environment,
        fresh_database(postgres_server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
    ):
        environment.setenv("MIKROF_SEALS", str(tmp_path_factory.mktemp("seals")))
        yield live(*found_branches(harness))


@pytest.fixture(scope="package")
def home(lived_in: tuple[LivedIn, LivedIn]) -> LivedIn:
    return lived_in[0]


@pytest.fixture(scope="package")
def away(lived_in: tuple[LivedIn, LivedIn]) -> LivedIn:
    return lived_in[1]
