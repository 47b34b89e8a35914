"""A branch with nothing but its vault: its days are not held up by sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.memory import remembered

if TYPE_CHECKING:
    from tests.support.branch import Branch


@remembered
def quiet(branches: tuple[Branch, Branch]) -> Branch:
    """A branch whose member saves, whose samity does not meet, and whose day is open."""
    here = branches[0]
    here.open_samity("Dormant", active=False)
    here.admit("Rahima", "Dormant")
    here.open_savings("Rahima")
    here.open_day()
    return here
