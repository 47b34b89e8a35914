"""Closing with interest: paid at its approval, exactly nothing left, undone the same day (rule M11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from contracts.errors import AlreadyDecided, IdConflict, MakerIsChecker, NotFound, OverLimit, PersonExcluded
from contracts.transactions.ledger import ENTRY_REVERSED, GET_RECEIPT, LIST_APPROVALS
from contracts.transactions.ledger_errors import (
    AccountClosed,
    AlreadyReversed,
    InsufficientFunds,
    NotReversible,
)
from contracts.transactions.savings import (
    ACCOUNT_CLOSED,
    ACCOUNT_STATE_CHANGED,
    QUOTE_CLOSING,
    READ_TERM_DUES,
)
from contracts.transactions.savings_errors import AccountMoved, MoneyOnItsWay
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import (
    area_manager,
    ask_for,
    close,
    decide,
    deposit,
    limited,
    open_account,
    pass_days,
    rest_until,
    withdraw,
)

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M11")


def account_of(branch: Branch, account_id: str, name: str = "Rahima") -> dict[str, Any]:
    accounts = branch.passbook(name)["accounts"]
    return next(account for account in accounts if account["account_id"] == account_id)


@remembered
def old_account(branch: Branch, account_id: str) -> str:
    """1,000 taka at 6 % for ten days: 1.64 of interest (1,000 × 0.06 × 10 / 365 = 1.6438)."""
    rest_until(branch, MONDAY + timedelta(days=10))
    assert branch.day()["on"] == "2026-12-03"
    return account_id


class TestPayingOut:
    def test_pays_interest_to_the_day_in_whole_taka_and_leaves_nothing(
        self, branch: Branch, old_account: str
    ) -> None:
        proposed = close(branch, old_account)
        assert proposed["terms"] == {
            "account_id": old_account,
            "on": "2026-12-03",
            "how": "ordinary",
            "balance": "1000.00",
            "interest": "1.64",
            "charge": "0.00",
            "rounding": "0.36",
            "payout": "1002.00",
        }
        with pytest.raises(InsufficientFunds):
            decide(branch, branch.manager, proposed["id"])
        deposit(branch, id_of("savings of Salma"), "500.00")

        decide(branch, branch.manager, proposed["id"])

        after = account_of(branch, old_account)
        assert (after["balance"], after["closed"]) == ("0.00", True)
        book = branch.trial_balance()
        assert (book["5110"], book["5910"]) == (("1.64", "0.00"), ("0.36", "0.00"))
        assert book["1110"] == ("498.00", "0.00")

    def test_is_a_quote_before_it_is_a_wish(self, branch: Branch, old_account: str) -> None:
        quote = branch.ask(QUOTE_CLOSING, branch.manager, account_id=old_account)

        assert quote == close(branch, old_account)["terms"]

    def test_gives_a_receipt_over_what_she_has_in_her_hand(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)
        decide(branch, branch.manager, proposed["id"])

        receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=proposed["id"])

        assert (receipt["amount"], receipt["balance_after"]) == ("1000.00", "0.00")
        assert receipt["number"] == "B001-2026-000002"

    def test_costs_the_charge_of_the_terms(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", "voluntary_savings", closing_charge="20.00")
        deposit(branch, account, "500.00")

        decide(branch, branch.manager, close(branch, account)["id"])

        (told,) = branch.harness.told(ACCOUNT_CLOSED)
        assert (told["charge"], told["payout"]) == (2_000, 48_000)
        assert branch.trial_balance()["4310"] == ("0.00", "20.00")

    def test_of_an_empty_account_books_nothing(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", "voluntary_savings")

        decide(branch, branch.manager, close(branch, account)["id"])

        assert account_of(branch, account, "Salma")["closed"]

    def test_closes_once(self, branch: Branch, account_id: str) -> None:
        first, second = close(branch, account_id), close(branch, account_id)
        decide(branch, branch.manager, first["id"])

        with pytest.raises(AccountClosed):
            decide(branch, branch.manager, second["id"])
        with pytest.raises(AccountClosed):
            close(branch, account_id)
        with pytest.raises(AccountClosed):
            deposit(branch, account_id, "10.00")

    def test_a_request_repeated_is_the_same_one(self, branch: Branch, account_id: str) -> None:
        request_id = new_id()
        first = close(branch, account_id, id=request_id)
        decide(branch, branch.manager, request_id)

        again = close(branch, account_id, id=request_id)

        assert (again["state"], again["terms"]) == ("approved", first["terms"])
        with pytest.raises(IdConflict):
            close(branch, account_id, id=request_id, reason="another one")


class TestWhatStandsInTheWay:
    def test_money_that_is_promised(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        with pytest.raises(MoneyOnItsWay):
            close(branch, account_id)

    def test_a_balance_that_moved_since(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)
        deposit(branch, account_id, "10.00")

        with pytest.raises(AccountMoved) as refusal:
            decide(branch, branch.manager, proposed["id"])
        assert refusal.value.facts == {"payout": "1010.00"}
        assert account_of(branch, account_id)["balance"] == "1010.00"

    def test_a_wish_that_nobody_agreed_to_does_not(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")

        decide(branch, branch.manager, close(branch, account_id)["id"])

        with pytest.raises(AlreadyDecided):
            decide(branch, branch.manager, asked["approval_id"])
        assert branch.ask(LIST_APPROVALS, branch.manager)["items"] == []

    @pytest.mark.rule("M8")
    def test_people(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)

        with pytest.raises(MakerIsChecker):
            decide(branch, branch.person("branch_manager", "accountant"), proposed["id"])
        kin = replace(branch.manager, excluded_members=(id_of("Rahima"),))
        with pytest.raises(PersonExcluded):
            decide(branch, kin, proposed["id"])

    def test_a_limit_by_amount(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)
        low = limited(branch.manager, "closing:approve", 999_99)
        with pytest.raises(OverLimit) as refusal:
            decide(branch, low, proposed["id"])
        assert refusal.value.facts == {"limit": "999.99", "amount": "1000.00"}
        assert not account_of(branch, account_id)["closed"]

        decide(branch, limited(branch.manager, "closing:approve", 1_000_00), proposed["id"])
        assert account_of(branch, account_id)["closed"]

    @pytest.mark.rule("M9")
    def test_a_dormant_account_needs_manager_and_area(self, branch: Branch, account_id: str) -> None:
        with branch.harness.service().books() as books:
            books.dormancy.mark([id_of("Rahima")], date(2028, 1, 1))
        proposed = close(branch, account_id)

        decide(branch, branch.manager, proposed["id"])
        assert not account_of(branch, account_id)["closed"]
        (second,) = branch.ask(LIST_APPROVALS, area_manager(branch))["items"]
        decide(branch, area_manager(branch), second["id"])

        assert account_of(branch, account_id)["closed"]


@pytest.mark.rule("M12")
class TestUndoing:
    def test_brings_the_cash_back_and_opens_the_account_again(self, branch: Branch, old_account: str) -> None:
        deposit(branch, id_of("savings of Salma"), "500.00")
        before = branch.trial_balance()
        proposed = close(branch, old_account)
        decide(branch, branch.manager, proposed["id"])

        branch.approve(branch.propose_reversal(proposed["id"], "money_returned"))

        after = account_of(branch, old_account)
        assert (after["balance"], after["closed"]) == ("1000.00", False)
        assert {
            code: row for code, row in branch.trial_balance().items() if row != ("0.00", "0.00")
        } == before
        assert branch.harness.told(ENTRY_REVERSED)[-1]["lines"][0]["balance"] == 100_000
        assert close(branch, old_account)["terms"]["interest"] == "1.64"

    def test_is_told_as_the_newest_state_of_the_account(self, branch: Branch, old_account: str) -> None:
        deposit(branch, id_of("savings of Salma"), "500.00")
        for _ in range(2):
            proposed = close(branch, old_account)
            decide(branch, branch.manager, proposed["id"])
            branch.approve(branch.propose_reversal(proposed["id"], "money_returned"))

        told = branch.harness.told(ACCOUNT_STATE_CHANGED)
        assert {state["account_id"] for state in told} == {old_account}
        assert [(state["version"], state["closed"]) for state in told] == [
            (1, True),
            (2, False),
            (3, True),
            (4, False),
        ]

    def test_happens_once_and_in_one_way(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)
        decide(branch, branch.manager, proposed["id"])

        with pytest.raises(NotReversible):
            branch.propose_reversal(proposed["id"], "never_received")
        branch.approve(branch.propose_reversal(proposed["id"], "money_returned"))
        with pytest.raises(AlreadyReversed):
            branch.propose_reversal(proposed["id"], "money_returned")

    def test_not_on_another_day(self, branch: Branch, account_id: str) -> None:
        proposed = close(branch, account_id)
        decide(branch, branch.manager, proposed["id"])
        pass_days(branch, MONDAY + timedelta(days=1))

        with pytest.raises(NotReversible):
            branch.propose_reversal(proposed["id"], "money_returned")


class TestTermAccounts:
    TERMS: ClassVar = {
        "amount": "500.00",
        "months": 12,
        "annual_rate_bps": 700,
        "late_penalty": "10.00",
        "missing_limit": 3,
        "premature": [{"from_month": 0, "rate_bps": 400}],
        "closing_charge": "25.00",
    }

    def test_show_what_is_due_and_what_is_late(self, branch: Branch) -> None:
        account = open_account(branch, "Fatema", "term_savings", **self.TERMS)
        deposit(branch, account, "500.00")

        dues = branch.ask(READ_TERM_DUES, branch.manager, account_id=account)
        assert (dues["due"], dues["missed"], dues["matures_on"]) == ("0.00", 0, "2027-11-23")

        rest_until(branch, date(2027, 1, 24))
        dues = branch.ask(READ_TERM_DUES, branch.manager, account_id=account)

        assert (dues["due"], dues["missed"], dues["penalty"]) == ("1000.00", 1, "10.00")
        assert [month["late"] for month in dues["months"][:3]] == [False, True, False]

    def test_closed_early_earn_by_their_slab_and_pay_charge_and_penalty(self, branch: Branch) -> None:
        account = open_account(branch, "Fatema", "term_savings", **self.TERMS)
        deposit(branch, account, "500.00")
        rest_until(branch, date(2027, 1, 24))

        terms = close(branch, account)["terms"]

        # 500 for two whole months at 4 %: 3.33; 25 for the early end, 10 for the month that was missed
        assert (terms["how"], terms["interest"], terms["charge"]) == ("premature", "3.33", "35.00")
        assert (terms["payout"], terms["rounding"]) == ("468.00", "-0.33")

    def test_savings_without_a_term_have_no_dues(self, branch: Branch, account_id: str) -> None:
        with pytest.raises(NotFound):
            branch.ask(READ_TERM_DUES, branch.manager, account_id=account_id)


def test_a_movement_of_hers_after_a_payout_counts_from_its_own_day(branch: Branch, account_id: str) -> None:
    """900 stay for the last five days: 1,000 × 5 + 400 × 5 days at 6 % (rule M2)."""
    rest_until(branch, MONDAY + timedelta(days=5))
    withdraw(branch, account_id, "600.00")
    rest_until(branch, MONDAY + timedelta(days=10))

    terms = close(branch, account_id)["terms"]

    assert terms["interest"] == "1.15"
