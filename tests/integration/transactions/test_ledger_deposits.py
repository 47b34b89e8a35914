"""Counter deposits: posted once, receipted without gaps, refused clearly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from contracts.errors import IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.transactions.ledger import DEPOSIT_POSTED, GET_RECEIPT, POST_DEPOSIT
from contracts.transactions.ledger_errors import DayNotOpen, NotCounterDeposit
from tests.support.branch import Branch, id_of, new_id

if TYPE_CHECKING:
    from contracts.actor import Actor


class TestPostDeposit:
    def test_debits_the_vault_and_credits_the_member(self, branch: Branch) -> None:
        answer = branch.deposit("Rahima", "150.00")

        assert answer["balance_after"] == "150.00"
        assert branch.balance_of("Rahima") == "150.00"
        assert branch.trial_balance() == {"1110": ("150.00", "0.00"), "2110": ("0.00", "150.00")}

    @pytest.mark.rule("M2")
    def test_carries_both_dates(self, branch: Branch) -> None:
        answer = branch.deposit("Rahima", "150.00")

        assert (answer["business_on"], answer["value_on"]) == ("2026-11-23", "2026-11-23")

    def test_tells_it_once(self, branch: Branch) -> None:
        answer = branch.deposit("Rahima", "150.00")

        told = branch.harness.told(DEPOSIT_POSTED)
        assert [(event["receipt_number"], event["amount"], event["balance"]) for event in told] == [
            (answer["receipt_number"], 15_000, 15_000)
        ]

    def test_is_in_the_audit_trail(self, branch: Branch) -> None:
        branch.deposit("Rahima", "150.00")

        audited = branch.harness.audited("post_deposit")
        assert [row["actor_id"] for row in audited] == [branch.accountant.person_id]

    def test_answers_a_repeated_request_alike(self, branch: Branch) -> None:
        entry_id = new_id()
        first = branch.deposit("Rahima", "150.00", entry_id=entry_id)

        assert branch.deposit("Rahima", "150.00", entry_id=entry_id) == first
        assert branch.balance_of("Rahima") == "150.00"

    def test_refuses_another_deposit_under_the_same_id(self, branch: Branch) -> None:
        entry_id = new_id()
        branch.deposit("Rahima", "150.00", entry_id=entry_id)

        with pytest.raises(IdConflict):
            branch.deposit("Rahima", "151.00", entry_id=entry_id)

    def test_is_posted_once_when_sent_ten_times_at_once(self, branch: Branch) -> None:
        entry_id = new_id()
        with ThreadPoolExecutor(10) as pool:
            answers = list(
                pool.map(lambda _: branch.deposit("Rahima", "150.00", entry_id=entry_id), range(10))
            )

        assert all(answer == answers[0] for answer in answers)
        assert branch.balance_of("Rahima") == "150.00"
        assert branch.deposit("Rahima", "1.00")["receipt_number"].endswith("-000002")

    @pytest.mark.rule("P3")
    def test_numbers_receipts_without_gaps_under_load(self, branch: Branch) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda number: branch.deposit("Rahima", f"{number}.00"), range(1, 31)))

        numbers = sorted(answer["receipt_number"] for answer in answers)
        assert numbers == [f"B001-2026-{number:06d}" for number in range(1, 31)]

    @pytest.mark.rule("P3")
    def test_leaves_no_gap_after_a_refusal(self, branch: Branch) -> None:
        branch.deposit("Rahima", "10.00")
        branch.open_savings("Nobody Admitted")
        with pytest.raises(NotFound):
            branch.deposit("Nobody Admitted", "10.00")

        assert branch.deposit("Rahima", "10.00")["receipt_number"] == "B001-2026-000002"

    @pytest.mark.rule("M8")
    def test_refuses_money_of_the_clerk_or_his_kin(self, branch: Branch) -> None:
        kin = branch.person("accountant", excluded=(id_of("Rahima"),))

        with pytest.raises(PersonExcluded):
            _deposit_by(branch, kin, amount="150.00")

    @pytest.mark.rule("M11")
    @pytest.mark.parametrize("amount", ["0.00", "-5.00", "10.50", "10.123", "ten", 10])
    def test_refuses_what_is_no_cash(self, branch: Branch, amount: object) -> None:
        with pytest.raises(InvalidPayload) as refusal:
            _deposit_by(branch, branch.accountant, amount=amount)

        assert set(refusal.value.facts["fields"]) == {"amount"}

    def test_finds_no_account_of_another_branch(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        there = branches[1]

        with pytest.raises(NotFound):
            _deposit_by(branch, there.accountant, amount="150.00")

    def test_needs_an_open_day(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        here.open_samity("Jhumka")
        here.admit("Rahima", "Jhumka")
        here.open_savings("Rahima")

        with pytest.raises(DayNotOpen):
            here.deposit("Rahima", "150.00")


class TestGetReceipt:
    @pytest.mark.rule("P3")
    def test_says_duplicate_from_the_second_print_on(self, branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        first, second = (branch.ask(GET_RECEIPT, branch.accountant, entry_id=entry_id) for _ in range(2))

        assert (first["duplicate"], second["duplicate"], second["printed_times"]) == (False, True, 2)
        assert first["number"] == second["number"] == "B001-2026-000001"
        assert (first["member_name_en"], first["taken_by_en"]) == ("Rahima", "Accountant")

    def test_knows_no_receipt_of_an_unknown_entry(self, branch: Branch) -> None:
        with pytest.raises(NotCounterDeposit):
            branch.ask(GET_RECEIPT, branch.accountant, entry_id=new_id())

    def test_shows_none_of_another_branch(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]

        with pytest.raises(NotCounterDeposit):
            branch.ask(GET_RECEIPT, branches[1].accountant, entry_id=entry_id)


def _deposit_by(branch: Branch, clerk: Actor, *, amount: object) -> None:
    branch.ask(POST_DEPOSIT, clerk, entry_id=new_id(), account_id=id_of("savings of Rahima"), amount=amount)
