"""Withdrawals: asked for, agreed to, held, paid against her mark at the branch (rule M9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import MEMBER_CONTACT_CHANGED
from contracts.calls import load
from contracts.errors import (
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    OverLimit,
    PersonExcluded,
)
from contracts.permissions import permits
from contracts.sealed import seal
from contracts.transactions.collection_commands import SubmittedRow
from contracts.transactions.ledger import GET_RECEIPT, LIST_APPROVALS
from contracts.transactions.ledger_errors import InsufficientFunds
from contracts.transactions.savings import (
    LIST_WITHDRAWALS,
    PAY_WITHDRAWAL,
    PROPOSE_WITHDRAWAL,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_PAID,
    WITHDRAWAL_REQUESTED,
)
from contracts.transactions.savings_errors import (
    OverWithdrawable,
    WithdrawalLapsed,
    WithdrawalNeedsArea,
    WithdrawalNotAllowed,
    WithdrawalNotFound,
    WithdrawalNotOpen,
)
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.purse import (
    area_manager,
    ask_for,
    batch_of,
    cancel,
    decide,
    deposit,
    limited,
    open_account,
    pass_days,
    pay,
    withdraw,
)
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.ledger import PendingDelta

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M9")


def account_of(branch: Branch, account_id: str) -> dict[str, Any]:
    accounts = branch.passbook("Rahima")["accounts"]
    return next(account for account in accounts if account["account_id"] == account_id)


class TestFromWishToCash:
    def test_holds_the_amount_from_the_approval_to_the_payment(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "400.00")
        assert (asked["state"], account_of(branch, account_id)["pending_out"]) == ("requested", "0.00")

        decide(branch, branch.manager, asked["approval_id"])
        assert account_of(branch, account_id)["pending_out"] == "400.00"

        paid = pay(branch, asked["id"])
        after = account_of(branch, account_id)
        assert (paid["amount"], paid["balance_after"]) == ("400.00", "600.00")
        assert (after["balance"], after["pending_out"]) == ("600.00", "0.00")
        assert branch.trial_balance()["1110"] == ("600.00", "0.00")

    def test_receipts_of_deposits_and_withdrawals_are_one_series_without_gaps(
        self, branch: Branch, account_id: str
    ) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        paid = pay(branch, asked["id"])

        assert paid["receipt_number"] == "B001-2026-000002"
        assert deposit(branch, account_id, "10.00")["receipt_number"] == "B001-2026-000003"

    def test_she_is_told_at_request_approval_and_payment(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])
        pay(branch, asked["id"])

        for event in (WITHDRAWAL_REQUESTED, WITHDRAWAL_APPROVED, WITHDRAWAL_PAID):
            (told,) = branch.harness.told(event)
            assert (told["member_id"], told["amount"]) == (id_of("Rahima"), 10_000)

    def test_a_payment_asked_for_twice_is_made_once(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        assert pay(branch, asked["id"]) == pay(branch, asked["id"])
        assert account_of(branch, account_id)["balance"] == "900.00"

    def test_a_wish_asked_for_twice_is_one(self, branch: Branch, account_id: str) -> None:
        wish = {"id": new_id(), "account_id": account_id, "amount": "100.00"}

        first, second = (branch.ask(PROPOSE_WITHDRAWAL, branch.officer, **wish) for _ in range(2))

        assert first == second
        with pytest.raises(IdConflict):
            branch.ask(PROPOSE_WITHDRAWAL, branch.officer, **{**wish, "amount": "200.00"})

    def test_within_the_counter_limit_nobody_else_is_asked(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", "voluntary_savings", counter_limit="500.00")
        deposit(branch, account, "1000.00")
        assert ask_for(branch, account, "501.00")["state"] == "requested"
        account = open_account(branch, "Fatema", "voluntary_savings", counter_limit="500.00")
        deposit(branch, account, "1000.00")
        wish = {"id": new_id(), "account_id": account, "amount": "500.00"}

        asked = branch.ask(PROPOSE_WITHDRAWAL, branch.accountant, **wish)

        assert (asked["state"], asked["approval_id"]) == ("approved", None)
        assert pay(branch, asked["id"])["balance_after"] == "500.00"

    def test_a_limit_is_not_passed_in_small_steps(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", "voluntary_savings", counter_limit="500.00")
        deposit(branch, account, "2000.00")
        pay(branch, ask_for(branch, account, "300.00")["id"])

        assert ask_for(branch, account, "200.00")["approval_id"] is None
        assert ask_for(branch, account, "1.00")["state"] == "requested"

    def test_its_receipt_says_that_money_was_paid_out(self, branch: Branch, account_id: str) -> None:
        paid = withdraw(branch, account_id, "100.00")

        receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=paid["entry_id"])

        assert (receipt["kind"], receipt["amount"], receipt["duplicate"]) == ("withdrawal", "100.00", False)

    def test_the_list_shows_what_waits(self, branch: Branch, account_id: str) -> None:
        first = ask_for(branch, account_id, "100.00")
        branch.harness.watch.advance(timedelta(seconds=1))
        second = ask_for(branch, account_id, "200.00")
        decide(branch, branch.manager, first["approval_id"])
        pay(branch, first["id"])

        page = branch.ask(LIST_WITHDRAWALS, branch.accountant, office_id=branch.id)

        assert [(item["id"], item["member_en"]) for item in page["items"]] == [(second["id"], "Rahima")]


class TestHowMuch:
    def test_the_floor_stays(self, branch: Branch, account_id: str) -> None:
        with pytest.raises(OverWithdrawable) as refusal:
            ask_for(branch, account_id, "901.00")
        assert refusal.value.facts["withdrawable"] == "900.00"
        assert ask_for(branch, account_id, "900.00")["state"] == "requested"

    def test_what_is_promised_is_not_promised_again(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "600.00")
        other = ask_for(branch, account_id, "400.00")
        decide(branch, branch.manager, asked["approval_id"])

        with pytest.raises(OverWithdrawable):
            ask_for(branch, account_id, "301.00")
        with pytest.raises(OverWithdrawable):
            decide(branch, branch.manager, other["approval_id"])

    def test_no_more_than_the_agreed_share(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", withdraw_max_bps_without_loan=5000)
        deposit(branch, account, "1001.00")

        with pytest.raises(OverWithdrawable) as refusal:
            ask_for(branch, account, "501.00")
        assert refusal.value.facts["withdrawable"] == "500.00"

    @pytest.mark.parametrize("family", ["term_savings", "lump_savings"])
    def test_a_deposit_for_a_term_pays_when_it_is_closed(self, branch: Branch, family: str) -> None:
        account = open_account(branch, "Salma", family)
        deposit(branch, account, "1000.00")

        with pytest.raises(WithdrawalNotAllowed):
            ask_for(branch, account, "100.00")

    @pytest.mark.parametrize("amount", ["0.00", "-1.00", "10.50"])
    def test_is_whole_taka_and_more_than_nothing(self, branch: Branch, account_id: str, amount: str) -> None:
        with pytest.raises(InvalidPayload):
            ask_for(branch, account_id, amount)


class TestWhoAgrees:
    def test_an_amount_above_the_managers_limit_is_for_the_area(
        self, branch: Branch, account_id: str
    ) -> None:
        asked = ask_for(branch, account_id, "500.00")

        with pytest.raises(OverLimit) as refusal:
            decide(branch, limited(branch.manager, "withdrawal:approve", 40_000), asked["approval_id"])
        assert refusal.value.facts == {"limit": "400.00", "amount": "500.00"}
        decide(branch, area_manager(branch), asked["approval_id"])
        assert account_of(branch, account_id)["pending_out"] == "500.00"

    def test_whoever_asked_does_not_agree(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        acting = branch.person("branch_manager", "field_officer")

        with pytest.raises(MakerIsChecker):
            decide(branch, acting, asked["approval_id"])

    @pytest.mark.rule("M8")
    def test_whoever_asked_or_agreed_does_not_pay(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        for name in ("field_officer", "branch_manager"):
            with pytest.raises(MakerIsChecker):
                pay(
                    branch,
                    asked["id"],
                    branch.person("accountant", name),
                    witness_id=id_of("B001 accountant"),
                )

    def test_the_payer_is_not_his_own_witness(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        with pytest.raises(MakerIsChecker):
            pay(branch, asked["id"], witness_id=branch.accountant.person_id)
        with pytest.raises(NotFound):
            pay(branch, asked["id"], witness_id=new_id())

    @pytest.mark.rule("M8")
    def test_nobody_handles_money_of_his_kin(self, branch: Branch, account_id: str) -> None:
        kin = replace(branch.officer, excluded_members=(id_of("Rahima"),))

        with pytest.raises(PersonExcluded):
            branch.ask(PROPOSE_WITHDRAWAL, kin, id=new_id(), account_id=account_id, amount="100.00")

    def test_another_branch_finds_nothing(
        self, branch: Branch, branches: tuple[Branch, Branch], account_id: str
    ) -> None:
        asked = ask_for(branch, account_id, "100.00")
        evidence = {"mark": "thumb", "witness_id": branches[1].officer.person_id}

        with pytest.raises(WithdrawalNotFound):
            branch.ask(PAY_WITHDRAWAL, branches[1].accountant, id=asked["id"], evidence=evidence)

    def test_declining_holds_nothing(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"], approve=False)

        assert account_of(branch, account_id)["pending_out"] == "0.00"
        with pytest.raises(WithdrawalNotOpen):
            pay(branch, asked["id"])


class TestCaution:
    def change_number(self, branch: Branch, on: date, version: int = 2) -> None:
        branch.harness.hear(
            MEMBER_CONTACT_CHANGED,
            {
                "member_id": id_of("Rahima"),
                "mobile": seal("+8801711000009", branch.harness.process.keys.sealing("notifications")),
                "messages_consent": True,
                "language": "bn",
                "version": version,
                "mobile_changed_on": on.isoformat(),
            },
        )

    def test_a_changed_number_needs_manager_and_area(self, branch: Branch, account_id: str) -> None:
        self.change_number(branch, MONDAY - timedelta(days=7))
        asked = ask_for(branch, account_id, "100.00")
        assert asked["caution"] == ["number_changed"]

        decide(branch, branch.manager, asked["approval_id"])
        with pytest.raises(WithdrawalNotOpen):
            pay(branch, asked["id"])
        (second,) = branch.ask(LIST_APPROVALS, area_manager(branch))["items"]
        with pytest.raises(Forbidden):
            decide(branch, branch.person("branch_manager", "Another"), second["id"])
        decide(branch, area_manager(branch), second["id"])

        assert pay(branch, asked["id"])["balance_after"] == "900.00"

    def test_manager_and_area_are_two_people(self, branch: Branch, account_id: str) -> None:
        self.change_number(branch, MONDAY)
        asked = ask_for(branch, account_id, "100.00")
        area = area_manager(branch)
        decide(branch, area, asked["approval_id"])
        (second,) = branch.ask(LIST_APPROVALS, area)["items"]

        with pytest.raises(MakerIsChecker):
            decide(branch, area, second["id"])

    def test_after_a_week_a_number_is_as_good_as_any(self, branch: Branch, account_id: str) -> None:
        self.change_number(branch, MONDAY - timedelta(days=8))

        assert ask_for(branch, account_id, "100.00")["caution"] == []

    def test_a_number_that_changes_before_the_agreement_counts(self, branch: Branch, account_id: str) -> None:
        asked = ask_for(branch, account_id, "100.00")
        self.change_number(branch, MONDAY)

        decide(branch, branch.manager, asked["approval_id"])

        (second,) = branch.ask(LIST_APPROVALS, area_manager(branch))["items"]
        assert second["kind"] == "withdrawal_area"
        assert account_of(branch, account_id)["pending_out"] == "0.00"

    def test_a_number_that_changes_after_the_agreement_stops_the_payment(
        self, branch: Branch, account_id: str
    ) -> None:
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])
        self.change_number(branch, MONDAY)

        with pytest.raises(WithdrawalNeedsArea) as refusal:
            pay(branch, asked["id"])
        assert refusal.value.facts == {"caution": ["number_changed"]}
        assert cancel(branch, asked["id"])["state"] == "cancelled"

    def test_the_counter_limit_does_not_help_against_caution(self, branch: Branch) -> None:
        account = open_account(branch, "Rahima", "voluntary_savings", counter_limit="500.00")
        deposit(branch, account, "1000.00")
        self.change_number(branch, MONDAY)

        assert ask_for(branch, account, "100.00")["state"] == "requested"


class TestEnding:
    def test_cancelling_frees_the_money_and_the_inbox(self, branch: Branch, account_id: str) -> None:
        waiting, approved = (ask_for(branch, account_id, "100.00") for _ in range(2))
        decide(branch, branch.manager, approved["approval_id"])

        assert [cancel(branch, each["id"])["state"] for each in (waiting, approved)] == ["cancelled"] * 2
        assert account_of(branch, account_id)["pending_out"] == "0.00"
        assert branch.ask(LIST_APPROVALS, branch.manager)["items"] == []

    def test_an_approval_lapses_after_three_days_and_frees_the_money(
        self, branch: Branch, account_id: str
    ) -> None:
        asked = ask_for(branch, account_id, "400.00")
        decide(branch, branch.manager, asked["approval_id"])
        pass_days(branch, MONDAY + timedelta(days=4))

        with pytest.raises(WithdrawalLapsed):
            pay(branch, asked["id"])
        batch_of(branch).free_unpaid_withdrawals()

        assert account_of(branch, account_id)["pending_out"] == "0.00"
        with pytest.raises(WithdrawalLapsed):
            pay(branch, asked["id"])

    def test_an_empty_vault_pays_nothing(self, branch: Branch, account_id: str) -> None:
        """The vault has less to give than she may take."""
        entry = deposit(branch, open_account(branch, "Salma", "voluntary_savings"), "500.00")
        asked = ask_for(branch, account_id, "900.00")
        decide(branch, branch.manager, asked["approval_id"])
        branch.approve(branch.propose_reversal(entry["entry_id"], "money_returned"))
        with branch.harness.service().books() as books:
            vault = OfficeAccount(Ledgers.VAULT, branch.id)
            books.ledger.add_pending([PendingDelta(vault.id, outgoing=20_000)])

        with pytest.raises(InsufficientFunds):
            pay(branch, asked["id"])
        assert account_of(branch, account_id)["pending_out"] == "900.00"


class TestTheField:
    def test_no_cash_is_paid_there(self, branch: Branch, account_id: str) -> None:
        """The officer has no verb that pays, and his sheet no row that could say it."""
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])

        with pytest.raises(Forbidden):
            pay(branch, asked["id"], branch.officer, witness_id=branch.accountant.person_id)
        assert not permits(branch.officer.role or "", PAY_WITHDRAWAL.permission or "")

    @pytest.mark.parametrize("wrong", [{"amount": "-100.00"}, {"direction": "withdrawal"}])
    def test_a_sheet_carries_no_withdrawal(self, wrong: dict[str, str]) -> None:
        row = {
            "row_id": new_id(),
            "version": 1,
            "member_id": new_id(),
            "account_id": new_id(),
            "attendance": "present",
            "amount": "100.00",
            "receipt_number": "A1-000001",
            "recorded_at": "2026-11-23T06:00:00.000Z",
        }

        load(SubmittedRow, row)
        with pytest.raises(InvalidPayload):
            load(SubmittedRow, row | wrong)
