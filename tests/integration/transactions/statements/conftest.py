"""Books of two branches over some days, made once: the tests of statements only read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chassis.testing import harness_of
from tests.support.branch import found_branches
from tests.support.kept_books import KeptBooks, keep_books
from tests.support.recomputed_books import Row, rows_of
from tests.support.services import fresh_database
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.parts import PostgresServer


@pytest.fixture(scope="module")
def kept(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptBooks]:
    with (
        pytest.MonkeyPatch.context() as environment,
        fresh_database(postgres_server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
    ):
        environment.setenv("MIKROF_SEALS", str(tmp_path_factory.mktemp("seals")))
        yield keep_books(found_branches(harness))


@pytest.fixture(scope="module")
def rows(kept: KeptBooks) -> list[Row]:
    return rows_of(kept.branches[0])
