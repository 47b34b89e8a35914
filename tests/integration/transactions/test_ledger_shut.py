"""A branch that is shut for long, as after a cyclone: its books go on on the day on which it works again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from contracts.accounts.holidays import HOLIDAY_DECLARED
from contracts.transactions.collection import LIST_SHEETS
from tests.support.branch import MONDAY, id_of, new_id

if TYPE_CHECKING:
    from tests.support.branch import Branch

TUESDAY = 4
REOPENS = date(2027, 12, 28)


def declare(branch: Branch, day: date) -> None:
    where = {"id": new_id(), "office_id": branch.id, "samity_id": None, "on": day.isoformat()}
    names = {"name_bn": "ঘূর্ণিঝড়", "name_en": "Cyclone", "version": 1}
    branch.harness.hear(HOLIDAY_DECLARED, where | names)


def sheets_on(branch: Branch, on: date) -> list[str]:
    asked = {"on": on.isoformat(), "office_id": branch.id}
    return [sheet["samity_id"] for sheet in branch.ask(LIST_SHEETS, branch.manager, **asked)["items"]]


@pytest.mark.rule("L3")
def test_a_branch_that_was_shut_for_a_year_works_again(branches: tuple[Branch, Branch]) -> None:
    """No day lies between, no untouched sheet of one stays behind, and there is room for what comes."""
    branch = branches[0]
    branch.open_samity("Jhumka", weekday=TUESDAY)
    branch.admit("Rahima", "Jhumka")
    branch.open_savings("Rahima")
    branch.open_day()
    assert sheets_on(branch, MONDAY + timedelta(days=1)) == [id_of("Jhumka")]
    for number in range(1, (REOPENS - MONDAY).days):
        declare(branch, MONDAY + timedelta(days=number))
    branch.count_vault("closing", {})

    assert branch.close_day()["on"] == REOPENS.isoformat()

    assert sheets_on(branch, MONDAY + timedelta(days=1)) == []
    assert sheets_on(branch, REOPENS) == [id_of("Jhumka")]
    branch.deposit("Rahima", "150.00")
    assert branch.balance_of("Rahima") == "150.00"
    missing = [item["code"] for item in branch.day()["checklist"]]
    assert missing.count("SHEET_NOT_AUTHORISED") == 1
