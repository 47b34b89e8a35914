"""A branch is brought over at the portal: its file sent once, its faults told, its lists confirmed (P13)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.cut_overs import (
    ADD_CUT_OVER_ROWS,
    CHECK_CUT_OVER,
    GET_CUT_OVER,
    LIST_CUT_OVER_FAULTS,
    OPEN_CUT_OVER,
)
from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.cut_over import CONFIRM_SAMITY_LIST, READ_CUT_OVER_TOTALS
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P13")
NEW = "/cut-overs/new"
ONE = f"/cut-overs/{AN_ID}"
SAMITIES = "source_id,name_bn,name_en,kind,village,meeting_weekday,officer,opened_on,max_members\n"
ROW = "K-1,শাপলা,Shapla,female,গোকুল,3,Rafiqul,01-03-2019,30\n"
HEAD = {"on": "২৬-১১-২০২৬", "reference": "old books", "ledger": "savings gs ৫,০০০\n"}


@pytest.fixture(autouse=True)
def branch(backends: FakeBackends) -> None:
    office = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch"}
    backends.script(LIST_OFFICES, {"items": [office], "next": None})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


def standing(backends: FakeBackends, **said: Any) -> None:
    none = {"products": [], "faults": 0, "refusal": None}
    backends.script(GET_CUT_OVER, sample_answer(GET_CUT_OVER) | none | said)


def bring(visitor: Visitor, content: str = SAMITIES + ROW, **typed: str) -> Any:
    held = visitor.look(NEW).fields
    file = {"books": (BytesIO(content.encode()), "samities.csv")}
    return visitor.client.post(NEW, data=held | HEAD | typed | file, content_type="multipart/form-data")


class TestFile:
    def test_is_opened_sent_and_checked(self, accountant: Visitor, backends: FakeBackends) -> None:
        answer = bring(accountant)

        assert answer.status_code == 303
        (opened,), (sent,), (checked,) = (
            backends.of(method) for method in (OPEN_CUT_OVER, ADD_CUT_OVER_ROWS, CHECK_CUT_OVER)
        )
        assert opened.payload["on"] == "2026-11-26"
        assert opened.payload["ledger"] == [{"sheet": "savings", "product_code": "GS", "amount": "5000.00"}]
        (row,) = sent.payload["rows"]
        assert (row["sheet"], row["row"], row["cells"]["name_en"]) == ("samities", 2, "Shapla")
        assert checked.payload["id"] == opened.payload["id"] == sent.payload["id"]

    @pytest.mark.parametrize(
        ("content", "typed", "told"),
        [
            ("a,b\n1,2\n", {}, "Columns are missing"),
            (SAMITIES, {}, "The file has no rows"),
            (SAMITIES + ROW, {"ledger": "savings GS 5\nall the rest"}, "Line 2 cannot be read"),
        ],
    )
    def test_that_is_none_is_told_and_nothing_is_sent(
        self, accountant: Visitor, backends: FakeBackends, content: str, typed: dict[str, str], told: str
    ) -> None:
        answer = bring(accountant, content, **typed)

        assert told in Page(answer.text).text
        assert backends.of(OPEN_CUT_OVER) == []


class TestStanding:
    def test_says_what_is_wrong_with_each_cell(self, accountant: Visitor, backends: FakeBackends) -> None:
        standing(backends, state="faulty", faults=3)
        cells = (
            ("members", 5, "admitted_on", "NOT_AFTER:2026-11-26"),
            ("savings", 9, "amount", "AMOUNT_NOT_OFFERED:100.00:50.00"),
            ("savings", 10, "months", "TERM_NOT_OFFERED:36, 60"),
        )
        items = [
            {"number": number, "sheet": sheet, "row": row, "column": column, "code": code}
            for number, (sheet, row, column, code) in enumerate(cells, start=1)
        ]
        backends.script(LIST_CUT_OVER_FAULTS, {"items": items, "next": None})

        told = accountant.look(ONE).text

        assert "This cannot be after 26-11-2026." in told
        assert "This product takes at least ৳100, in steps of ৳50." in told
        accountant.client.set_cookie("language", "bn")
        assert "মেয়াদ হতে পারে ৩৬, ৬০ মাস।" in accountant.look(ONE).text

    def test_says_why_a_branch_was_refused(self, accountant: Visitor, backends: FakeBackends) -> None:
        why = {"code": "CUT_OVER_ON_ANOTHER_DAY", "facts": {"on": "2026-11-26"}}
        standing(backends, state="refused", refusal=why)

        assert "opening balances are of 26-11-2026" in accountant.look(ONE).text

    def test_shows_the_book_beside_the_file(self, accountant: Visitor, backends: FakeBackends) -> None:
        product = {"sheet": "loans", "product_code": "JAG", "accounts": 1, "ledger": None, "difference": None}
        standing(backends, state="entered", products=[product | {"file": "7500.00"}])
        booked = {"kind": "loans", "product_code": "JAG", "accounts": 1, "amount": "7501.00"}
        totals = sample_answer(READ_CUT_OVER_TOTALS) | {"products": [booked], "suspense": "-500.00"}
        backends.script(READ_CUT_OVER_TOTALS, totals)

        told = accountant.look(ONE).text

        assert "৳7,500 – – ৳7,501" in told
        assert "-৳500" in told


def test_a_list_is_confirmed_but_for_unknown_codes(accountant: Visitor, backends: FakeBackends) -> None:
    form = f"/unconfirmed-balances/{AN_ID}"
    typed = {"read_out_on": "২৮-১১-২০২৬", "mark": "thumb", "witness": "Jorina", "paper": "7"}

    assert accountant.send(form, **typed).status_code == 303
    (asked,) = backends.of(CONFIRM_SAMITY_LIST)
    assert (asked.payload["samity_id"], asked.payload["read_out_on"]) == (AN_ID, "2026-11-28")
    assert asked.payload["disputed"] == []
