"""The whole system, started once for all system tests, in a private folder beside any running `up`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.installation import Installation, running
from demo.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def mikrof(postgres_server: object, broker: object) -> Iterator[Installation]:
    """An installation without the demo; the parts it needs are proved to be there by the two fixtures."""
    del postgres_server, broker
    with running() as installation:
        yield installation


@pytest.fixture(scope="session")
def town(mikrof: Installation) -> Town:
    """The institution of the session."""
    return Town.found(mikrof.base_url, mikrof.places.founding)
