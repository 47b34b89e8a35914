"""A branch that lends: its open day is in November 2026, so that every earlier month is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.loan_book import LoanBook
from tests.support.memory import remembered

if TYPE_CHECKING:
    from tests.support.branch import Branch


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day and three members; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
    here.open_day()
    return here


@pytest.fixture
def book(branch: Branch) -> LoanBook:
    return LoanBook(branch)
