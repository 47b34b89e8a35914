"""Limits by amount are set by two administrators, dated and never edited; and who could be a witness."""

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
    ReasonMissing,
    ServiceError,
)
from contracts.identity import (
    LIST_APPROVALS,
    LIST_COLLEAGUES,
    LIST_LIMITS,
    PROPOSE_LIMIT,
    PROPOSE_STAFF,
    SWITCH_ACCESS,
)
from contracts.identity.limits import LimitKnown, LimitNotOfRole, LimitTooSoon

TODAY = "2026-11-23"
TOMORROW = "2026-11-24"


def wish(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "role": "branch_manager",
        "permission": "loan:approve",
        "amount": "150000",
        "effective_on": TOMORROW,
        "reason": "Board of 12 November",
    } | changes


def limit_of(town, who: str, permission: str = "loan:approve") -> str | None:
    limits = town.session(town.sign_in(who))["limits"]
    return {limit["permission"]: limit["amount"] for limit in limits}.get(permission)


class TestSettingALimit:
    @pytest.mark.rule("P7")
    def test_counts_from_its_day_on_after_two_administrators_agreed(self, town):
        body = wish()
        waiting = town.ask(PROPOSE_LIMIT, body, town.founders[0])
        assert (waiting["kind"], waiting["state"], waiting["may_decide"]) == (
            "limit_change",
            "waiting",
            False,
        )
        assert waiting["facts"]["before"] == "100000.00"
        [seen] = town.ask(LIST_APPROVALS, {}, town.founders[1])["items"]
        assert (seen["id"], seen["may_decide"]) == (body["id"], True)

        assert town.decide(body["id"], town.founders[1]) == ""
        assert town.decide(body["id"], town.founders[1]) == ""

        assert limit_of(town, "manager") == "100000.00"
        town.harness.watch.advance(timedelta(days=1))
        assert limit_of(town, "manager") == "150000.00"

    @pytest.mark.rule("P7")
    def test_the_maker_does_not_approve_nor_one_who_is_new_to_it(self, town):
        body = wish()
        town.ask(PROPOSE_LIMIT, body, town.founders[0])
        with pytest.raises(MakerIsChecker):
            town.decide(body["id"], town.founders[0])
        newcomer = town.hire("administrator", "HO")
        with pytest.raises(ApproverTooNew):
            town.decide(body["id"], newcomer)
        assert [one["amount"] for one in loans(town)] == ["100000.00"]

    def test_nobody_else_proposes(self, town, manager, accountant):
        for person in (manager, accountant):
            with pytest.raises(Forbidden):
                town.ask(PROPOSE_LIMIT, wish(), person)

    def test_less_counts_from_today_on_more_from_tomorrow(self, town):
        with pytest.raises(LimitTooSoon) as refusal:
            town.ask(PROPOSE_LIMIT, wish(effective_on=TODAY), town.founders[0])
        assert refusal.value.facts == {"first_on": TOMORROW}
        with pytest.raises(LimitTooSoon):
            town.ask(PROPOSE_LIMIT, wish(effective_on="2026-11-22", amount="1"), town.founders[0])

        lower = wish(effective_on=TODAY, amount="50000")
        town.ask(PROPOSE_LIMIT, lower, town.founders[0])
        town.decide(lower["id"], town.founders[1])

        assert limit_of(town, "manager") == "50000.00"

    def test_a_proposal_that_waited_past_its_day_cannot_be_approved(self, town):
        body = wish()
        town.ask(PROPOSE_LIMIT, body, town.founders[0])
        town.harness.watch.advance(timedelta(days=1))
        with pytest.raises(LimitTooSoon):
            town.decide(body["id"], town.founders[1])

    def test_a_day_has_one_limit_that_is_never_edited(self, town):
        first, second = wish(), wish(amount="160000")
        for body in (first, second):
            town.ask(PROPOSE_LIMIT, body, town.founders[0])
        town.decide(first["id"], town.founders[1])
        with pytest.raises(LimitKnown):
            town.decide(second["id"], town.founders[1])
        with pytest.raises(LimitKnown):
            town.ask(PROPOSE_LIMIT, wish(), town.founders[0])

    def test_of_two_for_one_day_approved_at_once_one_counts(self, town):
        bodies = [wish(amount=str(150_000 + number)) for number in range(4)]
        for body in bodies:
            town.ask(PROPOSE_LIMIT, body, town.founders[0])

        def approve(body: dict[str, Any]) -> str:
            try:
                town.decide(body["id"], town.founders[1])
            except ServiceError as error:
                return error.code
            return "approved"

        with ThreadPoolExecutor(4) as pool:
            outcomes = sorted(pool.map(approve, bodies))
        assert outcomes == ["LIMIT_KNOWN", "LIMIT_KNOWN", "LIMIT_KNOWN", "approved"]

    def test_declined_changes_nothing_and_says_why(self, town):
        body = wish()
        town.ask(PROPOSE_LIMIT, body, town.founders[0])
        with pytest.raises(ReasonMissing):
            town.decide(body["id"], town.founders[1], approve=False)
        town.decide(body["id"], town.founders[1], approve=False, reason="Not decided by the board")
        assert [one["amount"] for one in loans(town)] == ["100000.00"]

    def test_the_same_again_answers_the_same_another_body_is_a_conflict(self, town):
        body = wish()
        first = town.ask(PROPOSE_LIMIT, body, town.founders[0])
        assert town.ask(PROPOSE_LIMIT, body, town.founders[0]) == first
        with pytest.raises(IdConflict):
            town.ask(PROPOSE_LIMIT, body | {"amount": "170000"}, town.founders[0])
        assert len(town.harness.audited("propose_limit")) == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"role": "accountant"}, LimitNotOfRole),
            ({"role": "administrator"}, LimitNotOfRole),
            ({"permission": "loan:approve_change"}, LimitNotOfRole),
            ({"permission": "member:read"}, InvalidPayload),
            ({"role": "member"}, InvalidPayload),
            ({"amount": "-1"}, InvalidPayload),
            ({"amount": "100.50"}, InvalidPayload),
            ({"amount": 100}, InvalidPayload),
            ({"reason": "x"}, InvalidPayload),
        ],
    )
    def test_refuses_what_cannot_be(self, town, changes, refusal):
        with pytest.raises(refusal):
            town.ask(PROPOSE_LIMIT, wish(**changes), town.founders[0])


