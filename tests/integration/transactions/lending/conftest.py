"""A branch that lends: three members who save, an open day, and money in the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
import pytest

from tests.support.memory import remembered
from tests.support.purse import area_manager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection

    from launcher.database import DatabaseUrls
    from tests.support.branch import Branch


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day and three members; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.post_staff(area_manager(here), "Area manager")
    here.open_day()
    return here


@pytest.fixture
def book(database: DatabaseUrls) -> Iterator[connection]:
    """The database itself, for questions about all that was written."""
    opened = psycopg2.connect(database.owner.replace("+psycopg2", ""))
    yield opened
    opened.close()
