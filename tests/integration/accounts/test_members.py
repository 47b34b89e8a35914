"""Members as staff find and see them, and the services that remember them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.rebuild import plan_rebuild
from chassis.testing import ServiceHarness
from contracts.accounts import (
    EXPORT_CONTACTS,
    EXPORT_MEMBERS,
    GET_MEMBER,
    LIST_MEMBERS,
    LIST_SAMITIES,
    UNMASK_MEMBER,
)
from contracts.calls import Method
from contracts.errors import ActorRefused, Forbidden, InvalidPayload, NotFound
from contracts.identity import (
    EXPORT_LOGINS,
    EXPORT_OFFICES,
    EXPORT_STAFF,
    OFFICE_CHANGED,
    STAFF_POSTING_CHANGED,
)
from contracts.sealed import unseal
from contracts.transactions.savings import MEMBER_DORMANT, MEMBER_WOKE
from tests.support.accounts import Branch, an_id
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]

NAMES = (
    ("রহিমা বেগম", "Rahima Begum"),
    ("ফাতেমা খাতুন", "Fatema Khatun"),
    ("আয়েশা খাতুন", "Ayesha Khatun"),
    ("নূরজাহান আক্তার", "Nurjahan Akter"),
    ("কমলা রানী", "Komola Rani"),
)


@remembered
def people(branch: Branch, samity: str) -> dict[str, str]:
    """Five applicants by their English names."""
    return {
        english: branch.admit(samity, name_bn=bangla, name_en=english)["member_id"]
        for bangla, english in NAMES
    }


def found(branch: Branch, **query: Any) -> list[str]:
    page = branch.harness.ask(LIST_MEMBERS, query, actor=branch.manager)
    return [member["name_en"] for member in page["items"]]


class TestFinding:
    def test_lists_in_the_order_of_the_bangla_alphabet(self, branch: Branch, people: dict[str, str]):
        assert found(branch) == [
            "Ayesha Khatun",
            "Komola Rani",
            "Nurjahan Akter",
            "Fatema Khatun",
            "Rahima Begum",
        ]

    def test_pages_without_gap_or_repetition(self, harness: Harness, branch: Branch, people: dict[str, str]):
        seen: list[str] = []
        after = None
        while True:
            page = harness.ask(LIST_MEMBERS, {"after": after, "limit": 2}, actor=branch.manager)
            seen += [member["name_en"] for member in page["items"]]
            if (after := page["next"]) is None:
                break
        assert seen == found(branch)

    @pytest.mark.parametrize(
        "query", ["রহিমা", "Rohima", "raheema beg", "Begom", "বেগম রহিমা", "RAHIMA", "রহি"]
    )
    def test_forgives_spelling_in_both_scripts(self, branch: Branch, people: dict[str, str], query: str):
        assert found(branch, query=query) == ["Rahima Begum"]

    def test_all_words_of_a_query_count(self, branch: Branch, people: dict[str, str]):
        assert found(branch, query="Khatun") == ["Ayesha Khatun", "Fatema Khatun"]
        assert found(branch, query="Fatema Khatun") == ["Fatema Khatun"]
        assert found(branch, query="Fatema Begum") == []

    @pytest.mark.parametrize("query", ["%", "_", "—", "' OR 1=1 --"])
    def test_signs_find_nobody_by_accident(self, branch: Branch, people: dict[str, str], query: str):
        assert found(branch, query=query) == []

    def test_finds_by_code_and_its_beginning(self, branch: Branch, samity: str):
        branch.member(samity, name_en="First One")
        branch.member(samity, name_en="Second One")
        assert found(branch, query="B001.0001.00002") == ["Second One"]
        assert sorted(found(branch, query="b০০১.০০০১")) == ["First One", "Second One"]

    def test_finds_by_the_code_of_an_account(self, branch: Branch, samity: str):
        account = branch.member(samity, name_en="First One")["savings"][0]["code"]
        branch.member(samity, name_en="Second One")

        assert account == "GS.B001.0001.00001.1"
        assert found(branch, query=account) == ["First One"]
        assert found(branch, query="gs.b001.0001.00002") == ["Second One"]

    def test_finds_by_whole_numbers_only(self, branch: Branch, samity: str):
        branch.admit(
            samity, nid="1234567890123", birth_on="1990-02-03", mobile="+8801911222333", name_en="Hers"
        )
        for number in ("1234567890123", "19901234567890123", "০১৯১১২২২৩৩৩", "+880 1911-222333"):
            assert found(branch, number=branch.sealed(number)) == ["Hers"]
        for number in ("19911234567890123", "01911222334"):
            assert found(branch, number=branch.sealed(number)) == []
        with pytest.raises(InvalidPayload):
            found(branch, number=branch.sealed("0191122"))

    def test_filters_by_samity_and_status(self, harness: Harness, branch: Branch, samity: str):
        branch.member(samity, name_en="Active One")
        branch.admit(samity, name_en="Applicant One")
        elsewhere = branch.open_samity()["id"]
        assert found(branch, samity_id=elsewhere) == []
        assert found(branch, samity_id=samity, status="active") == ["Active One"]
        assert found(branch, status="applicant") == ["Applicant One"]


class TestScope:
    @pytest.fixture
    def strangers(self, harness: Harness, branch: Branch) -> Iterator[Any]:
        return iter(
            [
                Branch(harness, "B002", 2).manager,
                branch.actor("auditor", office_path="/HO/A02/"),
                branch.actor("field_officer", person_id=an_id(99)),
            ]
        )

    def test_out_of_scope_is_not_found(
        self, harness: Harness, branch: Branch, people: dict[str, str], strangers: Iterator[Any]
    ):
        for stranger in strangers:
            assert harness.ask(LIST_MEMBERS, {}, actor=stranger)["items"] == []
            assert harness.ask(LIST_SAMITIES, {}, actor=stranger)["items"] == []
            with pytest.raises(NotFound):
                harness.ask(GET_MEMBER, {"id": people["Rahima Begum"]}, actor=stranger)

    def test_a_branch_whose_code_begins_alike_is_another(
        self, harness: Harness, branch: Branch, people: dict[str, str]
    ):
        alike = Branch(harness, "B0011", 3)
        assert harness.ask(LIST_MEMBERS, {}, actor=alike.manager)["items"] == []
        pattern = replace(branch.manager, office_path="/HO/A01/B00_/")
        assert harness.ask(LIST_MEMBERS, {}, actor=pattern)["items"] == []

    def test_those_above_see_the_whole_subtree(
        self, harness: Harness, branch: Branch, people: dict[str, str]
    ):
        other = Branch(harness, "B002", 2)
        other.admit(other.open_samity()["id"], name_en="Of Another")
        area = branch.actor("area_manager", person_id=an_id(8), office_path="/HO/A01/")
        page = harness.ask(LIST_MEMBERS, {}, actor=area)["items"]
        assert {member["name_en"] for member in page} == {*people, "Of Another"}

    def test_nobody_without_an_office_sees_anybody(self, harness: Harness, branch: Branch):
        for nowhere in (
            branch.actor("branch_manager", office_path=None),
            branch.actor("branch_manager", kind="member"),
        ):
            with pytest.raises(Forbidden):
                harness.ask(LIST_MEMBERS, {}, actor=nowhere)


class TestUnmasking:
    def test_shows_a_whole_number_and_logs_why(self, harness: Harness, branch: Branch, samity: str):
        member = branch.admit(samity, nid="1987654321", mobile="+8801911222333")["member_id"]
        reason = "কল-ব্যাক যাচাই"

        for field, whole in (("nid", "1987654321"), ("mobile", "+8801911222333")):
            command = {"id": member, "field": field, "reason": reason}
            answer = harness.ask(UNMASK_MEMBER, command, actor=branch.manager)
            assert unseal(answer["value"], harness.process.keys.unsealing("gateway")) == whole

        rows = harness.audited("unmask_member")
        assert [(row["subject_id"], row["actor_id"]) for row in rows] == [
            (member, branch.manager.person_id)
        ] * 2
        assert [row["facts"] for row in rows] == [
            {"field": "nid", "reason": reason},
            {"field": "mobile", "reason": reason},
        ]

    def test_a_member_without_a_phone_has_none_to_show(self, harness: Harness, branch: Branch, samity: str):
        member = branch.admit(samity, mobile=None)["member_id"]
        command = {"id": member, "field": "mobile", "reason": "কল-ব্যাক"}
        assert harness.ask(UNMASK_MEMBER, command, actor=branch.manager) == {"value": None}

    def test_needs_the_right_a_reason_and_the_scope(self, harness: Harness, branch: Branch, samity: str):
        command = {"id": branch.admit(samity)["member_id"], "field": "nid", "reason": "কল-ব্যাক"}
        with pytest.raises(Forbidden):
            harness.ask(UNMASK_MEMBER, command, actor=branch.officer)
        with pytest.raises(InvalidPayload):
            harness.ask(UNMASK_MEMBER, command | {"reason": " "}, actor=branch.manager)
        with pytest.raises(NotFound):
            harness.ask(UNMASK_MEMBER, command, actor=Branch(harness, "B002", 2).manager)
        assert harness.audited("unmask_member") == []


class TestFeeds:
    def pages(self, harness: Harness, feed: Method) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        after = None
        while True:
            page = harness.ask(feed, {"after": after, "limit": 2}, issuer="notifications")
            items += page["items"]
            if (after := page["next"]) is None:
                return items

    def test_tell_of_members_and_not_of_applicants(self, harness: Harness, branch: Branch, samity: str):
        members = [branch.member(samity)["id"] for _ in range(3)]
        branch.admit(samity)

        assert sorted(one["id"] for one in self.pages(harness, EXPORT_MEMBERS)) == sorted(members)
        contacts = self.pages(harness, EXPORT_CONTACTS)
        assert sorted(one["member_id"] for one in contacts) == sorted(members)
        keys = harness.process.keys.unsealing("notifications")
        assert all(unseal(one["mobile"], keys).startswith("+88018") for one in contacts)
        assert all(one["messages_consent"] for one in contacts)

    def test_answer_services_only(self, harness: Harness, branch: Branch):
        with pytest.raises(ActorRefused):
            harness.ask(EXPORT_MEMBERS, {}, actor=branch.manager, issuer="gateway")


class TestRemembering:
    def test_the_newer_state_wins_in_whatever_order(self, harness: Harness, branch: Branch, samity: str):
        name = {"name_en": "Newest Name"}
        harness.hear(STAFF_POSTING_CHANGED, branch.posting("field_officer", version=3, **name))
        harness.hear(STAFF_POSTING_CHANGED, branch.posting("field_officer", version=2, name_en="Older"))
        [shown] = harness.ask(LIST_SAMITIES, {}, actor=branch.manager)["items"]
        assert shown["officer_name_en"] == "Newest Name"

    def test_an_event_that_comes_twice_is_heard_once(self, harness: Harness, branch: Branch):
        office = branch.office(name_en="Changed", version=2)
        assert harness.hear(OFFICE_CHANGED, office, event_id=an_id(5)) is True
        assert harness.hear(OFFICE_CHANGED, office, event_id=an_id(5)) is False

    def test_a_rebuild_brings_back_what_was_lost(self, harness: Harness, branch: Branch, samity: str):
        second = branch.posting("second_officer", role="field_officer")
        feeds = {
            EXPORT_OFFICES: [branch.office(), branch.office(id=an_id(4), path="/HO/A01/B004/")],
            EXPORT_STAFF: [branch.posting("field_officer", name_en="From The Feed"), second],
            EXPORT_LOGINS: [{"member_id": an_id(6), "status": "active", "deed": "activated", "version": 2}],
        }
        for feed, items in feeds.items():
            harness.others.answers[feed] = paged(items)
        process = harness.process

        plan_rebuild(process.database, "accounts", step_id=an_id(3), now=harness.watch.now())
        assert harness.take_steps("rebuild", by=AccountsBatch) == 1

        [shown] = harness.ask(LIST_SAMITIES, {}, actor=branch.manager)["items"]
        assert shown["officer_name_en"] == "From The Feed"
        asked = [method for method, _, _ in harness.others.asked]
        assert [asked.count(feed) for feed in feeds] == [2, 2, 1]


def paged(items: list[dict[str, Any]]) -> Any:
    """A feed that answers one state a page, by its place."""

    def answer(command: dict[str, Any]) -> dict[str, Any]:
        place = 0 if command["after"] is None else int(command["after"][-2:])
        last = place + 1 == len(items)
        return {"items": loaded(items[place]), "next": None if last else an_id(0)[:-2] + f"{place + 1:02d}"}

    return answer


def loaded(state: dict[str, Any]) -> list[dict[str, Any]]:
    dates = {name: date.fromisoformat(state[name]) for name in ("from_on",) if name in state}
    return [state | dates]


class TestDormancy:
    def test_is_shown_until_she_moves_money_again_whatever_comes_late(
        self, harness: Harness, branch: Branch, people: dict[str, str]
    ):
        member = people["Rahima Begum"]

        def since() -> Any:
            return harness.ask(GET_MEMBER, {"id": member}, actor=branch.manager)["dormant_since"]

        told = {"member_id": member, "office_id": branch.id, "on": "2026-11-23"}
        dormant = told | {"since_on": "2025-10-01", "at": "2026-11-23T05:00:00.000000Z"}
        harness.hear(MEMBER_DORMANT, dormant)
        assert since() == "2025-10-01"

        harness.hear(MEMBER_WOKE, told | {"at": "2026-11-23T06:00:00.000000Z"})
        harness.hear(MEMBER_DORMANT, dormant)
        assert since() is None
