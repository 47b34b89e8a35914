"""One branch that lends: a product, a member, and another who stands in for her."""

import pytest

from tests.support.accounts import Branch
from tests.support.loan_desk import Lending, Shelf
from tests.support.memory import remembered


@pytest.fixture(autouse=True)
def _loans_are_offered(shelf: Shelf) -> None:
    """There is something to borrow."""


@remembered
def shelf(branch: Branch) -> Shelf:
    made = Shelf(branch)
    made.offer()
    return made


@pytest.fixture
def lending(branch: Branch) -> Lending:
    return Lending(branch)


@remembered
def guarantor(branch: Branch, samity: str) -> str:
    return str(branch.member(samity, name_en="Rahima Begum")["id"])


@remembered
def member(branch: Branch, samity: str) -> str:
    return str(branch.member(samity)["id"])
