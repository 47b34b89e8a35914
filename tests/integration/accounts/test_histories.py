"""What was asked for and decided about a member, in one list."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts.deaths import REPORT_DEATH
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.accounts.transfers import PROPOSE_TRANSFER
from contracts.errors import Forbidden, NotFound
from tests.support.accounts import Branch, an_id

Harness = ServiceHarness[AccountsService]


@pytest.fixture
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity)


@pytest.fixture
def history(harness: Harness, branch: Branch, member: dict[str, Any]) -> list[dict[str, Any]]:
    """She was admitted, wants to move, and then her husband dies; beside her, another woman is admitted."""
    branch.admit(str(member["samity_id"]), name_en="Another Woman")
    other = branch.open_samity(name_en="Golap")
    accountant = branch.actor("accountant")
    harness.watch.advance(timedelta(hours=1))
    moving = {"id": an_id(901), "member_id": member["id"], "to_samity_id": other["id"], "reason": "বিয়ে"}
    harness.ask(PROPOSE_TRANSFER, moving, actor=accountant)
    harness.watch.advance(timedelta(hours=1))
    death = {
        "id": an_id(902),
        "member_id": member["id"],
        "whose": "spouse",
        "died_on": "2026-11-20",
        "reported_by": "করিম শেখ",
        "certificate": "UP 77/2026",
    }
    harness.ask(REPORT_DEATH, death, actor=accountant)
    return listed(harness, branch, member)


def listed(harness: Harness, branch: Branch, member: dict[str, Any], **page: Any) -> list[dict[str, Any]]:
    asked = {"member_id": member["id"]} | page
    items: list[dict[str, Any]] = harness.ask(LIST_MEMBER_HISTORY, asked, actor=branch.manager)["items"]
    return items


class TestHistory:
    def test_holds_all_that_concerned_her_the_newest_first(self, history: list[dict[str, Any]]):
        assert [(one["kind"], one["state"]) for one in history] == [
            ("death", "waiting"),
            ("transfer", "waiting"),
            ("admission", "approved"),
        ]

    @pytest.mark.rule("M8")
    def test_names_who_asked_and_who_decided(self, history: list[dict[str, Any]], branch: Branch):
        admission, waiting = history[-1], history[0]

        assert admission["maker_id"] == branch.person_id("field_officer")
        assert admission["checker_id"] == branch.person_id("branch_manager")
        assert admission["checker_name_en"] == "Rafiqul branch_manager"
        assert (waiting["maker_name_en"], waiting["checker_id"]) == ("Rafiqul accountant", None)
        assert admission["facts"]["subject_en"] == "Ayesha Khatun"

    def test_is_read_page_by_page(
        self,
        harness: Harness,
        branch: Branch,
        member: dict[str, Any],
        history: list[dict[str, Any]],
    ):
        first = listed(harness, branch, member, limit=2)
        rest = listed(harness, branch, member, limit=2, after=first[-1]["id"])

        assert first + rest == history

    def test_is_not_found_from_another_branch(self, harness: Harness, member: dict[str, Any]):
        elsewhere = Branch(harness, code="B002", number=2)

        with pytest.raises(NotFound):
            listed(harness, elsewhere, member)

    def test_is_nothing_that_a_member_may_ask_for(
        self, harness: Harness, branch: Branch, member: dict[str, Any]
    ):
        herself = branch.actor("member", person_id=member["id"], kind="member")

        with pytest.raises(Forbidden):
            harness.ask(LIST_MEMBER_HISTORY, {"member_id": member["id"]}, actor=herself)
