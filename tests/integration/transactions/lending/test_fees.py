"""Fees at the counter: taken, undone on their day, put right later (domain §6; rules P3, M12, M13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.transactions.ledger import ENTRY_REVERSED, GET_RECEIPT
from contracts.transactions.ledger_errors import AlreadyReversed, NotReversible
from contracts.transactions.lending_endings import LIST_FEES, POST_FEE
from contracts.transactions.savings import CORRECTION_POSTED, PROPOSE_CORRECTION
from contracts.transactions.savings_errors import AlreadyCorrected
from tests.support import invariants
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import correct
from tests.support.purse import deposit, pass_days

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

TUESDAY = MONDAY + timedelta(days=1)


def fee(branch: Branch, kind: str, amount: str = "50.00", **more: Any) -> dict[str, Any]:
    asked = {"entry_id": new_id(), "member_id": id_of("Rahima"), "kind": kind, "amount": amount}
    return branch.ask(POST_FEE, branch.accountant, **{**asked, "paid_by": "self", **more})


@pytest.mark.rule("P3")
class TestFees:
    def test_are_income_and_premiums_are_the_funds(self, branch: Branch, book: connection) -> None:
        for kind in ("form", "passbook", "additional"):
            fee(branch, kind)
        fee(branch, "risk_premium", "70.00")

        after = branch.trial_balance()
        assert (after["4310"], after["2330"]) == (("0.00", "150.00"), ("0.00", "70.00"))
        assert after["1110"] == ("220.00", "0.00")
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_are_listed_with_their_receipts_the_newest_first(self, branch: Branch) -> None:
        first = fee(branch, "form")
        branch.harness.watch.advance(timedelta(seconds=1))
        second = fee(branch, "passbook", "20.00")

        items = branch.ask(LIST_FEES, branch.manager, member_id=id_of("Rahima"))["items"]

        assert [(item["kind"], item["amount"], item["receipt_number"]) for item in items] == [
            ("passbook", "20.00", second["receipt_number"]),
            ("form", "50.00", first["receipt_number"]),
        ]
        assert [first["receipt_number"], second["receipt_number"]] == ["B001-2026-000001", "B001-2026-000002"]

    def test_asked_twice_is_taken_once(self, branch: Branch) -> None:
        entry_id = new_id()
        first = fee(branch, "form", entry_id=entry_id)

        assert fee(branch, "form", entry_id=entry_id) == first
        with pytest.raises(IdConflict):
            fee(branch, "passbook", entry_id=entry_id)
        assert branch.trial_balance()["1110"] == ("50.00", "0.00")

    def test_print_a_receipt_over_them(self, branch: Branch) -> None:
        taken = fee(branch, "form")

        receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=taken["entry_id"])

        assert (receipt["kind"], receipt["amount"], receipt["member_name_en"]) == ("fee", "50.00", "Rahima")
        assert (receipt["product_name_en"], receipt["duplicate"]) == ("Form fee", False)

    @pytest.mark.rule("M8")
    def test_nobody_takes_them_from_himself_or_another_branch(
        self, branch: Branch, branches: tuple[Branch, Branch]
    ) -> None:
        hers = replace(branch.accountant, excluded_members=(id_of("Rahima"),))
        asked = {"member_id": id_of("Rahima"), "kind": "form", "amount": "50.00", "paid_by": "self"}

        with pytest.raises(PersonExcluded):
            branch.ask(POST_FEE, hers, entry_id=new_id(), **asked)
        with pytest.raises(NotFound):
            branch.ask(POST_FEE, branches[1].accountant, entry_id=new_id(), **asked)


@pytest.mark.rule("M12")
def test_a_fee_of_the_same_day_goes_back(branch: Branch, book: connection) -> None:
    taken = fee(branch, "form")

    branch.approve(branch.propose_reversal(taken["entry_id"], "money_returned"))

    after = branch.trial_balance()
    assert (after["4310"], after["1110"]) == (("0.00", "0.00"), ("0.00", "0.00"))
    (told,) = branch.harness.told(ENTRY_REVERSED)
    (line,) = told["lines"]
    assert (line["member_id"], line["product_name_en"], line["amount"]) == (
        id_of("Rahima"),
        "Form fee",
        5_000,
    )
    (item,) = branch.ask(LIST_FEES, branch.manager, member_id=id_of("Rahima"))["items"]
    assert item["reversed"]
    with pytest.raises(AlreadyReversed):
        branch.propose_reversal(taken["entry_id"], "money_returned")
    assert invariants.broken(book, invariants.LEDGER) == {}


@pytest.mark.rule("M13")
class TestAnEarlierDay:
    def test_of_a_fee_that_was_savings_goes_onto_them_with_its_own_day(
        self, branch: Branch, book: connection
    ) -> None:
        taken = fee(branch, "form", "500.00")
        pass_days(branch, TUESDAY)

        correct(branch, taken["entry_id"], to_account_id=id_of("savings of Salma"), amount="450.00")

        after = branch.trial_balance()
        assert (after["4310"], after["1110"]) == (("0.00", "50.00"), ("500.00", "0.00"))
        assert branch.balance_of("Salma") == "450.00"
        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert (told["business_on"], told["value_on"], told["owed_by_staff"]) == (TUESDAY, MONDAY, 0)
        assert {(line["member_id"], line["direction"], line["amount"]) for line in told["lines"]} == {
            (id_of("Rahima"), "withdrawal", 45_000),
            (id_of("Salma"), "deposit", 45_000),
        }
        assert told["first_receipt"] == taken["receipt_number"]
        with pytest.raises(AlreadyCorrected):
            correct(branch, taken["entry_id"])
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_of_a_premium_never_received_is_nobodys_yet(self, branch: Branch, book: connection) -> None:
        taken = fee(branch, "risk_premium", "70.00")
        pass_days(branch, TUESDAY)

        correct(branch, taken["entry_id"])

        after = branch.trial_balance()
        assert (after["2330"], after["2220"]) == (("0.00", "0.00"), ("0.00", "70.00"))
        (item,) = branch.ask(LIST_FEES, branch.manager, member_id=id_of("Rahima"))["items"]
        assert item["reversed"]
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_of_a_fee_under_the_wrong_name_goes_to_who_paid_it(
        self, branch: Branch, book: connection
    ) -> None:
        taken = fee(branch, "risk_premium", "70.00")
        pass_days(branch, TUESDAY)

        correct(branch, taken["entry_id"], to_member_id=id_of("Salma"))

        assert branch.trial_balance()["2330"] == ("0.00", "70.00")
        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert {(line["member_id"], line["direction"], line["amount"]) for line in told["lines"]} == {
            (id_of("Rahima"), "withdrawal", 7_000),
            (id_of("Salma"), "deposit", 7_000),
        }
        assert told["value_on"] == MONDAY
        (wrong,) = branch.ask(LIST_FEES, branch.manager, member_id=id_of("Rahima"))["items"]
        (right,) = branch.ask(LIST_FEES, branch.manager, member_id=id_of("Salma"))["items"]
        assert (wrong["reversed"], right["reversed"]) == (True, False)
        assert (right["kind"], right["amount"], right["receipt_number"]) == (
            "risk_premium",
            "70.00",
            taken["receipt_number"],
        )
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_of_a_fee_names_one_right_member_of_the_branch(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        taken, saved = fee(branch, "form"), deposit(branch, id_of("savings of Rahima"), "20.00")
        branches[1].open_samity("Bela", active=False)
        branches[1].admit("Nasima", "Bela")
        pass_days(branch, TUESDAY)
        salma, savings = id_of("Salma"), id_of("savings of Salma")

        for entry_id, wrong in (
            (taken["entry_id"], {"to_member_id": id_of("Rahima")}),
            (taken["entry_id"], {"to_member_id": salma, "to_account_id": savings}),
            (taken["entry_id"], {"to_member_id": salma, "amount": "10.50"}),
            (saved["entry_id"], {"to_member_id": salma}),
        ):
            with pytest.raises(InvalidPayload):
                correct(branch, entry_id, **wrong)
        with pytest.raises(NotFound):
            correct(branch, taken["entry_id"], to_member_id=id_of("Nasima"))
        hers = replace(branch.accountant, excluded_members=(salma,))
        said = {"from": {"entry_id": taken["entry_id"]}, "reason": "wrong", "evidence": "page 4"}
        with pytest.raises(PersonExcluded):
            branch.ask(PROPOSE_CORRECTION, hers, id=new_id(), to_member_id=salma, **said)

    def test_of_a_fee_has_no_same_day_way(self, branch: Branch) -> None:
        taken = fee(branch, "form")
        pass_days(branch, TUESDAY)

        with pytest.raises(NotReversible):
            branch.propose_reversal(taken["entry_id"], "money_returned")

    @pytest.mark.rule("M8")
    def test_of_ones_own_fee_is_for_others(self, branch: Branch) -> None:
        taken = fee(branch, "form")
        pass_days(branch, TUESDAY)
        hers = replace(branch.accountant, excluded_members=(id_of("Rahima"),))
        said = {"from": {"entry_id": taken["entry_id"]}, "reason": "wrong", "evidence": "page 4"}

        with pytest.raises(PersonExcluded):
            branch.ask(PROPOSE_CORRECTION, hers, id=new_id(), **said)
