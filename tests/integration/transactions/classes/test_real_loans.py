"""A loan that was paid out over the counter grows old, is classed in December, and keeps its class (4.9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.classes import LIST_CLASSES, LIST_OVERDUE_LOANS
from tests.support.agreed import declining
from tests.support.branch import MONDAY
from tests.support.class_runs import income_of, run
from tests.support.loans import lend, re_date, repay, standing, taka
from tests.support.memory import remembered
from tests.support.purse import rest_until
from transactions.domain.classes import LoanClass

if TYPE_CHECKING:
    from tests.support.branch import Branch

JANUARY = date(2027, 1, 2)


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day and three members who save; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    return here


@pytest.mark.rule("M15")
def test_a_loan_of_the_counter_is_classed_and_keeps_its_class_when_it_is_rescheduled(branch: Branch) -> None:
    """10,000 taka, due first on 8 December and not paid: 23 days on the 31st, watchful, 5 % set aside."""
    loan_id = lend(branch)
    rest_until(branch, JANUARY)

    done = run(branch, date(2026, 12, 31))
    (total,) = branch.ask(LIST_CLASSES, branch.manager, office_id=branch.id, month="2026-12-01")["items"]
    (late,) = branch.ask(LIST_OVERDUE_LOANS, branch.manager, office_id=branch.id)["items"]

    assert (total["loan_class"], total["outstanding"], total["provision"]) == (
        "watchful",
        "10000.00",
        "500.00",
    )
    assert (done["provision_booked"], branch.trial_balance()["2410"]) == ("500.00", ("0.00", "500.00"))
    told = standing(branch, loan_id)
    assert (late["oldest_unpaid_on"], late["days"]) == (told["oldest_unpaid_on"], told["days"])
    assert (late["days"], late["outstanding"]) == (25, told["outstanding"])

    later = declining(MONDAY).moved(60, after=MONDAY)
    re_date(
        branch,
        loan_id,
        later,
        reason="reschedule",
        begins_on=JANUARY.isoformat(),
        good_instalments=3,
    )

    assert branch.ask(LIST_OVERDUE_LOANS, branch.manager, office_id=branch.id)["items"] == []
    with branch.harness.service().books() as books:
        assert books.ageing.ages([loan_id], JANUARY)[loan_id].days == 0
        assert books.ageing.classes([loan_id], JANUARY) == {loan_id: LoanClass.WATCHFUL}


@pytest.mark.rule("L1")
def test_charge_that_the_counter_took_before_it_was_due_is_income_when_it_is(branch: Branch) -> None:
    """Ten instalments of 242 are paid in November; the first four fall due in December."""
    agreed = declining(MONDAY)
    loan_id = lend(branch, "Salma", agreed)
    repay(branch, loan_id, "2420.00")
    principal, charge = agreed.told_apart(2420_00)
    _, due_in_december = agreed.due_by(date(2026, 12, 31))
    rest_until(branch, date(2026, 12, 1))

    november = run(branch, date(2026, 11, 30))
    rest_until(branch, JANUARY)
    december = run(branch, date(2026, 12, 31))

    assert (november["advance_booked"], income_of(branch, date(2026, 11, 30))) == (taka(charge), 0)
    assert december["advance_booked"] == taka(-due_in_december)
    assert income_of(branch, date(2026, 12, 31)) == due_in_december
    outstanding = 10_000_00 - principal
    assert december["provision_booked"] == taka((outstanding + 50) // 100)
