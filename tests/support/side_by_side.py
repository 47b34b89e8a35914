"""The whole run on every core: files of tests go to whichever worker is free, one after another.

Each worker has parts of its own (`tests/support/parts.py`), so that a broker killed by one disturbs no other.
The system tests share one installation and therefore stay in one worker; they take longest and go first.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/system/"
LONG = "tests/integration/transactions/test_ledger_any_series.py"
FIRST = (TOGETHER, LONG, "tests/integration/")


class FilesToWhoIsFree(LoadScopeScheduling):
    """Hands out whole files, so that what a module prepares is prepared once."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False  # they come in the order of `longest_first`
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


def longest_first(items: list[pytest.Item]) -> None:
    """Put what takes long before what fills the gaps at the end."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((place for place, folder in enumerate(FIRST) if nodeid.startswith(folder)), len(FIRST))
