"""What is missing for a closing names where it is put right: an address of the API and a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts.permissions import Role
from contracts.transactions.collection import GET_SHEET
from contracts.transactions.ledger import CLOSE_DAY, GET_DAY
from contracts.transactions.ledger_errors import DayNotReady
from gateway.checklists import LINKS, links_of
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

SHEET = {"code": "SHEET_NOT_AUTHORISED", "facts": {"sheet_id": AN_ID}}
FACTS = dict.fromkeys(("office_id", "sheet_id", "handover_id", "approval_id"), AN_ID) | {"month": "2026-11"}
PAGE = f"/sheets/{AN_ID}"


def asked(app: Flask, backends: FakeBackends, verb: str, path: str) -> Any:
    token = backends.sign_in(Role.BRANCH_MANAGER)
    headers = {"Authorization": f"Bearer {token}"}
    return (
        app.test_client().open(path, method=verb, headers=headers, json={} if verb == "POST" else None).json
    )


def test_everything_that_can_be_missing_has_its_addresses(app: Flask) -> None:
    with app.test_request_context():
        for code in LINKS:
            assert re.fullmatch(r"/api/v1/\S+", links_of(code, FACTS)["api"])
            assert re.fullmatch(r"/[a-z]+\S*", links_of(code, FACTS)["page"])


def test_what_nobody_knows_has_none(app: Flask) -> None:
    with app.test_request_context():
        assert links_of("A_NEW_CODE", {}) == {}


def test_the_day_answers_with_links(app: Flask, backends: FakeBackends) -> None:
    backends.script(GET_DAY, sample_answer(GET_DAY) | {"checklist": [SHEET]})

    answer = asked(app, backends, "GET", f"/api/v1/offices/{AN_ID}/day")

    assert answer["checklist"][0]["links"] == {"api": f"/api/v1/sheets/{AN_ID}", "page": PAGE}


@pytest.mark.rule("M7")
@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("VAULT_OVER_LIMIT", "vouchers"),
        ("VAULT_WILL_PASS_LIMIT", "vouchers"),
        ("LONG_ON_ITS_WAY", "remittances"),
    ],
)
def test_a_warning_leads_to_where_one_acts(app: Flask, backends: FakeBackends, code: str, page: str) -> None:
    facts = {"vault": "9.00", "in_field": "1.00", "limit": "8.00", "count": 1, "amount": "5.00"}
    warning = {"code": code, "facts": facts | {"since": "2026-11-19"}}
    backends.script(GET_DAY, sample_answer(GET_DAY) | {"warnings": [warning], "checklist": []})

    answer = asked(app, backends, "GET", f"/api/v1/offices/{AN_ID}/day")

    assert answer["warnings"][0]["links"]["page"] == f"/{page}?office={AN_ID}"


def test_a_refused_closing_lists_links(app: Flask, backends: FakeBackends) -> None:
    backends.script(CLOSE_DAY, DayNotReady(items=[SHEET]))

    answer = asked(app, backends, "POST", f"/api/v1/offices/{AN_ID}/days/2026-11-23/closing")

    assert answer["code"] == "DAY_NOT_READY"
    assert answer["facts"]["items"][0]["links"]["page"] == PAGE


@pytest.mark.rule("M17")
def test_a_sheet_is_printed_for_paper_with_what_is_due(app: Flask, backends: FakeBackends) -> None:
    account = sample_answer(GET_SHEET)["rows"][0]["accounts"][0] | {"balance": "1200.00", "loan": None}
    loan = {
        "number": 7,
        "instalments": 46,
        "opening_due": "0.00",
        "opening_advance": "0.00",
        "recoverable": "242.00",
        "due": "242.00",
        "outstanding": "8400.00",
    }
    member = {
        "member_id": AN_ID,
        "code": "101.0001.00001",
        "name_bn": "রহিমা",
        "name_en": "Rahima",
        "rows": [],
    }
    accounts = [account, account | {"loan": loan}]
    rows = [member | {"accounts": accounts, "rows": []}]
    sheet = sample_answer(GET_SHEET) | {"rows": rows, "meeting_on": "2026-11-24"}
    backends.script(GET_SHEET, sheet)

    page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"/sheets/{AN_ID}/paper").text

    for words in ("24-11-2026", "Rahima", "৳1,200", "৳8,400", "7 / 46", "৳242"):
        assert words in page
