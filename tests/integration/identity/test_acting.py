"""Acting assignments: who is away is replaced by another person, for some days, by two people's word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts.errors import (
    ApproverTooNew,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    ServiceError,
)
from contracts.identity import (
    END_ACTING,
    LIST_ACTING,
    LIST_APPROVALS,
    PROPOSE_ACTING,
    SESSION_CHANGED,
    SWITCH_ACCESS,
)
from contracts.identity.acting import (
    ActingDates,
    ActingOver,
    ActingOverlaps,
    CannotAct,
    NotAtWork,
    NotHisPost,
    OwnActing,
)
from contracts.identity.staff import RoleNotOfOffice
from contracts.permissions import PERMISSIONS, Role

TODAY, TOMORROW, FRIDAY = "2026-11-23", "2026-11-24", "2026-11-27"


@pytest.fixture
def area(town):
    return town.hire("area_manager", "A01", username="area")


@pytest.fixture
def wish(town, accountant, manager):
    """The branch's manager is away, and its accountant acts for him until Friday."""

    def make(**changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "staff_id": accountant.person_id,
            "role": "branch_manager",
            "office_id": town.ids["001"],
            "away_id": manager.person_id,
            "from_on": TODAY,
            "to_on": FRIDAY,
            "reason": "ছুটি, মেয়ের বিয়ে",
        } | changes

    return make


def agreed(town, body: dict[str, Any]) -> dict[str, Any]:
    town.ask(PROPOSE_ACTING, body, town.founders[0])
    town.decide(body["id"], town.founders[1])
    return body


def posts(town, who: str = "accountant") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.session(town.sign_in(who))["acting"]
    return found


class TestHolding:
    @pytest.mark.rule("M8")
    def test_a_session_carries_the_post_with_its_limits_and_stays_the_same_person(
        self, town, wish, accountant
    ):
        body = agreed(town, wish())

        session = town.session(town.sign_in("accountant"))

        assert (session["person_id"], session["role"]) == (accountant.person_id, "accountant")
        [post] = session["acting"]
        assert (post["id"], post["role"], post["office_id"], post["to_on"]) == (
            body["id"],
            "branch_manager",
            town.ids["001"],
            FRIDAY,
        )
        assert post["office_path"] == "/HO/A01/001/"
        assert set(post["permissions"]) == PERMISSIONS[Role.BRANCH_MANAGER]
        limits = {limit["permission"]: limit["amount"] for limit in post["limits"]}
        assert limits["withdrawal:approve"] == "20000.00"
        assert set(session["permissions"]) == PERMISSIONS[Role.ACCOUNTANT]

    def test_begins_and_ends_by_itself_on_its_days(self, town, wish):
        agreed(town, wish(from_on=TOMORROW))
        seen = []
        for _ in range(6):
            seen.append(len(posts(town)))
            town.harness.watch.advance(timedelta(days=1))
        # Monday, then Tuesday to Friday, then Saturday.
        assert seen == [0, 1, 1, 1, 1, 0]

    def test_open_sessions_learn_at_once(self, town, wish):
        session = town.session(town.sign_in("accountant"))
        body = agreed(town, wish())
        assert session["session_id"] in town.harness.told(SESSION_CHANGED)[-1]["session_ids"]

        ended = town.ask(END_ACTING, {"id": body["id"], "reason": "তিনি ফিরেছেন"}, town.founders[0])

        assert (ended["state"], ended["holds"]) == ("ended", False)
        assert len(town.harness.told(SESSION_CHANGED)) == 2
        assert posts(town) == []

    def test_ended_twice_is_ended_once(self, town, wish):
        body = agreed(town, wish())
        end = {"id": body["id"], "reason": "তিনি ফিরেছেন"}
        first = town.ask(END_ACTING, end, town.founders[0])
        assert town.ask(END_ACTING, end, town.founders[1]) == first
        assert len(town.harness.audited("end_acting")) == 1

    def test_nothing_holds_before_it_is_agreed_nor_when_it_is_declined(self, town, wish):
        body = wish()
        town.ask(PROPOSE_ACTING, body, town.founders[0])
        assert posts(town) == []
        with pytest.raises(ActingOver):
            town.ask(END_ACTING, {"id": body["id"], "reason": "তিনি ফিরেছেন"}, town.founders[0])
        town.decide(body["id"], town.founders[1], approve=False, reason="অন্য কেউ যাবেন")
        assert posts(town) == []


class TestTwoPeople:
    @pytest.mark.rule("P7")
    def test_another_administrator_who_is_not_new_approves(self, town, wish):
        body = wish()
        waiting = town.ask(PROPOSE_ACTING, body, town.founders[0])
        assert (waiting["kind"], waiting["permission"], waiting["may_decide"]) == (
            "acting",
            "acting:approve",
            False,
        )
        with pytest.raises(MakerIsChecker):
            town.decide(body["id"], town.founders[0])
        newcomer = town.hire("administrator", "HO")
        with pytest.raises(ApproverTooNew):
            town.decide(body["id"], newcomer)
        assert posts(town) == []

    def test_the_area_proposes_for_its_branches_and_does_not_approve(self, town, wish, area):
        body = wish()
        town.ask(PROPOSE_ACTING, body, area)
        with pytest.raises(Forbidden):
            town.decide(body["id"], area)
        [seen] = town.ask(LIST_APPROVALS, {}, town.founders[0])["items"]
        assert (seen["subject_en"], seen["may_decide"]) == ("Rahima Khatun", True)
        town.decide(body["id"], town.founders[0])
        assert len(posts(town)) == 1

    @pytest.mark.rule("M8")
    def test_nobody_lets_himself_act_nor_stands_in_for_himself(self, town, wish, area, manager):
        with pytest.raises(OwnActing):
            town.ask(PROPOSE_ACTING, wish(staff_id=area.person_id), area)
        with pytest.raises(OwnActing):
            town.ask(PROPOSE_ACTING, wish(staff_id=manager.person_id), town.founders[0])

    def test_nobody_of_the_branch_proposes(self, town, wish, manager, officer):
        for person in (manager, officer):
            with pytest.raises(Forbidden):
                town.ask(PROPOSE_ACTING, wish(), person)

    def test_the_area_reaches_no_other_area(self, town, wish, manager):
        town.open_office("A02", "area")
        stranger = town.hire("area_manager", "A02")
        body = wish()
        with pytest.raises(NotFound):
            town.ask(PROPOSE_ACTING, body, stranger)
        agreed(town, body)
        with pytest.raises(NotFound):
            town.ask(END_ACTING, {"id": body["id"], "reason": "তিনি ফিরেছেন"}, stranger)
        assert town.ask(LIST_ACTING, {}, stranger)["items"] == []


