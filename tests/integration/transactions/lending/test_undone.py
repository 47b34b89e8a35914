"""Loan rows undone on their day and put right later; what they ended runs again (rules M12, M13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.ledger import ENTRY_REVERSED, PROPOSE_REVERSAL, READ_OWN_PASSBOOK
from contracts.transactions.ledger_errors import NotReversible
from contracts.transactions.lending import LOAN_CLOSED
from contracts.transactions.savings import CORRECTION_POSTED, PROPOSE_CORRECTION
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.loans import card, lend, pay_out, payout, repay, standing, taka
from tests.support.purse import deposit, pass_days

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M12")


def undo(branch: Branch, entry_id: str, kind: str = "money_returned", **more: Any) -> None:
    branch.harness.watch.advance(timedelta(seconds=1))
    branch.approve(branch.propose_reversal(entry_id, kind, **more))


def correct(branch: Branch, entry_id: str, **more: Any) -> None:
    """Ask for a correction and let the manager approve it."""
    asked = branch.ask(
        PROPOSE_CORRECTION,
        branch.accountant,
        **{"id": new_id(), "from": {"entry_id": entry_id}, "reason": "wrong", "evidence": "her book", **more},
    )
    branch.approve(str(asked["id"]))


def balances(branch: Branch, loan_id: str) -> tuple[str, str, str]:
    shown = standing(branch, loan_id)
    return shown["paid_principal"], shown["paid_charge"], shown["outstanding"]


class TestSameDay:
    def test_money_returned_takes_principal_and_charge_back(self, branch: Branch, book: connection) -> None:
        loan_id = lend(branch)
        before = branch.trial_balance()
        paid = repay(branch, loan_id, "242.00")

        undo(branch, paid["entry_id"])

        assert balances(branch, loan_id) == ("0.00", "0.00", "10000.00")
        assert branch.trial_balance() == {**before, "4110": ("0.00", "0.00")}
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_she_is_told_all_that_was_taken_back(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "242.00")

        undo(branch, paid["entry_id"])

        (told,) = branch.harness.told(ENTRY_REVERSED)
        assert [(line["account_id"], line["amount"], line["direction"]) for line in told["lines"]] == [
            (loan_id, 24_200, "withdrawal")
        ]

    def test_a_row_of_nothing_but_charge_is_undone_and_told(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "40.00")

        undo(branch, paid["entry_id"])

        (told,) = branch.harness.told(ENTRY_REVERSED)
        assert [(line["amount"], line["balance"]) for line in told["lines"]] == [(4_000, 1_000_000)]
        assert balances(branch, loan_id) == ("0.00", "0.00", "10000.00")
        lines = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))["lines"]
        assert [(line["status"], line["amount"]) for line in lines] == [
            ("reversal", "40.00"),
            ("reversed", "40.00"),
            ("confirmed", "10000.00"),
        ]

    def test_what_was_hers_on_another_account_is_told_apart_there(self, branch: Branch) -> None:
        loan_id = lend(branch)
        entry_id = deposit(branch, id_of("savings of Salma"), "242.00")["entry_id"]

        undo(branch, entry_id, "wrong_account", to_account_id=loan_id)

        assert balances(branch, loan_id) == ("195.85", "46.15", "9804.15")
        assert branch.balance_of("Salma") == "0.00"

    def test_from_one_loan_to_another(self, branch: Branch) -> None:
        wrong, right = lend(branch), lend(branch, "Salma")
        paid = repay(branch, wrong, "242.00")

        undo(branch, paid["entry_id"], "wrong_account", to_account_id=right)

        assert balances(branch, wrong) == ("0.00", "0.00", "10000.00")
        assert balances(branch, right) == ("195.85", "46.15", "9804.15")

    @pytest.mark.rule("M11")
    def test_no_more_than_the_rest_is_put_onto_a_loan(self, branch: Branch) -> None:
        loan_id = lend(branch)
        entry_id = deposit(branch, id_of("savings of Salma"), "11200.00")["entry_id"]

        with pytest.raises(InvalidPayload):
            undo(branch, entry_id, "wrong_account", to_account_id=loan_id)

    @pytest.mark.rule("L1")
    def test_the_next_payment_heals_what_was_undone_in_the_middle(self, branch: Branch) -> None:
        loan_id = lend(branch)
        first = repay(branch, loan_id, "242.00")
        repay(branch, loan_id, "242.00")
        undo(branch, first["entry_id"])

        repay(branch, loan_id, "242.00")

        principal, charge = declining(MONDAY).told_apart(48_400)
        assert balances(branch, loan_id)[:2] == (taka(principal), taka(charge))

    def test_undoing_the_last_payment_opens_the_loan_again(self, branch: Branch, book: connection) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "11121.00")

        undo(branch, paid["entry_id"])

        told = branch.harness.told(LOAN_CLOSED)
        assert [(one["status"], one["version"]) for one in told] == [("repaid", 2), ("running", 3)]
        shown = standing(branch, loan_id)
        assert (shown["status"], shown["outstanding"]) == ("running", "10000.00")
        assert repay(branch, loan_id, "11121.00")["status"] == "repaid"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_money_moved_onto_a_loan_may_end_it(self, branch: Branch) -> None:
        loan_id = lend(branch)
        entry_id = deposit(branch, id_of("savings of Salma"), "11121.00")["entry_id"]

        undo(branch, entry_id, "wrong_account", to_account_id=loan_id)

        assert standing(branch, loan_id)["status"] == "repaid"

    def test_the_surplus_is_a_row_of_its_own(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "11200.00")

        undo(branch, paid["entry_id"], row_id=paid["entry_id"])

        assert branch.balance_of("Rahima") == "79.00"
        assert balances(branch, loan_id) == ("0.00", "0.00", "10000.00")


@pytest.mark.rule("L4")
class TestPayoutUndone:
    def test_the_cash_is_back_and_the_loan_is_none(self, branch: Branch, book: connection) -> None:
        loan_id = lend(branch)

        undo(branch, loan_id)

        (told,) = branch.harness.told(LOAN_CLOSED)
        assert (told["loan_id"], told["status"]) == (loan_id, "undone")
        after = branch.trial_balance()
        assert after["1110"] == ("20000.00", "0.00")
        assert after.get("1310", ("0.00", "0.00")) == ("0.00", "0.00")
        assert standing(branch, loan_id)["status"] == "undone"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_a_failed_mobile_payout_is_back_in_the_wallet(self, branch: Branch) -> None:
        deposit(branch, id_of("savings of Fatema"), "12000.00", paid_by="mobile_money")
        command = payout(branch, how="mobile_money", evidence={"account_last4": "0815"})
        pay_out(branch, command)

        undo(branch, command["id"])

        assert branch.trial_balance()["1140"] == ("12000.00", "0.00")

    def test_not_after_something_was_paid(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "242.00")

        with pytest.raises(NotReversible) as refusal:
            undo(branch, loan_id)

        assert refusal.value.facts == {"why": "SOMETHING_PAID"}

    def test_only_by_bringing_the_cash_back(self, branch: Branch) -> None:
        loan_id = lend(branch)

        with pytest.raises(NotReversible):
            branch.ask(
                PROPOSE_REVERSAL,
                branch.accountant,
                id=new_id(),
                entry_id=loan_id,
                kind="never_received",
                reason="she says so",
                evidence="her word",
            )


@pytest.mark.rule("M13")
class TestLater:
    def test_a_payment_on_the_wrong_loan_keeps_its_value_date(self, branch: Branch, book: connection) -> None:
        wrong, right = lend(branch), lend(branch, "Salma")
        paid = repay(branch, wrong, "242.00")
        pass_days(branch, MONDAY + timedelta(days=1))

        correct(branch, paid["entry_id"], to_account_id=right)

        assert balances(branch, wrong) == ("0.00", "0.00", "10000.00")
        assert balances(branch, right) == ("195.85", "46.15", "9804.15")
        assert card(branch, right, on=MONDAY.isoformat())["paid_charge"] == "46.15"
        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert {(line["account_id"], line["amount"], line["direction"]) for line in told["lines"]} == {
            (wrong, 24_200, "withdrawal"),
            (right, 24_200, "deposit"),
        }
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_part_of_a_payment_takes_principal_first(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "242.00")
        pass_days(branch, MONDAY + timedelta(days=1))

        correct(branch, paid["entry_id"], to_account_id=id_of("savings of Salma"), amount="100.00")

        assert balances(branch, loan_id) == ("95.85", "46.15", "9904.15")
        assert branch.balance_of("Salma") == "100.00"

    def test_money_never_received_is_owed_again(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "11121.00")
        pass_days(branch, MONDAY + timedelta(days=1))

        correct(branch, paid["entry_id"])

        shown = standing(branch, loan_id)
        assert (shown["status"], shown["outstanding"]) == ("running", "10000.00")
        assert branch.trial_balance()["2220"] == ("0.00", "11121.00")
