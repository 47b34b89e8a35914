"""A member moves to another samity: two people, her accounts along with her, and her old code finds her."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from contracts.accounts import (
    DECIDE_APPROVAL,
    GET_MEMBER,
    LIST_APPROVALS,
    LIST_MEMBERS,
    MEMBER_CHANGED,
)
from contracts.accounts.pictures import ADD_PICTURE, READ_PICTURE
from contracts.accounts.transfers import LIST_TRANSFERS, PROPOSE_TRANSFER, SameSamity, TransferRuns
from contracts.errors import IdConflict, NotFound, PersonExcluded
from contracts.money import NOTHING, Paisa
from contracts.transactions.lending import REPLACE_SCHEDULE
from contracts.transactions.nominee_errors import MemberDeceased
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.standing import MEMBER_STANDING
from contracts.transactions.transfers import TRANSFER_ACCOUNTS
from tests.support.accounts import TODAY, Branch
from tests.support.memory import remembered
from tests.support.photographs import SMALL

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.loan_desk import Lending

WEDNESDAY = 5


class Ledger:
    """What transactions says of her, and what it was asked to move."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.loans: list[str] = []
        self.pending = NOTHING
        self.asked: list[dict[str, Any]] = []
        self.replaced: list[dict[str, Any]] = []
        self.refusal: Exception | None = None
        answers = branch.harness.others.answers
        answers[MEMBER_STANDING] = self.standing
        answers[TRANSFER_ACCOUNTS] = self.move
        answers[REPLACE_SCHEDULE] = self.replace

    def standing(self, command: dict[str, Any]) -> dict[str, Any]:
        file = get(self.branch, command["member_id"])
        account = {
            "ledger": "2110",
            "product_name_bn": "সঞ্চয়",
            "product_name_en": "Savings",
            "balance": Paisa(500_00),
            "pending_in": self.pending,
            "pending_out": NOTHING,
            "closed": False,
        }
        hers = [account | {"account_id": one["account_id"], "code": one["code"]} for one in file["savings"]]
        nothing = dict.fromkeys(("remaining_charge", "due"), NOTHING)
        loans = [
            {"loan_id": each, "code": f"JAG.{file['code']}.1", "status": "running"}
            | {"outstanding": Paisa(10_000_00)}
            | nothing
            for each in self.loans
        ]
        return {
            "member_id": command["member_id"],
            "business_on": TODAY,
            "accounts": hers,
            "loans": loans,
            "unallocated": NOTHING,
            "waiting": 0,
            "has_pending": bool(self.pending),
        }

    def move(self, command: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(command)
        if self.refusal is not None:
            raise self.refusal
        moved = [
            {
                "account_id": one["account_id"],
                "new_account_id": str(uuid4()),
                "loan_id": one["account_id"] if one["account_id"] in self.loans else None,
                "code": one["code"],
                "amount": Paisa(500_00),
                "kind": "loan" if one["account_id"] in self.loans else "savings",
            }
            for one in command["codes"]
        ]
        days = dict.fromkeys(("from_on", "to_on", "value_on"), TODAY)
        return {"id": command["id"], **days, "accounts": moved}

    def replace(self, command: dict[str, Any]) -> dict[str, Any]:
        self.replaced.append(command)
        return {"loan_id": command["loan_id"], "version": command["version"], "business_on": TODAY}


def get(branch: Branch, member: str, actor: Actor | None = None) -> dict[str, Any]:
    return branch.harness.ask(GET_MEMBER, {"id": member}, actor=actor or branch.manager)


@remembered
def there(branch: Branch) -> Branch:
    """The branch to which she moves."""
    return Branch(branch.harness, code="B002", number=2)


@remembered
def target(there: Branch) -> str:
    return str(there.open_samity(meeting_weekday=WEDNESDAY)["id"])


@pytest.fixture
def ledger(branch: Branch, lending: Lending) -> Ledger:
    del lending  # it answers first what is asked on the way to a loan
    return Ledger(branch)


def propose(branch: Branch, member: str, samity: str, **changes: Any) -> dict[str, Any]:
    actor = changes.pop("actor", branch.actor("accountant"))
    said = {"id": str(uuid4()), "member_id": member, "to_samity_id": samity, "reason": "বিয়ের পর গ্রাম বদল"}
    return branch.harness.ask(PROPOSE_TRANSFER, said | changes, actor=actor)


def approve(branch: Branch, transfer: str) -> None:
    branch.harness.ask(DECIDE_APPROVAL, {"id": transfer, "approve": True}, actor=branch.manager)
    for kind in ("transfer_member", "hand_schedule_over"):
        branch.harness.take_steps(kind, by=AccountsBatch)


@pytest.mark.rule("L6")
def test_she_moves_with_her_accounts_to_another_branch(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    before = get(branch, member)
    asked = propose(branch, member, target)
    assert (asked["state"], asked["old_code"], asked["new_code"]) == ("proposed", before["code"], None)

    approve(there, asked["id"])

    after = get(there, member)
    assert after["code"] == "B002.0001.00001"
    assert after["samity_id"] == target
    (account,) = after["savings"]
    assert account["code"] == before["savings"][0]["code"].replace(before["code"], after["code"])
    (command,) = ledger.asked
    assert (command["from_office_id"], command["to_office_id"]) == (branch.id, there.id)
    with pytest.raises(NotFound):
        get(branch, member)
    assert branch.harness.told(MEMBER_CHANGED)[-1]["code"] == after["code"]


@pytest.mark.rule("M8")
def test_a_picture_that_waits_is_decided_where_she_is_by_then(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    picture = {"id": str(uuid4()), "member_id": member, "kind": "nid_front", "note": None}
    branch.harness.ask(ADD_PICTURE, picture | {"content": branch.sealed(SMALL)}, actor=branch.officer)

    approve(there, propose(branch, member, target)["id"])

    (waiting,) = branch.harness.ask(LIST_APPROVALS, {}, actor=there.manager)["items"]
    assert waiting["subject_id"] == picture["id"]
    seen = branch.harness.ask(READ_PICTURE, {"id": picture["id"]}, actor=there.manager)
    assert seen["kind"] == "nid_front"
    decision = {"id": picture["id"], "approve": True}
    with pytest.raises(NotFound):
        branch.harness.ask(DECIDE_APPROVAL, decision, actor=branch.manager)
    assert branch.harness.ask(DECIDE_APPROVAL, decision, actor=there.manager)["state"] == "approved"


@pytest.mark.rule("L6")
def test_her_old_code_goes_on_finding_her(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    old = get(branch, member)["code"]
    approve(there, propose(branch, member, target)["id"])

    found = branch.harness.ask(LIST_MEMBERS, {"query": old}, actor=there.manager)

    assert [one["id"] for one in found["items"]] == [member]


@pytest.mark.rule("L6")
def test_inside_her_branch_only_she_moves(branch: Branch, member: str, ledger: Ledger) -> None:
    beside = str(branch.open_samity(meeting_weekday=WEDNESDAY)["id"])
    accounts = get(branch, member)["savings"]

    approve(branch, propose(branch, member, beside)["id"])

    after = get(branch, member)
    assert after["samity_id"] == beside
    assert after["savings"] == accounts
    assert ledger.asked == []


@pytest.mark.rule("L6")
def test_her_loan_follows_her_to_the_new_meeting_day(
    branch: Branch,
    there: Branch,
    lending: Lending,
    member: str,
    guarantor: str,
    target: str,
) -> None:
    loan = lending.disbursed(lending.wish(member, lending.guarantor(guarantor)))
    ledger = Ledger(branch)
    ledger.loans = [loan]

    approve(there, propose(branch, member, target)["id"])

    (handed,) = ledger.replaced
    days = [row["due_on"] for row in handed["rows"]]
    assert (handed["loan_id"], handed["reason"]) == (loan, "transfer")
    assert days[0] == date(2026, 12, 23)
    assert {(after - before).days for before, after in pairwise(days)} == {7}
    assert days[0] - date(2026, 12, 1) >= timedelta(days=15)
    assert lending.file(loan, actor=there.manager)["code"].startswith("JAG.B002.0001.00001")


@pytest.mark.rule("L6", "M1")
def test_she_stays_where_she_is_while_something_is_on_its_way(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    ledger.refusal = MoneyOnItsWay(pending="50.00")
    before = get(branch, member)
    asked = propose(branch, member, target)

    approve(there, asked["id"])

    listed = branch.harness.ask(LIST_TRANSFERS, {"office_id": branch.id}, actor=branch.manager)
    assert [(one["state"], one["refusal"]) for one in listed["items"]] == [("refused", "MONEY_ON_ITS_WAY")]
    assert get(branch, member)["code"] == before["code"]
    ledger.refusal = None
    approve(there, propose(branch, member, target)["id"])
    assert get(there, member)["samity_id"] == target


@pytest.mark.rule("L5", "L6")
def test_the_books_refuse_who_has_died_and_she_stays(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    ledger.refusal = MemberDeceased(deceased_on="2026-11-20")
    samity = get(branch, member)["samity_id"]

    approve(there, propose(branch, member, target)["id"])

    (one,) = branch.harness.ask(LIST_TRANSFERS, {"office_id": branch.id}, actor=branch.manager)["items"]
    assert (one["state"], one["refusal"]) == ("refused", "MEMBER_DECEASED")
    assert get(branch, member)["samity_id"] == samity


@pytest.mark.rule("L6")
def test_inside_her_branch_nothing_may_be_on_its_way_either(
    branch: Branch, member: str, ledger: Ledger
) -> None:
    ledger.pending = Paisa(50_00)
    beside = str(branch.open_samity()["id"])
    samity = get(branch, member)["samity_id"]

    approve(branch, propose(branch, member, beside)["id"])

    assert get(branch, member)["samity_id"] == samity


def test_the_same_question_after_a_crash(
    branch: Branch, there: Branch, member: str, target: str, ledger: Ledger
) -> None:
    asked = propose(branch, member, target)
    branch.harness.ask(DECIDE_APPROVAL, {"id": asked["id"], "approve": True}, actor=there.manager)
    answered = ledger.move

    def lost(command: dict[str, Any]) -> dict[str, Any]:
        answered(command)
        raise ConnectionResetError

    branch.harness.others.answers[TRANSFER_ACCOUNTS] = lost
    with pytest.raises(ConnectionResetError):
        branch.harness.take_steps("transfer_member", by=AccountsBatch)
    branch.harness.others.answers[TRANSFER_ACCOUNTS] = answered
    branch.harness.watch.advance(timedelta(minutes=2))
    branch.harness.take_steps("transfer_member", by=AccountsBatch)

    first, second = ledger.asked
    assert first == second
    assert get(there, member)["samity_id"] == target


def test_what_is_refused(branch: Branch, member: str, target: str, samity: str, ledger: Ledger) -> None:
    kin = branch.actor("accountant", excluded_members=(member,))
    with pytest.raises(PersonExcluded):
        propose(branch, member, target, actor=kin)
    with pytest.raises(SameSamity):
        propose(branch, member, samity)
    first = propose(branch, member, target)
    assert propose(branch, member, target, id=first["id"]) == first
    with pytest.raises(IdConflict):
        propose(branch, member, target, id=first["id"], reason="অন্য কারণ")
    with pytest.raises(TransferRuns):
        propose(branch, member, target)
