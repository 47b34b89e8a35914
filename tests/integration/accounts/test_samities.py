"""Opening samities, and changing from a day on who keeps them and when they meet."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import (
    ASSIGN_SAMITY_OFFICER,
    EXPORT_SAMITIES,
    LIST_SAMITIES,
    MOVE_SAMITY_MEETING,
    OPEN_SAMITY,
    SAMITY_CHANGED,
)
from contracts.accounts.errors import (
    ChangeBackdated,
    HolidayMeeting,
    NotABranch,
    OfficerNotOfBranch,
    SamityCodeTaken,
)
from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound
from contracts.identity import OFFICE_CHANGED, STAFF_POSTING_CHANGED
from tests.support.accounts import TODAY, Branch, an_id
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]


def assignment(branch: Branch, samity: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": an_id(77),
        "samity_id": samity,
        "officer_id": branch.person_id("second_officer"),
        "from_on": TODAY.isoformat(),
    } | changes


@remembered
def second_officer(harness: Harness, branch: Branch) -> str:
    posting = branch.posting("second_officer", role="field_officer", name_en="Second Officer")
    harness.hear(STAFF_POSTING_CHANGED, posting)
    return branch.person_id("second_officer")


class TestOpening:
    def test_gives_the_next_code_and_tells(self, harness: Harness, branch: Branch):
        codes = [branch.open_samity(code=code)["code"] for code in (None, "0005", None)]

        assert codes == ["B001.0001", "B001.0005", "B001.0006"]
        told = harness.told(SAMITY_CHANGED)
        assert [event["code"] for event in told] == codes
        assert (told[0]["officer_id"], told[0]["meeting_weekday"], told[0]["version"]) == (
            branch.person_id("field_officer"),
            3,
            1,
        )
        assert len(harness.audited("open_samity")) == 3

    def test_the_same_request_again_changes_nothing(self, harness: Harness, branch: Branch):
        request = branch.samity()
        first = harness.ask(OPEN_SAMITY, request, actor=branch.manager)

        assert harness.ask(OPEN_SAMITY, request, actor=branch.manager) == first
        with pytest.raises(IdConflict):
            harness.ask(OPEN_SAMITY, request | {"village": "মহাস্থান"}, actor=branch.manager)
        assert len(harness.told(SAMITY_CHANGED)) == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"meeting_weekday": 7}, HolidayMeeting),
            ({"officer_id": an_id(1004)}, OfficerNotOfBranch),
            ({"officer_id": an_id(404)}, OfficerNotOfBranch),
            ({"branch_id": an_id(404)}, NotFound),
            ({"meeting_weekday": 8}, InvalidPayload),
            ({"code": "0000"}, InvalidPayload),
            ({"meeting_time": "24:00"}, InvalidPayload),
        ],
    )
    def test_refuses_what_cannot_be(
        self, harness: Harness, branch: Branch, changes: dict[str, Any], refusal: type
    ):
        with pytest.raises(refusal):
            branch.open_samity(**changes)
        assert harness.told(SAMITY_CHANGED) == []

    def test_refuses_a_serial_that_was_given(self, branch: Branch):
        branch.open_samity(code="0003")
        with pytest.raises(SamityCodeTaken):
            branch.open_samity(code="0003")

    def test_refuses_an_office_that_is_no_branch(self, harness: Harness, branch: Branch):
        harness.hear(OFFICE_CHANGED, branch.office(level="area", version=2))
        with pytest.raises(NotABranch):
            branch.open_samity()

    def test_a_manager_opens_none_in_another_branch(self, harness: Harness, branch: Branch):
        other = Branch(harness, "B002", 2)
        with pytest.raises(NotFound):
            harness.ask(OPEN_SAMITY, other.samity(), actor=branch.manager)
        head_office = branch.actor("administrator", person_id=an_id(9), office_path="/HO/")
        assert harness.ask(OPEN_SAMITY, other.samity(), actor=head_office)["code"] == "B002.0001"

    def test_an_officer_opens_none(self, harness: Harness, branch: Branch):
        with pytest.raises(Forbidden):
            harness.ask(OPEN_SAMITY, branch.samity(), actor=branch.officer)


class TestChanging:
    def test_another_officer_keeps_it_from_today(
        self, harness: Harness, branch: Branch, samity: str, second_officer: str
    ):
        changed = harness.ask(ASSIGN_SAMITY_OFFICER, assignment(branch, samity), actor=branch.manager)

        assert changed["officer_id"] == second_officer
        assert changed["officer_name_en"] == "Second Officer"
        assert [event["version"] for event in harness.told(SAMITY_CHANGED)] == [1, 2]

    def test_the_officer_who_leaves_sees_it_no_more(
        self, harness: Harness, branch: Branch, samity: str, second_officer: str
    ):
        harness.ask(ASSIGN_SAMITY_OFFICER, assignment(branch, samity), actor=branch.manager)

        seen = harness.ask(LIST_SAMITIES, {}, actor=branch.officer)["items"]
        successor = branch.actor("field_officer", person_id=second_officer)
        assert seen == []
        assert [one["id"] for one in harness.ask(LIST_SAMITIES, {}, actor=successor)["items"]] == [samity]

    def test_a_change_for_later_waits_for_its_day(
        self, harness: Harness, branch: Branch, samity: str, second_officer: str
    ):
        later = assignment(branch, samity, from_on=(TODAY + timedelta(days=2)).isoformat())
        first = harness.ask(ASSIGN_SAMITY_OFFICER, later, actor=branch.manager)
        harness.tick("put_changes_in_force", by=AccountsBatch)
        assert first["officer_id"] == branch.person_id("field_officer")
        assert len(harness.told(SAMITY_CHANGED)) == 1

        harness.watch.advance(timedelta(days=2))
        harness.tick("put_changes_in_force", by=AccountsBatch)
        harness.tick("put_changes_in_force", by=AccountsBatch)

        assert [event["officer_id"] for event in harness.told(SAMITY_CHANGED)] == [
            branch.person_id("field_officer"),
            second_officer,
        ]

    def test_the_same_change_again_changes_nothing(
        self, harness: Harness, branch: Branch, samity: str, second_officer: str
    ):
        change = assignment(branch, samity)
        first = harness.ask(ASSIGN_SAMITY_OFFICER, change, actor=branch.manager)

        assert harness.ask(ASSIGN_SAMITY_OFFICER, change, actor=branch.manager) == first
        tomorrow = (TODAY + timedelta(days=1)).isoformat()
        with pytest.raises(IdConflict):
            harness.ask(ASSIGN_SAMITY_OFFICER, change | {"from_on": tomorrow}, actor=branch.manager)

    def test_the_past_is_not_rewritten(
        self, harness: Harness, branch: Branch, samity: str, second_officer: str
    ):
        yesterday = (TODAY - timedelta(days=1)).isoformat()
        with pytest.raises(ChangeBackdated):
            harness.ask(
                ASSIGN_SAMITY_OFFICER, assignment(branch, samity, from_on=yesterday), actor=branch.manager
            )
        move = {"id": an_id(78), "samity_id": samity, "meeting_weekday": 4, "from_on": yesterday}
        with pytest.raises(ChangeBackdated):
            harness.ask(MOVE_SAMITY_MEETING, move, actor=branch.manager)

    def test_it_meets_on_another_day(self, harness: Harness, branch: Branch, samity: str):
        move = {"id": an_id(78), "samity_id": samity, "meeting_weekday": 4, "from_on": TODAY.isoformat()}
        assert harness.ask(MOVE_SAMITY_MEETING, move, actor=branch.manager)["meeting_weekday"] == 4
        with pytest.raises(HolidayMeeting):
            harness.ask(
                MOVE_SAMITY_MEETING, move | {"id": an_id(79), "meeting_weekday": 7}, actor=branch.manager
            )

    def test_the_history_cannot_be_changed_even_by_the_service(self, urls, branch: Branch, samity: str):
        engine = sa.create_engine(urls.runtime)
        for deed in ("DELETE FROM samity_officers", "UPDATE samity_days SET meeting_weekday = 2"):
            with pytest.raises(DBAPIError, match="permission denied"), engine.begin() as connection:
                connection.execute(sa.text(deed))
        engine.dispose()


class TestListing:
    def test_pages_by_code_within_the_scope(self, harness: Harness, branch: Branch):
        for _ in range(5):
            branch.open_samity()
        Branch(harness, "B002", 2).open_samity()

        first = harness.ask(LIST_SAMITIES, {"limit": 3}, actor=branch.manager)
        rest = harness.ask(LIST_SAMITIES, {"limit": 3, "after": first["next"]}, actor=branch.manager)

        codes = [one["code"] for one in (*first["items"], *rest["items"])]
        assert codes == [f"B001.{serial:04d}" for serial in range(1, 6)]
        assert rest["next"] is None

    def test_filters_by_branch_and_officer(self, harness: Harness, branch: Branch, samity: str):
        other = Branch(harness, "B002", 2)
        other.open_samity()
        area = branch.actor("area_manager", person_id=an_id(8), office_path="/HO/A01/")

        assert len(harness.ask(LIST_SAMITIES, {}, actor=area)["items"]) == 2
        of_branch = harness.ask(LIST_SAMITIES, {"branch_id": other.id}, actor=area)["items"]
        assert [one["branch_id"] for one in of_branch] == [other.id]
        kept = {"officer_id": branch.person_id("field_officer")}
        assert [one["id"] for one in harness.ask(LIST_SAMITIES, kept, actor=area)["items"]] == [samity]

    def test_the_feed_has_everything_page_by_page(self, harness: Harness, branch: Branch):
        opened = {branch.open_samity()["id"] for _ in range(5)}

        seen: list[str] = []
        after = None
        while True:
            page = harness.ask(EXPORT_SAMITIES, {"after": after, "limit": 2}, issuer="transactions")
            seen += [one["id"] for one in page["items"]]
            if (after := page["next"]) is None:
                break
        assert sorted(seen) == sorted(opened)
        assert len(seen) == 5
