"""The passbook register: one open book a member, each replacement with its reason."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import GET_MEMBER
from contracts.accounts.errors import (
    NotAMember,
    PassbookEnded,
    PassbookNotFound,
    PassbookNumberTaken,
    PassbookOpen,
)
from contracts.accounts.passbooks import (
    ISSUE_PASSBOOK,
    LIST_PASSBOOKS,
    REPORT_PASSBOOK_LOST,
    SURRENDER_PASSBOOK,
)
from contracts.actor import Actor
from contracts.errors import IdConflict, InvalidPayload, NotFound, PersonExcluded, ServiceError
from tests.support.accounts import Branch
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]


@pytest.fixture
def accountant(branch: Branch) -> Actor:
    return branch.actor("accountant")


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity)


def books(harness: Harness, member: dict[str, Any], actor: Actor) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = harness.ask(LIST_PASSBOOKS, {"member_id": member["id"]}, actor=actor)[
        "items"
    ]
    return listed


def new_book(member: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "member_id": member["id"],
        "number": "PB-77001",
        "lot": "2026-B",
        "before": "full",
        "reason": "শেষ পাতা পর্যন্ত লেখা হয়েছে",
    } | changes


class TestRegister:
    def test_begins_with_the_book_of_the_admission(
        self, harness: Harness, branch: Branch, samity: str, accountant: Actor
    ):
        applicant = branch.admit(samity, passbook_number="PB-00451")
        waiting = {"id": applicant["member_id"]}
        assert books(harness, waiting, accountant) == []

        branch.decide(applicant)

        (book,) = books(harness, waiting, accountant)
        assert (book["number"], book["status"], book["started_on"]) == ("PB-00451", "open", "2026-11-23")
        assert (book["lot"], book["ended_on"], book["reason"]) == (None, None, None)

    def test_a_replacement_ends_the_book_before_with_its_reason(
        self, harness: Harness, member: dict[str, Any], accountant: Actor
    ):
        asked = new_book(member)

        issued = harness.ask(ISSUE_PASSBOOK, asked, actor=accountant)

        assert (issued["number"], issued["lot"], issued["status"]) == ("PB-77001", "2026-B", "open")
        newest, first = sorted(books(harness, member, accountant), key=lambda one: one["status"] != "open")
        assert newest == issued
        assert (first["status"], first["ended_on"], first["reason"]) == (
            "full",
            "2026-11-23",
            asked["reason"],
        )
        file = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=accountant)
        assert file["passbook_number"] == "PB-77001"
        assert harness.ask(ISSUE_PASSBOOK, asked, actor=accountant) == issued
        assert len(harness.audited("issue_passbook")) == 1
        with pytest.raises(IdConflict):
            harness.ask(ISSUE_PASSBOOK, asked | {"number": "PB-77002"}, actor=accountant)

    def test_a_lost_book_is_replaced_later(self, harness: Harness, member: dict[str, Any], accountant: Actor):
        (first,) = books(harness, member, accountant)
        told = {"id": first["id"], "reason": "বাজারে হারিয়েছে"}

        lost = harness.ask(REPORT_PASSBOOK_LOST, told, actor=accountant)

        assert lost["status"] == "lost"
        assert harness.ask(REPORT_PASSBOOK_LOST, told, actor=accountant) == lost
        with pytest.raises(PassbookEnded) as ended:
            harness.ask(SURRENDER_PASSBOOK, told, actor=accountant)
        assert ended.value.facts == {"status": "lost"}
        with pytest.raises(InvalidPayload):
            harness.ask(ISSUE_PASSBOOK, new_book(member, before="lost"), actor=accountant)
        harness.ask(ISSUE_PASSBOOK, new_book(member, before=None), actor=accountant)
        assert sorted(one["status"] for one in books(harness, member, accountant)) == ["lost", "open"]

    def test_a_book_is_given_back(self, harness: Harness, member: dict[str, Any], accountant: Actor):
        (first,) = books(harness, member, accountant)

        given = harness.ask(SURRENDER_PASSBOOK, {"id": first["id"], "reason": "সদস্যপদ শেষ"}, actor=accountant)

        assert (given["status"], given["ended_on"]) == ("surrendered", "2026-11-23")

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"before": None}, PassbookOpen),
            ({"number": "PB-00001", "lot": None}, PassbookNumberTaken),
            ({"member_id": str(uuid4())}, NotFound),
            ({"reason": "x"}, InvalidPayload),
        ],
    )
    def test_refuses_what_cannot_be(
        self,
        harness: Harness,
        member: dict[str, Any],
        accountant: Actor,
        changes: dict[str, Any],
        refusal: type[ServiceError],
    ):
        with pytest.raises(refusal):
            harness.ask(ISSUE_PASSBOOK, new_book(member) | changes, actor=accountant)
        assert [one["status"] for one in books(harness, member, accountant)] == ["open"]

    def test_an_applicant_gets_none(self, harness: Harness, branch: Branch, samity: str, accountant: Actor):
        applicant = {"id": branch.admit(samity)["member_id"]}

        with pytest.raises(NotAMember) as refused:
            harness.ask(ISSUE_PASSBOOK, new_book(applicant, before=None), actor=accountant)
        assert refused.value.facts == {"status": "applicant"}

    @pytest.mark.rule("M8")
    def test_nobody_handles_the_book_of_his_kin(
        self, harness: Harness, member: dict[str, Any], accountant: Actor
    ):
        kin = replace(accountant, excluded_members=(member["id"],))
        (first,) = books(harness, member, accountant)

        with pytest.raises(PersonExcluded):
            harness.ask(ISSUE_PASSBOOK, new_book(member), actor=kin)
        with pytest.raises(PersonExcluded):
            harness.ask(REPORT_PASSBOOK_LOST, {"id": first["id"], "reason": "হারিয়েছে"}, actor=kin)

    def test_another_branch_finds_no_book(self, harness: Harness, member: dict[str, Any], accountant: Actor):
        (first,) = books(harness, member, accountant)
        foreign = Branch(harness, code="B002", number=2).actor("accountant")

        for asked, command in (
            (LIST_PASSBOOKS, {"member_id": member["id"]}),
            (ISSUE_PASSBOOK, new_book(member)),
        ):
            with pytest.raises(NotFound):
                harness.ask(asked, command, actor=foreign)
        with pytest.raises(PassbookNotFound):
            harness.ask(REPORT_PASSBOOK_LOST, {"id": first["id"], "reason": "হারিয়েছে"}, actor=foreign)

    def test_of_many_at_once_one_book_is_given(
        self, harness: Harness, member: dict[str, Any], accountant: Actor
    ):
        def give(number: int) -> str:
            try:
                harness.ask(ISSUE_PASSBOOK, new_book(member, number=f"PB-8800{number}"), actor=accountant)
            except ServiceError as refusal:
                return refusal.code
            return "given"

        with ThreadPoolExecutor(4) as hands:
            outcomes = list(hands.map(give, range(4)))

        assert "given" in outcomes
        statuses = [one["status"] for one in books(harness, member, accountant)]
        assert statuses.count("open") == 1
        assert statuses.count("full") == outcomes.count("given")