def loans(town) -> list[dict[str, Any]]:
    items = town.ask(LIST_LIMITS, {}, town.founders[0])["items"]
    return [one for one in items if (one["role"], one["permission"]) == ("branch_manager", "loan:approve")]


def test_every_limit_that_ever_was_can_be_read(town, manager):
    body = wish(effective_on="2026-12-01")
    town.ask(PROPOSE_LIMIT, body, town.founders[0])
    town.decide(body["id"], town.founders[1])

    assert [(one["amount"], one["effective_on"], one["in_force"]) for one in loans(town)] == [
        ("100000.00", "2020-01-01", True),
        ("150000.00", "2026-12-01", False),
    ]
    assert town.ask(LIST_LIMITS, {}, manager)["items"]
    area = {
        one["permission"]: one["amount"]
        for one in town.ask(LIST_LIMITS, {}, manager)["items"]
        if one["role"] == "area_manager"
    }
    assert area["loan:approve"] == area["settlement:approve"] == area["override:approve"] == "1000000.00"


class TestColleagues:
    def test_are_those_who_work_at_the_own_office_today(self, town, accountant, manager, officer):
        town.hire("accountant", "002")
        town.ask(PROPOSE_STAFF, town.form("field_officer", "001"), town.founders[0])

        found = town.ask(LIST_COLLEAGUES, {}, accountant)["items"]

        assert {one["id"] for one in found} == {person.person_id for person in (accountant, manager, officer)}
        assert set(found[0]) == {"id", "name_bn", "name_en", "role"}

    def test_leave_out_whose_access_is_off(self, town, accountant, officer):
        switch = {"staff_id": officer.person_id, "on": False, "reason": "left the branch"}
        town.ask(SWITCH_ACCESS, switch, town.founders[0])
        found = town.ask(LIST_COLLEAGUES, {}, accountant)["items"]
        assert officer.person_id not in {one["id"] for one in found}
