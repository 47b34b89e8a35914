"""What head office sets with dates, at the portal: holidays, limits, the law, classes. L2, L3, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import LIST_SAMITIES
from contracts.accounts.holiday_errors import HolidayOutOfPlace
from contracts.accounts.holidays import DECLARE_HOLIDAY, LIST_HOLIDAYS
from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW
from contracts.identity import LIST_LIMITS, LIST_OFFICES, PROPOSE_LIMIT
from contracts.permissions import Role
from contracts.transactions.classes import LIST_CLASS_DATA, PROPOSE_CLASS_FREEZE, PROPOSE_CLASS_RULES
from gateway.edge import today
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

HEAD_OFFICE = "01a20857-0000-7000-8000-00000000b000"
LAW: dict[str, Any] = {
    "effective_on": "2010-12-01",
    "cap_percent": "24.0000",
    "formula": "daily_times_365",
    "counted": ["principal_and_charge", "fees"],
    "first_due_days": 15,
    "nothing_deducted": True,
    "compulsory_savings_bps": 600,
    "allowed_fees": ["form"],
}
CLASSES = ("regular", "watchful", "sub_standard", "doubtful", "bad")
DAYS = (0, 1, 31, 181, 366)
SHARES = (100, 500, 2500, 7500, 10000)
FEAST = {
    "on": "২১-০৩-২০২৭",
    "until_on": "23-03-2027",
    "name_bn": "ঈদ",
    "name_en": "Eid",
    "reason": "circular 7",
}
RULES = [
    {"loan_class": name, "from_days": days, "provision_bps": share}
    for name, days, share in zip(CLASSES, DAYS, SHARES, strict=True)
]


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "code": "101"}
    head = branch | {"id": HEAD_OFFICE, "level": "head_office", "code": "HO"}
    backends.script(LIST_OFFICES, {"items": [head, branch], "next": None})
    samity = sample_answer(LIST_SAMITIES)["items"][0]
    mine = samity | {"id": AN_ID, "branch_id": OFFICE, "name_en": "Shapla", "meeting_weekday": 3}
    elsewhere = mine | {"id": HEAD_OFFICE, "branch_id": HEAD_OFFICE, "name_en": "Elsewhere"}
    backends.script(LIST_SAMITIES, {"items": [mine, elsewhere], "next": None})
    state = sample_answer(LIST_LAWS)["items"][0] | LAW
    laws = [state | {"state": "approved"}, state | {"state": "waiting", "cap_percent": "27.0000"}]
    backends.script(LIST_LAWS, {"items": laws})
    data = sample_answer(LIST_CLASS_DATA)
    rules = data["rules"][0] | {"classes": RULES, "provision_months": [6, 12]}
    backends.script(LIST_CLASS_DATA, data | {"rules": [rules]})


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ADMINISTRATOR)


class TestHolidays:
    def test_of_a_year_are_asked_for_by_its_first_and_last_day(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        administrator.look(f"/holidays?office={OFFICE}&year=২০২৭")

        (asked,) = backends.of(LIST_HOLIDAYS)
        assert asked.payload == {"office_id": OFFICE, "from_on": "2027-01-01", "to_on": "2027-12-31"}

    @pytest.mark.parametrize("typed", ["", "soon", "99999", "-1", "²"])
    def test_of_no_year_are_those_of_this_one(
        self, administrator: Visitor, backends: FakeBackends, typed: str
    ) -> None:
        administrator.look(f"/holidays?year={typed}")

        assert backends.of(LIST_HOLIDAYS)[0].payload["from_on"] == f"{today().year}-01-01"

    @pytest.mark.rule("L3")
    def test_of_the_country_are_declared_at_the_head_office(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        page = administrator.look(f"/holidays/new/{HEAD_OFFICE}")
        assert "samity_id" not in page.fields

        address = f"/holidays/new/{HEAD_OFFICE}"
        assert administrator.send(address, **FEAST, set="government").status_code == 303

        (asked,) = backends.of(DECLARE_HOLIDAY)
        said = FEAST | {"on": "2027-03-21", "until_on": "2027-03-23", "set": "government"}
        kept = {"office_id": HEAD_OFFICE, "samity_id": None}
        assert asked.payload == said | kept | {"id": asked.payload["id"]}

    def test_of_a_samity_name_one_of_the_branch(
        self, app: Flask, backends: FakeBackends, administrator: Visitor
    ) -> None:
        address = f"/holidays/new/{OFFICE}"
        text = administrator.look(address).text
        assert "Shapla" in text
        assert "Elsewhere" not in text
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)

        manager.send(address, **FEAST, set="samity", samity_id=AN_ID)
        manager.send(address, **FEAST, set="branch", samity_id=AN_ID)

        asked = [(one.payload["set"], one.payload["samity_id"]) for one in backends.of(DECLARE_HOLIDAY)]
        assert asked == [("samity", AN_ID), ("branch", None)]

    def test_are_refused_beside_the_field(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(DECLARE_HOLIDAY, HolidayOutOfPlace(field="set"))

        answer = administrator.send(f"/holidays/new/{OFFICE}", **FEAST, set="samity")

        assert answer.status_code == 422
        beside = answer.text.split('id="set-hint"')[1].split('<div class="mb-3">')[0]
        assert "field-error" in beside
        assert Page(answer.text).fields["name_en"] == "Eid"


class TestLimits:
    def test_are_listed_with_what_they_bind(self, administrator: Visitor, backends: FakeBackends) -> None:
        limit = sample_answer(LIST_LIMITS)["items"][0]
        bound = {"role": "branch_manager", "permission": "loan:approve", "amount": "50000.00"}
        backends.script(LIST_LIMITS, {"items": [limit | bound | {"in_force": True}]})

        assert "Branch manager Approving a loan ৳50,000" in administrator.look("/limits").text

    @pytest.mark.rule("P7")
    def test_bind_a_role_only_in_what_it_may_do(self, administrator: Visitor, backends: FakeBackends) -> None:
        page = administrator.look("/limits/new")
        assert "Branch manager · Approving a loan" in page.text
        assert "Accountant · Approving a loan" not in page.text
        said = {"amount": "১,০০,০০০", "effective_on": "01-01-2027", "reason": "a larger branch"}
        theirs, his = "accountant/loan:approve", "branch_manager/loan:approve"

        assert administrator.send("/limits/new", bound=theirs, **said).status_code == 422
        assert backends.of(PROPOSE_LIMIT) == []
        assert administrator.send("/limits/new", bound=his, **said).status_code == 303

        (asked,) = backends.of(PROPOSE_LIMIT)
        bound = {"role": "branch_manager", "permission": "loan:approve", "amount": "100000.00"}
        said |= {"effective_on": "2027-01-01", "id": asked.payload["id"]}
        assert asked.payload == said | bound


class TestPolicies:
    def test_show_the_classes_to_whom_they_are_for(
        self, app: Flask, backends: FakeBackends, administrator: Visitor
    ) -> None:
        text = administrator.look("/policies").text
        assert "Sub-standard 31 25" in text
        assert "counts as a cost Principal and service charge, Fees Days before" in text

        officer = Visitor(app, backends, Role.FIELD_OFFICER).look("/policies")
        assert "Sub-standard" not in officer.text
        assert "/policies/law" not in officer.links

    @pytest.mark.rule("L2")
    def test_another_law_begins_with_the_one_that_holds(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        said = {"effective_on": "০১-০৭-২০২৭", "reason": "circular 9"}

        assert administrator.send("/policies/law", **said, cap_percent="২২.৫").status_code == 303

        (asked,) = backends.of(PROPOSE_LAW)
        new = {"effective_on": "2027-07-01", "cap_percent": "22.5", "reason": "circular 9"}
        assert asked.payload == LAW | new | {"id": asked.payload["id"]}

    def test_other_classes_begin_with_the_newest(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        said = {"effective_on": "০১-০৭-২০২৭", "reason": "circular 9"}

        assert administrator.send("/policies/classes", **said, share_watchful="৭.৫").status_code == 303

        (asked,) = backends.of(PROPOSE_CLASS_RULES)
        changed = [one | ({"provision_bps": 750} if one["loan_class"] == "watchful" else {}) for one in RULES]
        assert asked.payload["classes"] == changed
        assert asked.payload["provision_months"] == [6, 12]
        assert asked.payload["effective_on"] == "2027-07-01"

    def test_a_freeze_has_two_days_and_a_reason(self, administrator: Visitor, backends: FakeBackends) -> None:
        said = {"from_on": "01-01-2027", "to_on": "30-06-2027", "reason": "circular 10"}

        assert administrator.send("/policies/freeze", **said).status_code == 303

        (asked,) = backends.of(PROPOSE_CLASS_FREEZE)
        days = {"from_on": "2027-01-01", "to_on": "2027-06-30"}
        assert asked.payload == said | days | {"id": asked.payload["id"]}
