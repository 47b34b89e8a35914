"""What accounts tells the book of applicants, and the step that makes their money savings (rule L8)."""

import pytest

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import APPLICANT_CHANGED, EXPORT_APPLICANTS
from contracts.errors import ServiceAway
from contracts.transactions.applicants import MOVE_APPLICANT_MONEY
from tests.support.accounts import Branch

Harness = ServiceHarness[AccountsService]
pytestmark = pytest.mark.rule("L8")


def told(harness: Harness) -> list[tuple[str, str, int]]:
    return [(one["id"], one["status"], one["version"]) for one in harness.told(APPLICANT_CHANGED)]


def test_the_book_hears_who_asks_and_what_became_of_it(harness: Harness, branch: Branch, samity: str):
    first, second = branch.admit(samity), branch.admit(samity)
    branch.decide(first)
    branch.decide(second, approve=False, reason="বয়স প্রমাণ নেই")

    assert told(harness) == [
        (first["member_id"], "applicant", 1),
        (second["member_id"], "applicant", 1),
        (first["member_id"], "active", 2),
        (second["member_id"], "rejected", 2),
    ]
    feed = harness.ask(EXPORT_APPLICANTS, {"after": None, "limit": 100})["items"]
    assert {one["id"]: one["status"] for one in feed} == {
        first["member_id"]: "active",
        second["member_id"]: "rejected",
    }
    assert {one["branch_id"] for one in feed} == {branch.id}


def test_her_money_follows_when_her_savings_are_open(harness: Harness, branch: Branch, samity: str):
    applicant = branch.admit(samity)
    branch.decide(applicant)
    assert harness.planned("move_applicant_money") == []
    harness.take_steps("open_savings", by=AccountsBatch)

    asked: list[dict[str, str]] = []
    harness.others.answers[MOVE_APPLICANT_MONEY] = lambda command: (
        asked.append(command) or command | {"amount": 12_000, "state": "moved"}
    )
    assert harness.take_steps("move_applicant_money", by=AccountsBatch) == 1

    (moved,) = asked
    assert moved["applicant_id"] == applicant["member_id"]
    assert harness.planned("move_applicant_money") == []


def test_it_follows_later_while_the_book_is_away(harness: Harness, branch: Branch, samity: str):
    branch.member(samity)

    def away(_command: object) -> dict[str, object]:
        raise ServiceAway

    harness.others.answers[MOVE_APPLICANT_MONEY] = away
    with pytest.raises(ServiceAway):
        harness.take_steps("move_applicant_money", by=AccountsBatch)
    assert len(harness.planned("move_applicant_money")) == 1
