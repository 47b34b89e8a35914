"""A loan that was paid out over the counter grows old, is classed in December, and keeps its class (4.9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.classes import GET_CLASS_RUN, LIST_CLASSES, LIST_OVERDUE_LOANS, RUN_CLASSES
from tests.support.agreed import declining
from tests.support.branch import MONDAY, new_id
from tests.support.loans import lend, re_date, standing
from tests.support.purse import pass_days
from transactions.batch.duties import TransactionsBatch
from transactions.domain.classes import LoanClass

if TYPE_CHECKING:
    from tests.support.branch import Branch

JANUARY = date(2027, 1, 2)


@pytest.fixture
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
    pass_days(branch, JANUARY)

    asked = branch.ask(RUN_CLASSES, branch.accountant, id=new_id(), office_id=branch.id, month="2026-12-31")
    branch.harness.take_steps("run_classes", by=TransactionsBatch)
    done = branch.ask(GET_CLASS_RUN, branch.accountant, id=asked["id"])
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
