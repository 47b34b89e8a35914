"""A branch whose members have money to take, and whose samity does not meet in these days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.memory import remembered
from tests.support.purse import area_manager, deposit, open_account

if TYPE_CHECKING:
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


@remembered
def account_id(branch: Branch) -> str:
    """A voluntary account of Rahima's with 1,000 taka, of which 100 must stay."""
    account = open_account(branch, "Rahima", "voluntary_savings", floor="100.00")
    deposit(branch, account, "1000.00")
    return account
