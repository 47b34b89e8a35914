"""Corrections of the same day: three kinds, two people, told to all concerned, once (rule M12)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from contracts.errors import (
    AlreadyDecided,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
    ReasonMissing,
    ServiceError,
)
from contracts.transactions.ledger import DECIDE_APPROVAL, ENTRY_REVERSED, LIST_APPROVALS, PROPOSE_REVERSAL
from contracts.transactions.ledger_errors import AlreadyReversed, InsufficientFunds, NotReversible
from tests.support.branch import Branch, id_of, new_id
from transactions.domain.ledger import PendingDelta

pytestmark = pytest.mark.rule("M12")


class TestWrongAccount:
    def test_moves_the_money_without_touching_cash(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        branch.approve(
            branch.propose_reversal(entry_id, "wrong_account", to_account_id=id_of("savings of Salma"))
        )

        assert (branch.balance_of("Rahima"), branch.balance_of("Salma")) == ("0.00", "150.00")
        assert branch.trial_balance()["1110"] == ("150.00", "0.00")

    def test_tells_both_members(self, branch: Branch) -> None:
        deposit = branch.deposit("Rahima", "150.00")

        branch.approve(
            branch.propose_reversal(
                deposit["entry_id"], "wrong_account", to_account_id=id_of("savings of Salma")
            )
        )

        (event,) = branch.harness.told(ENTRY_REVERSED)
        assert [(line["member_id"], line["direction"], line["balance"]) for line in event["lines"]] == [
            (id_of("Rahima"), "withdrawal", 0),
            (id_of("Salma"), "deposit", 15_000),
        ]
        assert (event["first_receipt"], event["reversed_id"]) == (
            deposit["receipt_number"],
            deposit["entry_id"],
        )

    @pytest.mark.parametrize(
        "to_account",
        [None, "savings of Rahima", "savings of Elsewhere"],
        ids=["none", "the same", "elsewhere"],
    )
    def test_needs_another_account_of_the_branch(
        self, branch: Branch, branches: tuple[Branch, Branch], to_account: str | None
    ) -> None:
        branches[1].open_samity("Faraway")
        branches[1].admit("Elsewhere", "Faraway")
        branches[1].open_savings("Elsewhere")
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        with pytest.raises((InvalidPayload, NotFound)):
            branch.propose_reversal(
                entry_id, "wrong_account", to_account_id=id_of(to_account) if to_account else None
            )


class TestMoneyReturned:
    def test_is_paid_by_the_vault(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        branch.approve(branch.propose_reversal(entry_id, "money_returned"))

        assert branch.trial_balance() == {"1110": ("0.00", "0.00"), "2110": ("0.00", "0.00")}

    def test_names_no_other_account(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        with pytest.raises(InvalidPayload):
            branch.propose_reversal(entry_id, "money_returned", to_account_id=id_of("savings of Salma"))


class TestNeverReceived:
    def test_leaves_what_was_counted_to_nobody_yet(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        branch.approve(branch.propose_reversal(entry_id, "never_received"))

        assert branch.trial_balance()["2220"] == ("0.00", "150.00")
        assert branch.balance_of("Rahima") == "0.00"


class TestPassbook:
    def test_shows_both_lines_and_their_link(self, branch: Branch) -> None:
        deposit = branch.deposit("Rahima", "150.00")
        branch.harness.watch.advance(timedelta(minutes=1))
        branch.approve(branch.propose_reversal(deposit["entry_id"], "money_returned"))

        undo, done = branch.passbook("Rahima")["lines"]

        assert (done["status"], undo["status"]) == ("reversed", "reversal")
        assert (done["related_line_id"], undo["related_line_id"]) == (undo["line_id"], done["line_id"])
        assert (undo["amount"], undo["direction"], undo["balance_after"]) == ("150.00", "withdrawal", "0.00")
        assert undo["reason"] == "ভুল হিসাব"


class TestTwoPeople:
    def test_whoever_asked_does_not_decide(self, branch: Branch) -> None:
        """The same person in another role is still the same person (rule M8)."""
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        acting = branch.person("branch_manager", "accountant")

        with pytest.raises(MakerIsChecker):
            branch.ask(DECIDE_APPROVAL, acting, id=approval_id, approve=True)

    def test_a_role_without_the_verb_does_not_decide(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        auditor = branch.person("auditor")

        with pytest.raises(Forbidden):
            branch.ask(DECIDE_APPROVAL, auditor, id=approval_id, approve=True)

    def test_another_branch_does_not_see_it(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        there = branches[1].manager

        assert branch.ask(LIST_APPROVALS, there)["items"] == []
        with pytest.raises(NotFound):
            branch.ask(DECIDE_APPROVAL, there, id=approval_id, approve=True)

    @pytest.mark.rule("M8")
    def test_nobody_handles_money_of_his_kin(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        kin = branch.person("branch_manager", "Kin", excluded=(id_of("Rahima"),))

        with pytest.raises(PersonExcluded):
            branch.ask(DECIDE_APPROVAL, kin, id=approval_id, approve=True)

    def test_the_inbox_shows_who_may_decide(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        branch.propose_reversal(entry_id, "money_returned")

        (for_manager,) = branch.ask(LIST_APPROVALS, branch.manager)["items"]
        (for_maker,) = branch.ask(LIST_APPROVALS, branch.accountant)["items"]

        assert (for_manager["may_decide"], for_maker["may_decide"]) == (True, False)
        assert for_manager["facts"]["amount"] == "150.00"
        assert (for_manager["subject_en"], for_manager["maker_en"]) == ("Rahima", "Accountant")

    def test_declining_says_why_and_posts_nothing(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")

        with pytest.raises(ReasonMissing):
            branch.ask(DECIDE_APPROVAL, branch.manager, id=approval_id, approve=False)
        branch.ask(DECIDE_APPROVAL, branch.manager, id=approval_id, approve=False, reason="তিনি পেয়েছেন")

        assert branch.balance_of("Rahima") == "150.00"
        assert branch.propose_reversal(entry_id, "money_returned")

    def test_a_decision_stands(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")

        assert branch.approve(approval_id) == branch.approve(approval_id)
        with pytest.raises(AlreadyDecided):
            branch.ask(DECIDE_APPROVAL, branch.manager, id=approval_id, approve=False, reason="no, after all")
        assert branch.balance_of("Rahima") == "0.00"


class TestOnce:
    def test_a_row_is_undone_once(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        branch.approve(branch.propose_reversal(entry_id, "money_returned"))

        with pytest.raises(AlreadyReversed):
            branch.propose_reversal(entry_id, "never_received")

    def test_a_request_runs_once(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        branch.propose_reversal(entry_id, "money_returned")

        with pytest.raises(AlreadyReversed):
            branch.propose_reversal(entry_id, "money_returned")

    def test_a_repeated_request_is_the_same_one(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        request = {"id": new_id(), "entry_id": entry_id, "kind": "money_returned"}
        words = {"reason": "ভুল হিসাব", "evidence": "her thumb"}

        first, second = (
            branch.ask(PROPOSE_REVERSAL, branch.accountant, **request, **words) for _ in range(2)
        )

        assert first == second
        with pytest.raises(IdConflict):
            branch.ask(PROPOSE_REVERSAL, branch.accountant, **{**request, "kind": "never_received"}, **words)

    def test_two_managers_at_once_undo_it_once(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        managers = [branch.person("branch_manager", f"Manager {number}") for number in range(4)]

        def decide(manager: object) -> str:
            try:
                branch.ask(DECIDE_APPROVAL, manager, id=approval_id, approve=True)  # type: ignore[arg-type]  # an Actor
            except ServiceError as refusal:
                return refusal.code
            return "done"

        with ThreadPoolExecutor(4) as pool:
            outcomes = sorted(pool.map(decide, managers))

        assert outcomes == ["ALREADY_DECIDED"] * 3 + ["done"]
        assert len(branch.harness.told(ENTRY_REVERSED)) == 1

    def test_a_correction_is_not_corrected(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        approval_id = branch.propose_reversal(entry_id, "money_returned")
        branch.approve(approval_id)

        with pytest.raises(NotReversible) as refusal:
            branch.propose_reversal(approval_id, "money_returned")
        assert refusal.value.facts == {"why": "IS_A_CORRECTION"}

    @pytest.mark.spoils_the_books("PROMISED_IS_NOT_THE_WITHDRAWALS")
    def test_money_that_is_promised_already_is_not_taken_back(self, branch: Branch) -> None:
        approval_id = branch.propose_reversal(
            branch.deposit("Rahima", "150.00")["entry_id"], "money_returned"
        )
        with branch.harness.service().books() as books:
            books.ledger.add_pending([PendingDelta(id_of("savings of Rahima"), outgoing=10_000)])

        with pytest.raises(InsufficientFunds) as refusal:
            branch.approve(approval_id)
        assert (refusal.value.facts["balance"], refusal.value.facts["wanted"]) == ("150.00", "150.00")
        assert branch.balance_of("Rahima") == "150.00"
