"""Books and money differ in their dates by a rule only (rule M2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.savings_errors import ValueDateOutside
from tests.support.branch import MONDAY, id_of
from tests.support.purse import deposit, withdraw

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M2")
RAHIMA = id_of("savings of Rahima")


@pytest.mark.parametrize("days", [-1, 1, 30])
def test_cash_with_another_date_is_refused_and_nothing_is_booked(branch: Branch, days: int) -> None:
    value_on = MONDAY - timedelta(days=days)

    with pytest.raises(ValueDateOutside) as refusal:
        deposit(branch, RAHIMA, "100.00", value_on=value_on.isoformat())

    assert refusal.value.facts == {"value_on": value_on.isoformat(), "business_on": MONDAY.isoformat()}
    assert branch.balance_of("Rahima") == "0.00"
    assert deposit(branch, RAHIMA, "100.00")["receipt_number"].endswith("000001")


def test_mobile_money_has_its_providers_date_and_is_in_no_vault(branch: Branch) -> None:
    value_on = (MONDAY - timedelta(days=2)).isoformat()

    posted = deposit(branch, RAHIMA, "100.00", paid_by="mobile_money", value_on=value_on)

    assert (posted["business_on"], posted["value_on"]) == (MONDAY.isoformat(), value_on)
    assert branch.trial_balance()["1140"] == ("100.00", "0.00")
    assert branch.trial_balance().get("1110", ("0.00", "0.00")) == ("0.00", "0.00")


@pytest.mark.rule("M12")
class TestMoneyPaidOut:
    """A withdrawal of the same day is undone as it was done: the cash comes back, or staff owe it."""

    def test_comes_back_to_the_vault(self, branch: Branch) -> None:
        deposit(branch, RAHIMA, "500.00")
        paid = withdraw(branch, RAHIMA, "200.00")

        branch.approve(branch.propose_reversal(paid["entry_id"], "money_returned"))

        assert branch.balance_of("Rahima") == "500.00"
        assert branch.trial_balance()["1110"] == ("500.00", "0.00")

    def test_that_she_never_got_is_owed_by_whoever_paid_it(self, branch: Branch) -> None:
        deposit(branch, RAHIMA, "500.00")
        paid = withdraw(branch, RAHIMA, "200.00")

        branch.approve(branch.propose_reversal(paid["entry_id"], "never_received"))

        assert branch.balance_of("Rahima") == "500.00"
        assert branch.trial_balance()["1210"] == ("200.00", "0.00")

    def test_from_the_wrong_account_is_taken_from_the_right_one(self, branch: Branch) -> None:
        deposit(branch, RAHIMA, "500.00")
        deposit(branch, id_of("savings of Salma"), "300.00")
        paid = withdraw(branch, RAHIMA, "200.00")

        branch.approve(
            branch.propose_reversal(
                paid["entry_id"], "wrong_account", to_account_id=id_of("savings of Salma")
            )
        )

        assert (branch.balance_of("Rahima"), branch.balance_of("Salma")) == ("500.00", "100.00")
        assert branch.trial_balance()["1110"] == ("600.00", "0.00")
