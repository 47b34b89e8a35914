"""One branch that lends: a product, a member, and another who stands in for her."""

import pytest

from tests.support.accounts import Branch
from tests.support.loan_desk import Lending, Shelf


@pytest.fixture(autouse=True)
def shelf(branch: Branch) -> Shelf:
    made = Shelf(branch)
    made.offer()
    return made


@pytest.fixture
def lending(branch: Branch) -> Lending:
    return Lending(branch)


@pytest.fixture
def guarantor(branch: Branch, samity: str) -> str:
    return str(branch.member(samity, name_en="Rahima Begum")["id"])


@pytest.fixture
def member(branch: Branch, samity: str) -> str:
    return str(branch.member(samity)["id"])
