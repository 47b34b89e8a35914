"""A rescheduled loan in the book: nothing is due that day, then the new rows are; its class is kept."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.lending_errors import ScheduleDiffers
from tests.support.agreed import Agreed, declining
from tests.support.branch import MONDAY
from tests.support.loans import card, lend, re_date, repay, standing, taka
from tests.support.memory import remembered
from tests.support.purse import rest_until
from transactions.domain.classes import LoanClass

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L1")
RESCHEDULED = date(2027, 1, 5)
FIRST = date(2027, 1, 12)


def spread(paid: tuple[int, int], count: int = 40) -> Agreed:
    """Return what is paid as one row of the day, the rest in whole taka, in proportion, worked out here."""
    agreed = declining(MONDAY)
    left = agreed.principal - paid[0], agreed.charge - paid[1]
    level = sum(left) // count // 100 * 100
    reached = [level * number for number in range(count)] + [sum(left)]
    shares = [(2 * total * left[0] + sum(left)) // (2 * sum(left)) for total in reached]
    rows = [
        (FIRST + timedelta(weeks=week), after - before, (most - least) - (after - before))
        for week, ((before, after), (least, most)) in enumerate(
            zip(pairwise(shares), pairwise(reached), strict=True)
        )
    ]
    return Agreed(agreed.split, ((RESCHEDULED, *paid), *rows))


@remembered
def late(branch: Branch) -> tuple[str, Agreed]:
    """One of five instalments is paid by 5 January; then the rest is spread over forty weeks."""
    loan_id = lend(branch)
    repay(branch, loan_id, "242.00")
    rest_until(branch, RESCHEDULED)
    new = spread((195_85, 46_15))
    re_date(branch, loan_id, new, reason="reschedule", begins_on=MONDAY.isoformat(), good_instalments=3)
    return loan_id, new


def test_on_its_day_nothing_is_due_and_nothing_is_ahead(branch: Branch, late: tuple[str, Agreed]) -> None:
    told = standing(branch, late[0])

    assert (told["due"], told["advance"], told["overdue"], told["days"]) == ("0.00", "0.00", "0.00", 0)
    assert (told["outstanding"], told["oldest_unpaid_on"]) == ("9804.15", None)
    assert (told["principal"], told["charge"]) == ("10000.00", "1121.00")


def test_the_days_after_it_ask_for_the_new_rows(branch: Branch, late: tuple[str, Agreed]) -> None:
    loan_id, new = late
    rest_until(branch, FIRST + timedelta(days=7))

    told = standing(branch, loan_id)
    first, second = (sum(new.due_by(day)) - 242_00 for day in (FIRST, FIRST + timedelta(days=7)))
    assert (told["due"], told["overdue"], told["advance"]) == (taka(second), taka(first), "0.00")
    assert (told["oldest_unpaid_on"], told["days"]) == (FIRST.isoformat(), 7)

    repay(branch, loan_id, taka(second + 100_00))
    paid = card(branch, loan_id)
    assert (paid["due"], paid["advance"], paid["days"]) == ("0.00", "100.00", 0)
    assert (paid["paid_principal"], paid["paid_charge"]) == tuple(
        taka(part) for part in new.told_apart(242_00 + second + 100_00)
    )


def test_its_class_is_kept_until_three_new_instalments_are_paid(
    branch: Branch, late: tuple[str, Agreed]
) -> None:
    """Unpaid since 15 December, it was watchful; two good instalments keep that, the third ends it."""
    loan_id, new = late
    each = sum(new.rows[1][1:])
    found = []
    for _ in range(3):
        repay(branch, loan_id, taka(each))
        with branch.harness.service().books() as books:
            found.append(books.ageing.classes([loan_id], RESCHEDULED)[loan_id])

    assert found == [LoanClass.WATCHFUL, LoanClass.WATCHFUL, LoanClass.REGULAR]


def test_no_charge_is_added(branch: Branch) -> None:
    loan_id = lend(branch)
    new = declining(MONDAY)
    on, principal, charge = new.rows[-1]
    dearer = Agreed(new.split, (*new.rows[:-1], (on, principal, charge + 100)))

    with pytest.raises(ScheduleDiffers):
        re_date(branch, loan_id, dearer, reason="reschedule", good_instalments=3)
