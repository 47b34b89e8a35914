"""What every test may ask for, and what the whole run promises: rules are real, in CI nothing is skipped."""

import gc
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support import parts, rules, side_by_side

if TYPE_CHECKING:
    from xdist.remote import Producer

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes tells of what else the machine does."""
settings.load_profile("house")
settings.register_profile("fast", max_examples=25)
"""For `./mikrof test --fast`, which runs at every save; the whole run looks at four times as many."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rules", action="store_true", help="print each rule of docs/rules.md with its tests")


def pytest_report_header() -> list[str]:
    return [f"database: {parts.database_choice()}, broker: {parts.broker_choice()}"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unknown = sorted(rules.tests_by_rule(items).keys() - rules.known_rules().keys())
    if unknown:
        raise pytest.UsageError(f"tests name rules that docs/rules.md does not: {', '.join(unknown)}")
    if config.getoption("--rules"):
        config.get_terminal_writer().line(rules.report(items))
        items.clear()
    if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
        side_by_side.longest_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> side_by_side.FilesToWhoIsFree:
    """Say how workers share the tests, where there are several (`-n`)."""
    return side_by_side.FilesToWhoIsFree(config, log)


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the garbage collector need not look at it again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one: everything it needs can be had there."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[parts.PostgresServer]:
    """A PostgreSQL on which tests make databases; started by the first test that asks."""
    try:
        server = parts.open_postgres()
    except parts.PartUnavailableError as error:
        pytest.skip(str(error))
    yield server
    server.close()


@pytest.fixture(scope="session")
def broker() -> Iterator[parts.BrokerForTests]:
    """A RabbitMQ on which tests make virtual hosts; started by the first test that asks."""
    try:
        node = parts.open_broker()
    except parts.PartUnavailableError as error:
        pytest.skip(str(error))
    yield node
    node.close()


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fresh keys, as `MIKROF_KEYS` names it."""
    folder = tmp_path_factory.mktemp("keys")
    subprocess.run([sys.executable, "-m", "chassis.keys", str(folder)], check=True)
    return folder
