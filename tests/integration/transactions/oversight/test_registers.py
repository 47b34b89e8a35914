"""Registers that an auditor goes through: what was undone, which days were holidays, what staff owe (P12)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from contracts.transactions.reports_errors import ReportNotFound
from contracts.transactions.savings import PROPOSE_CORRECTION
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager, deposit, pass_days, withdraw
from tests.support.recomputed_reports import leads, read, table
from transactions.models.days import holidays

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P12")

TUESDAY = date(2026, 11, 24)
RAHIMA, SALMA = (id_of(f"savings of {name}") for name in ("Rahima", "Salma"))
BOTH: dict[str, Any] = {"from_on": MONDAY.isoformat(), "to_on": TUESDAY.isoformat()}


def lines(page: dict[str, Any], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in table(page)]


def correct(branch: Branch, entry_id: str, amount: str | None = None) -> None:
    said = {"reason": "written on her sister's page", "evidence": "both passbooks"}
    said |= {"amount": amount} if amount else {}
    asked = {"id": new_id(), "from": {"entry_id": entry_id}, "to_account_id": SALMA, **said}
    branch.approve(str(branch.ask(PROPOSE_CORRECTION, branch.accountant, **asked)["id"]))


@pytest.mark.rule("M12", "M13")
@pytest.mark.counts("reversals")
def test_each_row_that_was_undone_says_how_whose_and_by_whom(branch: Branch) -> None:
    """On Monday 30 go back to Rahima; on Tuesday 40 of her 150 are Salma's."""
    branch.post_staff(branch.accountant, "Accountant")
    branch.post_staff(branch.manager, "Manager")
    returned = deposit(branch, RAHIMA, "30.00")["entry_id"]
    branch.approve(branch.propose_reversal(returned, "money_returned"))
    kept = deposit(branch, RAHIMA, "150.00")["entry_id"]
    pass_days(branch, TUESDAY)
    correct(branch, kept, "40.00")

    page = read(LivedIn(branch), "reversals", area_manager(branch), **BOTH)

    rahima = (f"{branch.code}.Rahima", "Rahima", MONDAY.isoformat(), "Accountant", "Manager")
    keys = ("undone_how", "member_code", "member", "was_booked_on", "maker", "checker")
    assert lines(page, "booked_on", *keys, "reason", "undone_amount", "on_officer") == [
        (MONDAY.isoformat(), "money_returned", *rahima, "ভুল হিসাব", "30.00", "0.00"),
        (TUESDAY.isoformat(), "correction", *rahima, "written on her sister's page", "40.00", "0.00"),
    ]
    assert all(lead["entry_id"] for lead in leads(page))
    only_tuesday = read(LivedIn(branch), "reversals", from_on=TUESDAY.isoformat(), to_on=TUESDAY.isoformat())
    assert lines(only_tuesday, "undone_how") == [("correction",)]
    with pytest.raises(ReportNotFound):
        read(LivedIn(branch), "reversals", branch.officer, **BOTH)


@pytest.mark.rule("M13")
@pytest.mark.counts("officer_losses")
def test_what_staff_owe_is_opened_settled_and_left(branch: Branch) -> None:
    """On Monday 50 are short in the vault; on Tuesday 70 of a correction were spent already."""
    branch.post_staff(branch.accountant, "Accountant")
    deposit(branch, RAHIMA, "50.00")
    wrong = deposit(branch, RAHIMA, "150.00")["entry_id"]
    branch.count_vault("closing", {"50": 3}, book_difference=True)
    branch.close_day()
    withdraw(branch, RAHIMA, "120.00")
    correct(branch, wrong)

    home, short, spent = LivedIn(branch), 200 - 150, 150 - (200 - 120)
    keys = ("owed_before", "loss_opened", "loss_settled", "still_owed")
    on_both = lines(read(home, "officer_losses", **BOTH), *keys)
    owed = [tuple(int(row[at].removesuffix(".00")) for row in on_both) for at in range(4)]
    assert [sum(column) for column in owed] == [0, short + spent, 0, short + spent]
    tuesday: dict[str, Any] = {"from_on": TUESDAY.isoformat(), "to_on": TUESDAY.isoformat()}
    on_tuesday = lines(read(home, "officer_losses", **tuesday), *keys)
    owed = [tuple(int(row[at].removesuffix(".00")) for row in on_tuesday) for at in range(4)]
    assert [sum(column) for column in owed] == [short, spent, 0, short + spent]
    assert branch.trial_balance()["1210"] == (f"{short + spent}.00", "0.00")


@pytest.mark.rule("L3")
@pytest.mark.counts("holidays")
def test_declared_holidays_of_the_branch_of_offices_above_and_of_its_samities(
    branches: tuple[Branch, Branch], branch: Branch
) -> None:
    there = branches[1]
    declared = (
        (id_of("A01"), None, "2026-12-16", "Victory Day"),
        (branch.id, id_of("Jhumka"), "2026-12-07", "Flood"),
        (there.id, None, "2026-12-08", "Fair"),
        (branch.id, None, "2027-01-01", "New Year"),
    )
    with branch.harness.process.database.transaction() as session:
        for office, samity, on, name in declared:
            people = {"declared_by": branch.manager.person_id, "agreed_by": area_manager(branch).person_id}
            named = {
                "name_bn": f"{name} ছুটি",
                "name_en": name,
                "version": 1,
                "holiday_set": "branch",
                **people,
            }
            said = {"id": new_id(), "office_id": office, "samity_id": samity, "on": date.fromisoformat(on)}
            session.execute(insert(holidays).values(**said, **named))

    branch.post_staff(branch.manager, "Manager")
    branch.post_staff(area_manager(branch), "Area manager")
    page = read(LivedIn(branch), "holidays", from_on="2026-12-01", to_on="2026-12-31")

    keys = ("holiday_on", "holiday", "samity", "holiday_set", "maker", "checker")
    assert lines(page, *keys) == [
        ("2026-12-07", "Flood", "Jhumka", "branch", "Manager", "Area manager"),
        ("2026-12-16", "Victory Day", None, "branch", "Manager", "Area manager"),
    ]
