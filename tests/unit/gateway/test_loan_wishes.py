"""What a member asks for and pays at the portal: proposals with the people beside her, and fees. L2, P10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import GET_MEMBER, LIST_MEMBERS
from contracts.accounts.loans import PROPOSE_LOAN
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS
from contracts.errors import InvalidPayload
from contracts.permissions import Role
from contracts.transactions.lending_endings import LIST_FEES, POST_FEE
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

MEMBER = "01a20857-0000-7000-8000-00000000f101"
AMENA = "01a20857-0000-7000-8000-00000000f102"
NEW = f"/loans/new/{MEMBER}"
WISH = {
    "plan": "JAG/W46",
    "principal": "২০,০০০",
    "purpose": "a shop",
    "planned_on": "০১-১২-২০২৬",
    "surplus_to": "unallocated",
}
NID = "1980123456789"


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    listed = sample_answer(LIST_PRODUCTS)["items"][0]
    jagoron = listed | {"code": "JAG", "version": 2, "in_force": True, "offered": True, "name_en": "Jagoron"}
    ended = jagoron | {"code": "OLD", "offered": False}
    backends.script(LIST_PRODUCTS, {"items": [jagoron, ended]})
    version = sample_answer(GET_PRODUCT)["versions"][0]
    terms = version["loan"]
    old, new = (
        version | {"version": number, "loan": terms | {"plans": [terms["plans"][0] | plan]}}
        for number, plan in (
            (1, {"code": "W50", "instalments": 50, "frequency": "WEEKLY"}),
            (2, {"code": "W46", "instalments": 46, "frequency": "WEEKLY"}),
        )
    )
    backends.script(GET_PRODUCT, {"code": "JAG", "kind": "loan", "versions": [new, old]})
    backends.script(LIST_MEMBERS, by_code)
    backends.script(GET_MEMBER, sample_answer(GET_MEMBER) | {"id": MEMBER})


def by_code(payload: Any, _asked: Any) -> dict[str, Any]:
    one = sample_answer(LIST_MEMBERS)["items"][0] | {"id": AMENA, "code": "101.0001.00002"}
    return {"items": [one] if payload["query"] == one["code"] else [], "next": None}


@pytest.fixture
def officer(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.FIELD_OFFICER)


class TestProposing:
    def test_offers_the_plans_that_are_lent_today(self, officer: Visitor) -> None:
        html = officer.client.get(NEW).text

        assert 'value="JAG/W46"' in html
        assert "Jagoron W46, 46 instalments · weekly" in Page(html).text
        assert "W50" not in html
        assert "OLD/" not in html

    def test_names_a_member_by_her_code(self, officer: Visitor, backends: FakeBackends) -> None:
        beside = {
            "people-1-role": "guarantor",
            "people-1-relation": "sister",
            "people-1-member_code": "১০১.০০০১.০০০০২",
        }
        held = officer.look(NEW).fields

        assert officer.client.post(NEW, data=held | WISH | beside).status_code == 303

        (asked,) = backends.of(PROPOSE_LOAN)
        guarantor = {"role": "guarantor", "relation": "sister", "member_id": AMENA}
        assert asked.payload == {
            "id": held["id"],
            "member_id": MEMBER,
            "product_code": "JAG",
            "plan_code": "W46",
            "principal": "20000.00",
            "purpose": "a shop",
            "planned_on": "2026-12-01",
            "people": [guarantor | {"name": None, "birth_on": None, "consent": None}],
            "people_nids": None,
            "bank_account": None,
            "surplus_to": "unallocated",
            "cheque_security": None,
        }

    @pytest.mark.rule("P10")
    def test_writes_down_anybody_else_with_number_and_consent(
        self, officer: Visitor, backends: FakeBackends
    ) -> None:
        beside = {
            "people-0-role": "co_applicant",
            "people-0-relation": "husband",
            "people-0-name": "Rafiq",
            "people-0-birth_on": "০৫-০৬-১৯৮০",
            "people-0-nid": "১৯৮০১২৩৪৫৬৭৮৯",
            "people-0-mark": "signature",
            "people-0-witness": "Karim",
        }
        held = officer.look(NEW).fields
        officer.client.post(NEW, data=held | WISH | beside)

        (asked,) = backends.of(PROPOSE_LOAN)
        (husband,) = asked.payload["people"]
        consent = husband.pop("consent")
        assert husband == {
            "role": "co_applicant",
            "relation": "husband",
            "member_id": None,
            "name": "Rafiq",
            "birth_on": "1980-06-05",
        }
        assert {name: consent[name] for name in ("mark", "witness", "read_aloud_by", "language")} == {
            "mark": "signature",
            "witness": "Karim",
            "read_aloud_by": "রহিমা খাতুন",
            "language": "bn",
        }
        assert asked.payload["people_nids"] == NID

    def test_says_which_code_is_nobodys(self, officer: Visitor, backends: FakeBackends) -> None:
        beside = {"people-0-relation": "sister", "people-0-member_code": "101.0001.00009"}
        held = officer.look(NEW).fields

        answer = officer.client.post(NEW, data=held | WISH | beside)

        assert answer.status_code == 422
        assert "no member with the code 101.0001.00009" in Page(answer.text).text
        assert Page(answer.text).fields["people-0-relation"] == "sister"
        assert backends.of(PROPOSE_LOAN) == []

    def test_loses_nobody_whose_row_was_only_begun(self, officer: Visitor, backends: FakeBackends) -> None:
        held = officer.look(NEW).fields

        answer = officer.client.post(NEW, data=held | WISH | {"people-0-member_code": "101.0001.00002"})

        assert answer.status_code == 422
        assert Page(answer.text).fields["people-0-member_code"] == "101.0001.00002"
        assert backends.of(PROPOSE_LOAN) == []

    def test_says_what_is_wrong_with_the_people(self, officer: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_LOAN, InvalidPayload.of(people_nids="ONE_EACH"))

        answer = officer.send(NEW, **WISH)

        assert answer.status_code == 400
        assert "one identity number for each" in Page(answer.text).text

    def test_is_for_field_officers(self, app: Flask, backends: FakeBackends) -> None:
        assert Visitor(app, backends, Role.BRANCH_MANAGER).client.get(NEW).status_code == 403


class TestFees:
    ADDRESS = f"/members/{MEMBER}/fees"

    @pytest.mark.rule("P3")
    def test_are_taken_with_a_receipt(self, app: Flask, backends: FakeBackends) -> None:
        accountant = Visitor(app, backends, Role.ACCOUNTANT)
        assert f"{self.ADDRESS}/new" in accountant.look(self.ADDRESS).links
        said = {"kind": "passbook", "amount": "১০", "paid_by": "self"}

        answer = accountant.send(f"{self.ADDRESS}/new", **said)

        assert answer.headers["Location"].startswith("/receipts/")
        (asked,) = backends.of(POST_FEE)
        known = {"member_id": MEMBER, "amount": "10.00", "entry_id": asked.payload["entry_id"]}
        assert asked.payload == said | known

    def test_are_listed_with_those_that_were_reversed(self, app: Flask, backends: FakeBackends) -> None:
        fee = sample_answer(LIST_FEES)["items"][0] | {"kind": "form", "reversed": True}
        backends.script(LIST_FEES, {"items": [fee], "next": AN_ID})
        page = Visitor(app, backends, Role.AUDITOR).look(self.ADDRESS)

        assert "Form fee" in page.text
        assert "reversed" in page.text
        assert f"{self.ADDRESS}/new" not in page.links
        assert f"{self.ADDRESS}?after={AN_ID}" in page.links
