"""A branch whose samity does not meet in these days, and an auditor of the area above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import id_of
from tests.support.memory import remembered

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day and three members; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    return here


@pytest.fixture
def auditor(branch: Branch) -> Actor:
    """An auditor whose scope is the area, and a manager who has a name."""
    person = replace(branch.person("auditor", "Auditor"), office_id=id_of("A01"), office_path="/HO/A01/")
    branch.post_staff(person, "Auditor")
    branch.post_staff(branch.manager, "Manager")
    return person
