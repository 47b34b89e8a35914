"""Money of applicants: a liability, hers when she is a member, else back in her hand in time (rule L8)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest
from sqlalchemy import update

from contracts.accounts import APPLICANT_CHANGED
from contracts.errors import IdConflict, MakerIsChecker, NotFound, PersonExcluded, ServiceError
from contracts.transactions.applicant_errors import ApplicantDecided, ApplicantNotFound, NothingHeld
from contracts.transactions.applicants import (
    LIST_APPLICANTS_MONEY,
    MOVE_APPLICANT_MONEY,
    RECEIVE_APPLICANT_MONEY,
    REFUND_APPLICANT,
)
from contracts.transactions.ledger import DEPOSIT_POSTED, GET_RECEIPT
from contracts.transactions.ledger_errors import DayNotOpen
from tests.support.branch import id_of, new_id
from tests.support.invariants import LEDGER, broken
from transactions.models.applicants import applicant_receipts

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L8")
APPLICANTS = "2250"


def apply(branch: Branch, name: str = "Nasima", *, status: str = "applicant", version: int = 1) -> str:
    """Let the service hear of somebody who asked to become a member, and what became of it."""
    applicant_id = id_of(name)
    state = {
        "id": applicant_id,
        "name_bn": f"{name} বেগম",
        "name_en": name,
        "samity_id": id_of("Jhumka"),
        "branch_id": branch.id,
        "status": status,
        "version": version,
    }
    branch.harness.hear(APPLICANT_CHANGED, state)
    return applicant_id


def receive(branch: Branch, applicant_id: str, amount: str, **more: Any) -> dict[str, Any]:
    command = {"entry_id": new_id(), "applicant_id": applicant_id, "amount": amount} | more
    return branch.ask(RECEIVE_APPLICANT_MONEY, branch.accountant, **command)


def refund(branch: Branch, applicant_id: str, **more: Any) -> dict[str, Any]:
    command = {
        "id": new_id(),
        "applicant_id": applicant_id,
        "reason": "আবেদন নাকচ",
        "evidence": {"mark": "thumb", "witness_id": branch.manager.person_id},
    }
    return branch.ask(REFUND_APPLICANT, branch.accountant, **command | more)


def held(branch: Branch, **asked: Any) -> list[dict[str, Any]]:
    page = branch.ask(LIST_APPLICANTS_MONEY, branch.manager, office_id=branch.id, **asked)
    items: list[dict[str, Any]] = page["items"]
    return items


def become_member(branch: Branch, name: str = "Nasima") -> str:
    apply(branch, name, status="active", version=2)
    branch.admit(name, "Jhumka")
    return branch.open_savings(name)


class TestReceipt:
    def test_is_a_liability_with_a_final_receipt(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        first = receive(branch, applicant_id, "100.00")
        second = receive(branch, applicant_id, "20.00")

        assert (first["amount"], first["held"]) == ("100.00", "100.00")
        assert (second["amount"], second["held"]) == ("20.00", "120.00")
        assert first["receipt_number"] == "B001-2026-000001"
        assert branch.trial_balance()[APPLICANTS] == ("0.00", "120.00")
        assert branch.trial_balance()["1110"] == ("120.00", "0.00")

    def test_the_same_receipt_again_is_the_same(self, branch: Branch) -> None:
        applicant_id, entry_id = apply(branch), new_id()
        first = receive(branch, applicant_id, "100.00", entry_id=entry_id)

        assert receive(branch, applicant_id, "100.00", entry_id=entry_id) == first
        assert branch.trial_balance()[APPLICANTS] == ("0.00", "100.00")
        with pytest.raises(IdConflict):
            receive(branch, applicant_id, "101.00", entry_id=entry_id)

    def test_many_at_once_are_taken_once(self, branch: Branch) -> None:
        applicant_id, entry_id = apply(branch), new_id()
        with ThreadPoolExecutor(5) as hands:
            answers = list(
                hands.map(lambda _: receive(branch, applicant_id, "100.00", entry_id=entry_id), range(5))
            )

        assert all(answer == answers[0] for answer in answers)
        assert branch.trial_balance()[APPLICANTS] == ("0.00", "100.00")

    def test_is_printed_and_a_reprint_says_so(self, branch: Branch) -> None:
        taken = receive(branch, apply(branch), "100.00")

        first, again = (
            branch.ask(GET_RECEIPT, branch.accountant, entry_id=taken["entry_id"]) for _ in range(2)
        )

        assert (first["member_name_en"], first["member_code"], first["amount"]) == ("Nasima", None, "100.00")
        assert (first["kind"], first["duplicate"], again["duplicate"]) == ("applicant_receipt", False, True)

    def test_is_not_for_strangers(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        applicant_id = apply(branch)
        with pytest.raises(ApplicantNotFound):
            receive(branch, id_of("nobody"), "100.00")
        command = {"entry_id": new_id(), "applicant_id": applicant_id, "amount": "10.00"}
        with pytest.raises(ApplicantNotFound):
            branch.ask(RECEIVE_APPLICANT_MONEY, branches[1].accountant, **command)
        with pytest.raises(NotFound):
            branch.ask(LIST_APPLICANTS_MONEY, branches[1].manager, office_id=branch.id)

    @pytest.mark.rule("M8")
    def test_is_not_for_kin(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        kin = replace(branch.accountant, excluded_members=(applicant_id,))
        command = {"entry_id": new_id(), "applicant_id": applicant_id, "amount": "10.00"}

        with pytest.raises(PersonExcluded):
            branch.ask(RECEIVE_APPLICANT_MONEY, kin, **command)

    @pytest.mark.parametrize("status", ["active", "rejected"])
    def test_is_not_taken_after_the_decision(self, branch: Branch, status: str) -> None:
        applicant_id = apply(branch, status=status)

        with pytest.raises(ApplicantDecided) as refused:
            receive(branch, applicant_id, "100.00")
        assert refused.value.facts == {"status": status}

    def test_needs_an_open_day(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        here.open_samity("Jhumka")

        with pytest.raises(DayNotOpen):
            receive(here, apply(here), "100.00")


class TestApproval:
    def test_moves_all_of_it_to_her_savings_once(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        receive(branch, applicant_id, "100.00")
        receive(branch, applicant_id, "20.00")
        account_id = become_member(branch)

        moved = branch.ask(
            MOVE_APPLICANT_MONEY, branch.manager, applicant_id=applicant_id, account_id=account_id
        )

        assert (moved["amount"], moved["state"]) == ("120.00", "moved")
        assert branch.balance_of("Nasima") == "120.00"
        assert branch.trial_balance()[APPLICANTS] == ("0.00", "0.00")
        (told,) = branch.harness.told(DEPOSIT_POSTED)
        assert (told["member_id"], told["amount"], told["balance"]) == (applicant_id, 12_000, 12_000)
        assert held(branch) == []
        again = branch.ask(
            MOVE_APPLICANT_MONEY, branch.manager, applicant_id=applicant_id, account_id=account_id
        )
        assert again == moved
        assert branch.balance_of("Nasima") == "120.00"

    def test_with_nothing_brought_nothing_moves(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        account_id = become_member(branch)

        moved = branch.ask(
            MOVE_APPLICANT_MONEY, branch.manager, applicant_id=applicant_id, account_id=account_id
        )

        assert moved["amount"] == "0.00"
        assert branch.balance_of("Nasima") == "0.00"
        assert branch.harness.told(DEPOSIT_POSTED) == []

    def test_her_money_is_not_refunded_on_its_way_to_her_savings(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        receive(branch, applicant_id, "100.00")
        become_member(branch)

        with pytest.raises(ApplicantDecided):
            refund(branch, applicant_id)

    def test_a_step_that_comes_before_the_news_is_tried_again(self, branch: Branch) -> None:
        branch.admit("Nasima", "Jhumka")
        account_id = branch.open_savings("Nasima")

        with pytest.raises(ApplicantNotFound):
            branch.ask(
                MOVE_APPLICANT_MONEY, branch.manager, applicant_id=id_of("Nasima"), account_id=account_id
            )


class TestRefund:
    @pytest.mark.parametrize("status", ["applicant", "rejected"])
    def test_gives_back_all_against_her_mark(self, branch: Branch, status: str) -> None:
        applicant_id = apply(branch)
        receive(branch, applicant_id, "100.00")
        receive(branch, applicant_id, "20.00")
        apply(branch, status=status, version=2)

        paid = refund(branch, applicant_id)

        assert (paid["amount"], paid["held"]) == ("120.00", "0.00")
        assert paid["receipt_number"] == "B001-2026-000003"
        assert branch.trial_balance()["1110"] == ("0.00", "0.00")
        assert held(branch) == []
        printed = branch.ask(GET_RECEIPT, branch.accountant, entry_id=paid["entry_id"])
        assert (printed["kind"], printed["amount"]) == ("applicant_refund", "120.00")

    def test_again_is_the_same_and_pays_once(self, branch: Branch) -> None:
        applicant_id, refund_id = apply(branch), new_id()
        receive(branch, applicant_id, "100.00")
        first = refund(branch, applicant_id, id=refund_id)

        assert refund(branch, applicant_id, id=refund_id) == first
        with pytest.raises(NothingHeld):
            refund(branch, applicant_id)

    def test_nobody_is_his_own_witness(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        receive(branch, applicant_id, "100.00")
        myself = {"mark": "thumb", "witness_id": branch.accountant.person_id}

        with pytest.raises(MakerIsChecker):
            refund(branch, applicant_id, evidence=myself)
        with pytest.raises(NotFound):
            refund(branch, applicant_id, evidence={"mark": "thumb", "witness_id": id_of("nobody")})

    def test_a_refund_and_a_move_at_once_pay_once(self, branch: Branch, database: DatabaseUrls) -> None:
        applicant_id = apply(branch)
        receive(branch, applicant_id, "100.00")
        branch.admit("Nasima", "Jhumka")
        account_id = branch.open_savings("Nasima")

        def move() -> str:
            asked = {"applicant_id": applicant_id, "account_id": account_id}
            return str(branch.ask(MOVE_APPLICANT_MONEY, branch.manager, **asked)["amount"])

        def give_back() -> str:
            try:
                return str(refund(branch, applicant_id)["amount"])
            except ServiceError as refusal:
                return refusal.code

        with ThreadPoolExecutor(2) as hands:
            outcomes = [hand.result() for hand in (hands.submit(move), hands.submit(give_back))]

        assert outcomes in (["100.00", "NOTHING_HELD"], ["0.00", "100.00"])
        with psycopg2.connect(database.owner.replace("+psycopg2", "")) as books:
            assert broken(books, LEDGER) == {}


class TestOverdue:
    def test_is_listed_when_a_week_is_over(self, branch: Branch) -> None:
        applicant_id = apply(branch)
        taken = receive(branch, applicant_id, "100.00")
        (waiting,) = held(branch)
        assert (waiting["received_on"], waiting["refund_by"]) == ("2026-11-23", "2026-11-30")
        assert (waiting["overdue"], waiting["entry_id"]) == (False, taken["entry_id"])

        move_days(branch, received_on="2026-11-16", refund_by="2026-11-23")
        assert held(branch, overdue=True) == []
        move_days(branch, received_on="2026-11-15", refund_by="2026-11-22")

        (late,) = held(branch, overdue=True)
        assert (late["overdue"], late["applicant_en"], late["amount"]) == (True, "Nasima", "100.00")


def move_days(branch: Branch, **days: str) -> None:
    """Let the money have been brought on another day than the branch's one open day."""
    with branch.harness.process.database.transaction() as session:
        session.execute(update(applicant_receipts).values(days))