class TestRefusals:
    @pytest.mark.rule("P7")
    def test_administrators_and_auditors_stay_what_they_are(self, town, wish):
        for role in ("administrator", "auditor"):
            person = town.hire(role, "HO")
            with pytest.raises(CannotAct):
                town.ask(PROPOSE_ACTING, wish(staff_id=person.person_id), town.founders[0])

    @pytest.mark.parametrize("role", ["administrator", "auditor", "field_officer", "member"])
    def test_some_posts_are_nobody_elses(self, town, wish, role):
        with pytest.raises(InvalidPayload):
            town.ask(PROPOSE_ACTING, wish(role=role), town.founders[0])

    def test_the_post_is_the_one_of_whoever_is_away(self, town, wish, officer):
        for changes in (
            {"away_id": officer.person_id},
            {"role": "accountant"},
            {"office_id": town.ids["002"]},
        ):
            with pytest.raises((NotHisPost, RoleNotOfOffice)):
                town.ask(PROPOSE_ACTING, wish(**changes), town.founders[0])

    @pytest.mark.parametrize(
        ("from_on", "to_on"),
        [
            ("2026-11-22", FRIDAY),
            (FRIDAY, TODAY),
            (TODAY, "2027-02-23"),
        ],
    )
    def test_days_that_cannot_be(self, town, wish, from_on, to_on):
        with pytest.raises(ActingDates):
            town.ask(PROPOSE_ACTING, wish(from_on=from_on, to_on=to_on), town.founders[0])

    def test_the_longest_lasts_ninety_two_days(self, town, wish):
        # 23 November to 22 February: 8 + 31 + 31 + 22 days.
        town.ask(PROPOSE_ACTING, wish(to_on="2027-02-22"), town.founders[0])

    def test_whose_access_is_off_does_not_act(self, town, wish, accountant):
        body = wish()
        town.ask(PROPOSE_ACTING, body, town.founders[0])
        switch = {"staff_id": accountant.person_id, "on": False, "reason": "left the branch"}
        town.ask(SWITCH_ACCESS, switch, town.founders[0])
        with pytest.raises(NotAtWork):
            town.decide(body["id"], town.founders[1])
        with pytest.raises(NotAtWork):
            town.ask(PROPOSE_ACTING, wish(), town.founders[0])

    def test_one_acts_in_one_post_and_one_acts_for_one(self, town, wish, officer):
        agreed(town, wish())
        for changes in ({}, {"staff_id": officer.person_id}, {"from_on": FRIDAY, "to_on": "2026-12-05"}):
            with pytest.raises(ActingOverlaps):
                town.ask(PROPOSE_ACTING, wish(**changes), town.founders[0])
        agreed(town, wish(from_on="2026-11-28", to_on="2026-12-05"))

    def test_of_two_approved_at_once_one_holds(self, town, wish, officer):
        bodies = [wish(), wish(staff_id=officer.person_id)]
        for body in bodies:
            town.ask(PROPOSE_ACTING, body, town.founders[0])

        def approve(body: dict[str, Any]) -> str:
            try:
                town.decide(body["id"], town.founders[1])
            except ServiceError as error:
                return error.code
            return "agreed"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(approve, bodies)) == ["ACTING_OVERLAPS", "agreed"]

    def test_a_proposal_that_waited_past_its_last_day_is_over(self, town, wish):
        body = wish()
        town.ask(PROPOSE_ACTING, body, town.founders[0])
        town.harness.watch.advance(timedelta(days=5))
        with pytest.raises(ActingOver):
            town.decide(body["id"], town.founders[1])

    def test_the_same_again_answers_the_same_another_body_is_a_conflict(self, town, wish):
        body = wish()
        first = town.ask(PROPOSE_ACTING, body, town.founders[0])
        assert town.ask(PROPOSE_ACTING, body, town.founders[0]) == first
        with pytest.raises(IdConflict):
            town.ask(PROPOSE_ACTING, body | {"to_on": TODAY}, town.founders[0])
        assert len(town.harness.audited("propose_acting")) == 1


def test_who_acted_for_whom_can_be_read_page_by_page(town, wish, manager):
    first = agreed(town, wish(to_on=TODAY))
    town.harness.watch.advance(timedelta(minutes=1))
    second = agreed(town, wish(from_on=TOMORROW))

    page = town.ask(LIST_ACTING, {"limit": 1}, manager)
    rest = town.ask(LIST_ACTING, {"limit": 1, "after": page["next"]}, manager)

    assert [one["id"] for one in (*page["items"], *rest["items"])] == [second["id"], first["id"]]
    assert [one["holds"] for one in (*page["items"], *rest["items"])] == [False, True]
    assert page["items"][0]["away_name_en"] == "Rahima Khatun"
