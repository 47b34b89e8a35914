"""What was counted too much at the portal: how old it is, whose it is, and when it may become income."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import LIST_MEMBERS
from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.excess_errors import ExcessSmaller
from contracts.transactions.excesses import LIST_EXCESSES, PROPOSE_EXCESS_INCOME, PROPOSE_EXCESS_RETURN
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("M7")

EXCESS = "01a20857-0000-7000-8000-00000000e001"
RETURN = f"/excesses/{OFFICE}/{EXCESS}/return"
INCOME = f"/excesses/{OFFICE}/{EXCESS}/income"


def excess(**more: Any) -> dict[str, Any]:
    known = {
        "id": EXCESS,
        "office_id": OFFICE,
        "on": "2026-11-23",
        "kind": "hand_over",
        "amount": "50.00",
        "left": "30.00",
        "days": 12,
        "income_on": "2027-02-21",
        "may_be_income": False,
        "passbooks": 3,
        "passbooks_open": 2,
        "waits": False,
    }
    return sample_answer(LIST_EXCESSES)["items"][0] | known | more


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    member = sample_answer(LIST_MEMBERS)["items"][0] | {"id": AN_ID, "code": "101.0001.00001"}
    backends.script(LIST_MEMBERS, {"items": [member], "next": None})
    backends.script(LIST_EXCESSES, {"items": [excess()], "next": None})


def test_the_register_says_what_is_left_and_how_old_it_is(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.ACCOUNTANT).look("/excesses")

    for words in ("23-11-2026", "৳50", "৳30", "12", "1 of 3", "21-02-2027"):
        assert words in page.text
    assert RETURN in page.links
    assert INCOME not in page.links


def test_income_is_offered_once_it_may_be(app: Flask, backends: FakeBackends) -> None:
    backends.script(LIST_EXCESSES, {"items": [excess(may_be_income=True, waits=True)], "next": None})
    visitor = Visitor(app, backends, Role.ACCOUNTANT)

    page = visitor.look("/excesses")
    assert INCOME in page.links
    assert "waits to be decided" in page.text

    assert visitor.send(INCOME, reason="nobody asked for it").status_code == 303
    asked = backends.of(PROPOSE_EXCESS_INCOME)[-1].payload
    assert (asked["excess_id"], asked["reason"]) == (EXCESS, "nobody asked for it")


def test_who_may_only_read_is_offered_no_deed(app: Flask, backends: FakeBackends) -> None:
    links = Visitor(app, backends, Role.AUDITOR).look("/excesses").links

    assert RETURN not in links


def test_settled_ones_are_asked_for_apart(app: Flask, backends: FakeBackends) -> None:
    Visitor(app, backends, Role.AREA_MANAGER).look("/excesses?settled=yes")

    assert backends.of(LIST_EXCESSES)[-1].payload == {"office_id": OFFICE, "settled": True, "after": None}


def test_it_is_given_back_to_the_member_of_a_code(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.ACCOUNTANT)
    said = {"member_id": "১০১.০০০১.০০০০১", "amount": "৩০", "reason": "her slip says 130"}

    assert visitor.send(RETURN, **said).status_code == 303

    asked = backends.of(PROPOSE_EXCESS_RETURN)[-1].payload
    assert (asked["member_id"], asked["amount"], asked["excess_id"]) == (AN_ID, "30.00", EXCESS)


def test_a_refusal_and_an_unknown_code_stay_on_the_form(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.ACCOUNTANT)
    backends.script(PROPOSE_EXCESS_RETURN, ExcessSmaller(left="30.00"))
    said = {"member_id": "101.0001.00001", "amount": "40", "reason": "her slip says 140"}

    assert "Only ৳30 of it is left" in visitor.send(RETURN, **said).text

    backends.script(LIST_MEMBERS, {"items": [], "next": None})
    assert "There is no member under this code" in visitor.send(RETURN, **said).text
