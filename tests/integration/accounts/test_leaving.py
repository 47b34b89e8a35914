"""Leaving for good: a checklist, two people, closed by a step, undone the same business day (rule L7)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, MEMBER_CHANGED
from contracts.accounts.errors import (
    ExitBlocked,
    ExitNotUndoable,
    ExitUnderWay,
    FormerMemberBarred,
    NotAMember,
)
from contracts.accounts.exits import MEMBERSHIP_ENDED, PROPOSE_EXIT, READ_EXIT_CHECKLIST, UNDO_EXIT
from contracts.accounts.passbooks import LIST_PASSBOOKS, SURRENDER_PASSBOOK
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.errors import IdConflict, MakerIsChecker, NotFound, PersonExcluded, ServiceAway
from contracts.transactions.ledger_errors import DayNotOpen
from contracts.transactions.standing import MEMBER_STANDING
from tests.support.accounts import TODAY, Branch
from tests.support.memory import remembered
from tests.support.products import lump, offer, voluntary

Harness = ServiceHarness[AccountsService]
pytestmark = pytest.mark.rule("L7")
NID = "1990123456"
STEP_PAUSE = timedelta(minutes=2)


class Book:
    """What transactions answers of one member; tests change it."""

    def __init__(self, harness: Harness, member: dict[str, Any]) -> None:
        self.day: date | None = TODAY
        self.accounts = [
            {
                "account_id": account["account_id"],
                "ledger": "2110",
                "code": account["code"],
                "product_name_bn": "সাধারণ সঞ্চয়",
                "product_name_en": "General savings",
                "balance": 0,
                "pending_in": 0,
                "pending_out": 0,
                "closed": True,
            }
            for account in member["savings"]
        ]
        self.loans: list[dict[str, Any]] = []
        self.unallocated = self.waiting = self.complaints = 0
        self.asked: list[str] = []
        harness.others.answers[MEMBER_STANDING] = self.answer

    def answer(self, command: Any) -> dict[str, Any]:
        self.asked.append(command["member_id"])
        return {
            "member_id": command["member_id"],
            "business_on": self.day,
            "accounts": self.accounts,
            "loans": self.loans,
            "unallocated": self.unallocated,
            "waiting": self.waiting,
            "has_pending": bool(self.waiting),
            "complaints": self.complaints,
        }


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity, nid=NID)


@pytest.fixture
def book(harness: Harness, branch: Branch, member: dict[str, Any]) -> Book:
    """A member whose savings are paid out and whose book is given back."""
    (paper,) = harness.ask(LIST_PASSBOOKS, {"member_id": member["id"]}, actor=branch.manager)["items"]
    given = {"id": paper["id"], "reason": "সদস্যপদ শেষ"}
    harness.ask(SURRENDER_PASSBOOK, given, actor=branch.actor("accountant"))
    return Book(harness, member)


def wish(member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "member_id": member["id"],
        "reason": "অন্য জেলায় চলে যাচ্ছেন",
        "mark": "thumb",
        "witness": "করিম শেখ",
    } | changes


def propose(harness: Harness, branch: Branch, member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return harness.ask(PROPOSE_EXIT, wish(member, **changes), actor=branch.actor("accountant"))


def decide(harness: Harness, branch: Branch, request: str, *, approve: bool = True) -> dict[str, Any]:
    command = {"id": request, "approve": approve, "reason": None if approve else "কাগজ নেই"}
    return harness.ask(DECIDE_APPROVAL, command, actor=branch.manager)


def status(harness: Harness, branch: Branch, member: dict[str, Any]) -> str:
    return str(harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)["status"])


def leave(harness: Harness, branch: Branch, member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    asked = propose(harness, branch, member, **changes)
    decide(harness, branch, asked["id"])
    harness.take_steps("close_member", by=AccountsBatch)
    return asked


def undo(harness: Harness, branch: Branch, member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    asked = {"id": str(uuid4()), "member_id": member["id"], "reason": "থেকে যাচ্ছেন"} | changes
    return harness.ask(UNDO_EXIT, asked, actor=branch.actor("accountant"))


def read(harness: Harness, branch: Branch, member: dict[str, Any]) -> dict[str, Any]:
    return harness.ask(READ_EXIT_CHECKLIST, {"member_id": member["id"]}, actor=branch.manager)


class TestChecklist:
    def test_names_every_line_and_says_that_she_may_leave(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        shown = read(harness, branch, member)

        assert book.asked == [member["id"]]
        assert shown["may_leave"] is True
        assert [item["code"] for item in shown["items"]] == [
            "nothing_pending",
            "no_running_loan",
            "no_guarantee",
            "no_open_case",
            "nothing_unallocated",
            "savings_closed",
            "passbook_returned",
        ]
        assert all(item["clear"] for item in shown["items"])

    def test_refuses_with_all_that_stands_in_the_way(
        self, harness: Harness, branch: Branch, member: dict[str, Any]
    ):
        book = Book(harness, member)
        book.accounts[0]["closed"] = False
        book.unallocated, book.waiting = 5_000, 1
        book.loans = [
            {
                "loan_id": str(uuid4()),
                "code": "JAG.1",
                "status": "running",
                "outstanding": 590_648,
                "remaining_charge": 37_452,
                "due": 0,
            }
        ]

        with pytest.raises(ExitBlocked) as refused:
            propose(harness, branch, member)

        items = {item["code"]: item["facts"] for item in refused.value.facts["items"]}
        assert items == {
            "nothing_pending": {"waiting": 1},
            "no_running_loan": {"loans": ["JAG.1"], "owed": "6281.00"},
            "nothing_unallocated": {"amount": "50.00"},
            "savings_closed": {"accounts": [member["savings"][0]["code"]]},
            "passbook_returned": {"number": "PB-00001"},
        }
        assert status(harness, branch, member) == "active"
        assert harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"] == []

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"unallocated": 100}, "nothing_unallocated"),
            ({"waiting": 1}, "nothing_pending"),
            ({"complaints": 1}, "no_open_case"),
        ],
    )
    def test_one_thing_is_enough(
        self,
        harness: Harness,
        branch: Branch,
        member: dict[str, Any],
        book: Book,
        said: dict[str, int],
        code: str,
    ):
        for name, value in said.items():
            setattr(book, name, value)

        with pytest.raises(ExitBlocked) as refused:
            propose(harness, branch, member)
        assert [item["code"] for item in refused.value.facts["items"]] == [code]

    def test_savings_that_wait_or_are_on_their_way_into_the_book_hold_her(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        offer(branch, "FDR", lump())
        offer(branch, "VS", voluntary())
        wishes = ({"product_code": "FDR", "amount": "25000.00", "months": 84}, {"product_code": "VS"})
        for count, more in enumerate(wishes, start=1):
            said = {"id": str(uuid4()), "member_id": member["id"]} | more
            harness.ask(OPEN_SAVINGS, said, actor=branch.officer)
            (line,) = (item for item in read(harness, branch, member)["items"] if not item["clear"])
            assert (line["code"], line["facts"]) == ("nothing_pending", {"waiting": count})
        with pytest.raises(ExitBlocked):
            propose(harness, branch, member)

    def test_an_ended_loan_does_not_hold_her(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        ended = {"loan_id": str(uuid4()), "code": "JAG.1", "status": "repaid"}
        book.loans = [ended | {"outstanding": 0, "remaining_charge": 0, "due": 0}]

        assert propose(harness, branch, member)["state"] == "proposed"


class TestLeaving:
    def test_is_agreed_to_by_another_and_closed_by_a_step(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        asked = propose(harness, branch, member)
        assert (asked["state"], asked["closed_on"]) == ("proposed", None)
        (waiting,) = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        assert (waiting["kind"], waiting["permission"]) == ("exit", "member:approve_change")
        assert waiting["facts"]["member_code"] == member["code"]

        assert decide(harness, branch, asked["id"])["state"] == "opening"
        assert status(harness, branch, member) == "closing"
        assert len(book.asked) == 1
        harness.take_steps("close_member", by=AccountsBatch)

        assert len(book.asked) == 2
        file = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)
        assert (file["status"], file["code"]) == ("closed", member["code"])
        assert file["memberships"][0]["closed_on"] == TODAY.isoformat()
        assert [account["status"] for account in file["savings"]] == ["closed"]
        assert [one["status"] for one in harness.told(MEMBER_CHANGED)] == ["active", "closing", "closed"]
        (ended,) = harness.told(MEMBERSHIP_ENDED)
        assert (ended["member_id"], ended["on"], ended["undone"]) == (member["id"], TODAY, False)
        assert read(harness, branch, member)["latest"]["state"] == "closed"

    def test_her_day_is_the_one_that_the_book_states(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        asked = propose(harness, branch, member)
        decide(harness, branch, asked["id"])
        book.day = None
        with pytest.raises(DayNotOpen):
            harness.take_steps("close_member", by=AccountsBatch)
        assert status(harness, branch, member) == "closing"
        assert len(harness.planned("close_member")) == 1

        book.day = date(2026, 11, 22)
        harness.watch.advance(STEP_PAUSE)
        harness.take_steps("close_member", by=AccountsBatch)
        assert harness.told(MEMBERSHIP_ENDED)[0]["on"] == date(2026, 11, 22)

    def test_something_that_came_in_between_lets_her_stay(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        asked = propose(harness, branch, member)
        decide(harness, branch, asked["id"])
        book.unallocated = 10_000

        harness.take_steps("close_member", by=AccountsBatch)

        assert status(harness, branch, member) == "active"
        latest = read(harness, branch, member)["latest"]
        assert latest["state"] == "blocked"
        assert [item["code"] for item in latest["checklist"] if not item["clear"]] == ["nothing_unallocated"]
        assert harness.told(MEMBERSHIP_ENDED) == []
        book.unallocated = 0
        assert propose(harness, branch, member)["state"] == "proposed"

    def test_while_the_book_is_away_the_step_waits(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        asked = propose(harness, branch, member)
        decide(harness, branch, asked["id"])

        def away(_command: Any) -> dict[str, Any]:
            raise ServiceAway

        assert book.asked
        harness.others.answers[MEMBER_STANDING] = away
        with pytest.raises(ServiceAway):
            harness.take_steps("close_member", by=AccountsBatch)
        assert status(harness, branch, member) == "closing"

    def test_declined_she_stays(self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book):
        asked = propose(harness, branch, member)

        assert decide(harness, branch, asked["id"], approve=False)["state"] == "declined"

        assert status(harness, branch, member) == "active"
        assert read(harness, branch, member)["latest"]["state"] == "declined"
        assert len(book.asked) == 2

    def test_asked_twice_is_asked_once(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        asked, accountant = wish(member), branch.actor("accountant")
        first = harness.ask(PROPOSE_EXIT, asked, actor=accountant)

        assert harness.ask(PROPOSE_EXIT, asked, actor=accountant) == first
        with pytest.raises(IdConflict):
            harness.ask(PROPOSE_EXIT, asked | {"mark": "signature"}, actor=accountant)
        with pytest.raises(ExitUnderWay):
            propose(harness, branch, member)
        assert len(book.asked) == 4

    @pytest.mark.rule("M8")
    def test_takes_two_people_and_no_kin(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        kin = replace(branch.actor("accountant"), excluded_members=(member["id"],))
        with pytest.raises(PersonExcluded):
            harness.ask(PROPOSE_EXIT, wish(member), actor=kin)
        mine = harness.ask(PROPOSE_EXIT, wish(member), actor=branch.manager)
        with pytest.raises(MakerIsChecker):
            decide(harness, branch, mine["id"])
        with pytest.raises(NotFound):
            harness.ask(PROPOSE_EXIT, wish(member), actor=Branch(harness, "B002", 2).manager)
        assert book.asked

    def test_who_left_does_not_leave_again(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        leave(harness, branch, member)

        with pytest.raises(NotAMember):
            propose(harness, branch, member)
        assert book.asked

    @pytest.mark.parametrize("blacklist", [False, True])
    def test_only_who_is_blacklisted_may_not_join_again(
        self,
        harness: Harness,
        branch: Branch,
        samity: str,
        member: dict[str, Any],
        book: Book,
        *,
        blacklist: bool,
    ):
        leave(harness, branch, member, blacklist=blacklist)

        assert book.asked
        try:
            outcome = branch.admit(samity, nid=NID)["warnings"]
        except FormerMemberBarred as refused:
            outcome = refused.facts["why"]
        assert outcome == ("blacklisted" if blacklist else ["former_member"])


class TestUndoing:
    def test_makes_her_a_member_again_the_same_day(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        leave(harness, branch, member)
        book.accounts[0]["closed"] = False

        asked = undo(harness, branch, member)
        assert asked["state"] == "undoing"
        assert status(harness, branch, member) == "closed"
        decide(harness, branch, asked["id"])
        harness.take_steps("reopen_member", by=AccountsBatch)

        file = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)
        assert (file["status"], file["code"]) == ("active", member["code"])
        assert file["memberships"][0]["closed_on"] is None
        assert [account["status"] for account in file["savings"]] == ["open"]
        assert [one["undone"] for one in harness.told(MEMBERSHIP_ENDED)] == [False, True]

    def test_is_refused_when_the_day_is_over(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        leave(harness, branch, member)
        book.day = date(2026, 11, 24)

        with pytest.raises(ExitNotUndoable) as refused:
            undo(harness, branch, member)
        assert refused.value.facts == {"closed_on": "2026-11-23", "business_on": "2026-11-24"}

    def test_a_day_that_ends_before_the_step_leaves_her_gone(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        leave(harness, branch, member)
        asked = undo(harness, branch, member)
        decide(harness, branch, asked["id"])
        book.day = date(2026, 11, 24)

        harness.take_steps("reopen_member", by=AccountsBatch)

        assert status(harness, branch, member) == "closed"
        assert read(harness, branch, member)["latest"]["state"] == "closed"

    def test_takes_two_people_and_who_left(
        self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book
    ):
        with pytest.raises(NotAMember):
            undo(harness, branch, member)
        leave(harness, branch, member)
        mine = {"id": str(uuid4()), "member_id": member["id"], "reason": "থেকে যাচ্ছেন"}
        harness.ask(UNDO_EXIT, mine, actor=branch.manager)
        with pytest.raises(MakerIsChecker):
            decide(harness, branch, mine["id"])
        with pytest.raises(ExitUnderWay):
            undo(harness, branch, member)
        assert book.asked

    def test_declined_she_is_gone(self, harness: Harness, branch: Branch, member: dict[str, Any], book: Book):
        leave(harness, branch, member)
        asked = undo(harness, branch, member)

        decide(harness, branch, asked["id"], approve=False)

        assert status(harness, branch, member) == "closed"
        again = undo(harness, branch, member)
        assert again["state"] == "undoing"
        assert book.asked
