"""The whole system, started once for all system tests, in a private folder beside any running `up`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from bench.installation import Installation, running
from demo.town import Town
from tests.support import parts
from tests.support.desk import open_browser
from tests.support.invariants import LEDGER, broken
from tests.support.phone import find_browser
from tests.support.roles import Roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType


def refuse_to_pass(reason: str) -> None:
    """Skip with the reason; in CI, where every part must be there, fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="package")
def mikrof() -> Iterator[Installation]:
    """An installation without the demo; it goes when the last system test is over, before other tests."""
    if "absent" in (parts.database_choice(), parts.broker_choice()):
        refuse_to_pass("there is no broker or no database on this machine")
    with running() as installation:
        yield installation


@pytest.fixture
def apart() -> Iterator[Installation]:
    """An installation of its own: for what may not lie in others' books, or needs days that nobody began."""
    with running() as installation:
        yield installation


@pytest.fixture(autouse=True)
def books_stay_sound(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did to the installation, its books are sound afterwards (mechanics S4)."""
    yield
    if "mikrof" in request.fixturenames:
        books = request.getfixturevalue("mikrof").database("transactions")
        found = broken(books, LEDGER)
        books.close()
        assert found == {}


@pytest.fixture(scope="package")
def town(mikrof: Installation) -> Town:
    """The institution of all system tests."""
    return Town.found(mikrof.base_url, mikrof.places.founding)


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    """Chromium as it is installed here; without one, the test says so and is skipped."""
    if find_browser() is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as driver:
        yield driver.chromium


@pytest.fixture(scope="module")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """A browser for everybody who sits at a desk."""
    opened = open_browser(chromium)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def roles(browser: Browser, mikrof: Installation, town: Town) -> Iterator[Roles]:
    """One person of every role of staff, each at a desk of his own, in a branch below an area."""
    roles = Roles.gathered(browser, town, mikrof.places.founding)
    yield roles
    roles.leave()
