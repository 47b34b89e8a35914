"""A death: all is frozen from its date, two levels agree, the nominees are named and paid (rule L5)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, MEMBER_CHANGED
from contracts.accounts.deaths import LIST_DEATH_CASES, REPORT_DEATH, SETTLE_SPOUSE_CASE
from contracts.accounts.errors import (
    DeathCaseNotApproved,
    DeathReported,
    FormerMemberBarred,
    LoanNotWaived,
    NotAMember,
)
from contracts.accounts.exits import PROPOSE_EXIT, READ_EXIT_CHECKLIST
from contracts.actor import Actor
from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from contracts.transactions.nominees import AGREE_CLAIM, NOMINEES_PAID
from contracts.transactions.standing import MEMBER_STANDING
from tests.support.accounts import TODAY, Branch, an_id, nominee
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]
pytestmark = pytest.mark.rule("L5")
NID = "1990123456"
DIED = "2026-11-20"


@pytest.fixture
def area(branch: Branch) -> Actor:
    return branch.actor("area_manager", office_id=an_id(1), office_path="/HO/A01/")


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    child = nominee("সুমাইয়া", 40, birth_on="2015-04-01", relation="মেয়ে")
    child["guardian"] = {"name": "করিম শেখ", "relation": "বাবা"}
    return branch.member(samity, nid=NID, nominees=[nominee("করিম শেখ", 60), child])


def said(member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "member_id": member["id"],
        "whose": "member",
        "died_on": DIED,
        "reported_by": "স্বামী করিম শেখ",
        "certificate": "UP-2026-0451",
    } | changes


def report(harness: Harness, branch: Branch, member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return harness.ask(REPORT_DEATH, said(member, **changes), actor=branch.actor("accountant"))


def waiting(harness: Harness, actor: Actor) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = harness.ask(LIST_APPROVALS, {}, actor=actor)["items"]
    return items


def decide(harness: Harness, actor: Actor, *, approve: bool = True) -> str:
    """Decide the one request that waits, and return its kind."""
    (one,) = waiting(harness, actor)
    reason = None if approve else "সনদ নকল"
    harness.ask(DECIDE_APPROVAL, {"id": one["id"], "approve": approve, "reason": reason}, actor=actor)
    return str(one["kind"])


def open_cases(harness: Harness, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = harness.ask(LIST_DEATH_CASES, asked, actor=actor)["items"]
    return items


def told(harness: Harness) -> list[date | None]:
    return [one["deceased_on"] for one in harness.told(MEMBER_CHANGED)]


def stand_with(harness: Harness, member: dict[str, Any], *loans: dict[str, Any]) -> None:
    harness.others.answers[MEMBER_STANDING] = lambda _command: {
        "member_id": member["id"],
        "business_on": TODAY,
        "accounts": [],
        "loans": list(loans),
        "unallocated": 0,
        "waiting": 0,
        "has_pending": False,
    }


class TestReport:
    def test_freezes_from_its_date_at_once(
        self, harness: Harness, branch: Branch, member: dict[str, Any], area: Actor
    ):
        case = report(harness, branch, member)

        assert (case["state"], case["died_on"], case["due_on"]) == ("reported", DIED, "2026-12-23")
        assert told(harness) == [None, date(2026, 11, 20)]
        (asked,) = waiting(harness, branch.manager)
        assert (asked["kind"], asked["permission"]) == ("death", "member:approve_change")
        assert asked["facts"]["evidence"] == "UP-2026-0451"
        assert open_cases(harness, area)[0]["id"] == case["id"]

    def test_the_same_report_again_is_one(self, harness: Harness, branch: Branch, member: dict[str, Any]):
        asked, accountant = said(member), branch.actor("accountant")
        first = harness.ask(REPORT_DEATH, asked, actor=accountant)

        assert harness.ask(REPORT_DEATH, asked, actor=accountant) == first
        with pytest.raises(IdConflict):
            harness.ask(REPORT_DEATH, asked | {"died_on": "2026-11-19"}, actor=accountant)
        with pytest.raises(DeathReported):
            report(harness, branch, member)
        assert len(told(harness)) == 2

    def test_refuses_what_cannot_be(
        self, harness: Harness, branch: Branch, samity: str, member: dict[str, Any]
    ):
        with pytest.raises(InvalidPayload):
            report(harness, branch, member, died_on="2026-11-24")
        with pytest.raises(NotAMember):
            report(harness, branch, {"id": branch.admit(samity)["member_id"]})
        with pytest.raises(NotFound):
            harness.ask(REPORT_DEATH, said(member), actor=Branch(harness, "B002", 2).manager)
        kin = replace(branch.actor("accountant"), excluded_members=(member["id"],))
        with pytest.raises(PersonExcluded):
            harness.ask(REPORT_DEATH, said(member), actor=kin)
        assert told(harness) == [None]

    def test_is_overdue_after_thirty_days(self, harness: Harness, branch: Branch, member: dict[str, Any]):
        case = report(harness, branch, member)
        harness.watch.advance(timedelta(days=30))
        assert open_cases(harness, branch.manager, overdue=True) == []

        harness.watch.advance(timedelta(days=1))

        (late,) = open_cases(harness, branch.manager, overdue=True)
        assert (late["id"], late["overdue"]) == (case["id"], True)


class TestAgreement:
    def test_takes_the_manager_and_then_the_area(
        self, harness: Harness, branch: Branch, member: dict[str, Any], area: Actor
    ):
        report(harness, branch, member)
        assert decide(harness, branch.manager) == "death"
        (case,) = open_cases(harness, branch.manager)
        assert case["state"] == "verified"
        with pytest.raises(Forbidden):
            decide(harness, branch.manager)
        same = replace(area, person_id=branch.manager.person_id)
        with pytest.raises(MakerIsChecker):
            decide(harness, same)

        assert decide(harness, area) == "death_area"

        (case,) = open_cases(harness, branch.manager)
        assert case["state"] == "approved"

    def test_names_the_nominees_to_the_book(
        self, harness: Harness, branch: Branch, member: dict[str, Any], area: Actor
    ):
        case = report(harness, branch, member)
        decide(harness, branch.manager)
        decide(harness, area)
        named: list[dict[str, Any]] = []

        def keep(command: dict[str, Any]) -> dict[str, Any]:
            named.append(command)
            return {
                "id": command["id"],
                "member_id": command["member_id"],
                "office_id": branch.id,
                "state": "agreed",
                "died_on": command["died_on"],
                "total": None,
                "closed_on": None,
                "shares": [],
            }

        harness.others.answers[AGREE_CLAIM] = keep
        harness.take_steps("agree_claim", by=AccountsBatch)

        (claim,) = named
        assert (claim["id"], claim["member_id"], claim["died_on"]) == (
            case["id"],
            member["id"],
            date(2026, 11, 20),
        )
        assert [
            (one["number"], one["name"], one["share_percent"], one["guardian"]) for one in claim["nominees"]
        ] == [(1, "করিম শেখ", 60, None), (2, "সুমাইয়া", 40, "করিম শেখ")]

    @pytest.mark.parametrize("level", [1, 2])
    def test_declined_all_is_as_it_was(
        self, harness: Harness, branch: Branch, member: dict[str, Any], area: Actor, level: int
    ):
        report(harness, branch, member)
        if level == 2:
            decide(harness, branch.manager)
        decide(harness, area if level == 2 else branch.manager, approve=False)

        assert told(harness) == [None, date(2026, 11, 20), None]
        assert open_cases(harness, branch.manager) == []
        assert report(harness, branch, member)["state"] == "reported"


class TestSettling:
    def test_ends_the_membership_when_all_are_paid(
        self, harness: Harness, branch: Branch, samity: str, member: dict[str, Any], area: Actor
    ):
        case = report(harness, branch, member)
        decide(harness, branch.manager)
        decide(harness, area)
        paid = {"claim_id": case["id"], "member_id": member["id"], "on": "2026-12-01"}

        harness.hear(NOMINEES_PAID, paid)
        harness.hear(NOMINEES_PAID, paid)

        file = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)
        assert (file["status"], file["memberships"][0]["closed_on"]) == ("closed", "2026-12-01")
        assert [account["status"] for account in file["savings"]] == ["closed"]
        assert open_cases(harness, branch.manager) == []
        assert [one["status"] for one in harness.told(MEMBER_CHANGED)] == ["active", "active", "closed"]
        with pytest.raises(FormerMemberBarred):
            branch.admit(samity, nid=NID)

    def test_who_died_does_not_leave_by_herself(
        self, harness: Harness, branch: Branch, member: dict[str, Any]
    ):
        report(harness, branch, member)
        stand_with(harness, member)
        asked = {
            "id": str(uuid4()),
            "member_id": member["id"],
            "reason": "চলে যাচ্ছেন",
            "mark": "thumb",
            "witness": "করিম শেখ",
        }

        with pytest.raises(NotAMember) as refused:
            harness.ask(PROPOSE_EXIT, asked, actor=branch.actor("accountant"))
        assert refused.value.facts == {"status": "deceased"}


class TestSpouse:
    LOAN = "01a20857-0000-7000-8000-0000000000aa"

    def brief(self, status: str) -> dict[str, Any]:
        return {
            "loan_id": self.LOAN,
            "code": "JAG.1",
            "status": status,
            "outstanding": 0,
            "remaining_charge": 0,
            "due": 0,
        }

    def test_is_a_case_of_its_own_that_freezes_nothing(
        self, harness: Harness, branch: Branch, member: dict[str, Any], area: Actor
    ):
        case = report(harness, branch, member, whose="spouse")
        assert told(harness) == [None]
        settle = {"id": case["id"], "loan_id": self.LOAN}
        accountant = branch.actor("accountant")
        stand_with(harness, member, self.brief("running"))
        with pytest.raises(DeathCaseNotApproved):
            harness.ask(SETTLE_SPOUSE_CASE, settle, actor=accountant)
        decide(harness, branch.manager)
        decide(harness, area)
        assert harness.planned("agree_claim") == []
        with pytest.raises(LoanNotWaived) as refused:
            harness.ask(SETTLE_SPOUSE_CASE, settle, actor=accountant)
        assert refused.value.facts == {"status": "running"}

        stand_with(harness, member, self.brief("waived"))
        settled = harness.ask(SETTLE_SPOUSE_CASE, settle, actor=accountant)

        assert (settled["state"], settled["settled_on"]) == ("settled", TODAY.isoformat())
        assert harness.ask(SETTLE_SPOUSE_CASE, settle, actor=accountant) == settled
        assert told(harness) == [None]

    @pytest.mark.rule("L7")
    def test_an_open_case_keeps_her_from_leaving(
        self, harness: Harness, branch: Branch, member: dict[str, Any]
    ):
        report(harness, branch, member, whose="spouse")
        stand_with(harness, member)

        shown = harness.ask(READ_EXIT_CHECKLIST, {"member_id": member["id"]}, actor=branch.manager)

        lines = {item["code"]: item for item in shown["items"]}
        assert (lines["no_open_case"]["clear"], lines["no_open_case"]["facts"]) == (False, {"cases": 1})
        assert shown["may_leave"] is False
