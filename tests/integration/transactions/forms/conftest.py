"""Two branches with three closed months for all tests of what reads them: they change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chassis.testing import harness_of
from tests.support.branch import found_branches
from tests.support.services import fresh_database
from tests.support.three_months import live_three_months
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.closed_months import Months
    from tests.support.parts import PostgresServer


@pytest.fixture(scope="package")
def months(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Months, Months]]:
    with (
        pytest.MonkeyPatch.context() as environment,
        fresh_database(postgres_server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
    ):
        environment.setenv("MIKROF_SEALS", str(tmp_path_factory.mktemp("seals")))
        yield live_three_months(*found_branches(harness))
