"""Lists of the portal as files: what is shown goes along, all of it, for a purpose and to somebody."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from contracts.accounts import LIST_MEMBERS
from contracts.accounts.loans import LIST_LOANS
from contracts.accounts.reschedules import LIST_RESCHEDULES
from contracts.errors import InvalidPayload
from contracts.identity import LIST_ACTING, LIST_OFFICES, LIST_STAFF
from contracts.permissions import PERMISSIONS, Role
from contracts.transactions.excesses import LIST_EXCESSES
from contracts.transactions.reports import RECORD_LIST_EXPORT
from contracts.transactions.reports_words import ListName
from gateway.portal.lists import PLACES
from tests.support.gateway import OFFICE, sample_answer
from tests.support.report_pages import LEAVING
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from contracts.calls import Method
    from gateway.portal.listings import Listing
    from tests.support.gateway import FakeBackends

WHY = {"purpose": "own_work", "recipient": "own_office"}
TRUE_TO_LIFE: dict[Method, dict[str, str]] = {
    LIST_MEMBERS: {"status": "active"},
    LIST_STAFF: {"status": "active", "role": "accountant"},
    LIST_ACTING: {"role": "branch_manager"},
    LIST_RESCHEDULES: {"mark": "thumb"},
    LIST_EXCESSES: {"kind": "hand_over"},
}
"""What a small valid answer leaves open, though pages have a word for it."""
ALL = [pytest.param(listing, path, id=listing.name) for listing, path in PLACES]


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Visitor:
    backends.script(RECORD_LIST_EXPORT, LEAVING)
    return Visitor(app, backends, Role.BRANCH_MANAGER)


def taken(visitor: Visitor, path: str, kind: str = "csv", **asked: str) -> bytes:
    answer = visitor.client.get(f"{path}/file.{kind}?{urlencode({**WHY, **asked})}")
    assert answer.status_code == 200, answer.headers
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def one_page(method: Method) -> dict[str, Any]:
    (item,) = sample_answer(method)["items"]
    return {**sample_answer(method), "items": [item | TRUE_TO_LIFE.get(method, {})], "next": None}


def members(*names: str, after: str | None = None) -> dict[str, Any]:
    member = sample_answer(LIST_MEMBERS)["items"][0] | {"status": "active", "code": "B001.0001.00002"}
    return {"items": [member | {"name_en": each} for each in names], "next": after}


@pytest.mark.parametrize(("listing", "path"), ALL)
def test_each_list_is_taken_along_from_its_page(
    app: Flask, backends: FakeBackends, listing: Listing, path: str
) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"level": "branch", "id": OFFICE}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    backends.script(listing.method, one_page(listing.method))
    whoever = next(
        visitor
        for visitor in (Visitor(app, backends, one) for one in Role)
        if f'formaction="{path}/file.xlsx' in visitor.client.get(path).text
    )
    backends.script(RECORD_LIST_EXPORT, LEAVING)
    heading, *rows, mark = rows_of(taken(whoever, path))

    assert len(heading) == len(set(heading)) == len(listing.columns)
    assert len(rows) == 1
    assert "128" in mark[0]
    (recorded,) = backends.of(RECORD_LIST_EXPORT)
    assert (recorded.payload["list"], recorded.payload["rows"]) == (listing.name, 1)


def test_each_list_that_the_register_knows_has_its_page() -> None:
    assert {listing.name for listing, _ in PLACES} == set(ListName)


def test_a_file_has_all_pages_of_what_is_asked_for(manager: Visitor, backends: FakeBackends) -> None:
    pages = {None: members("Rahima", "Amina", after=AN_ID), AN_ID: members("=Fatema")}
    backends.script(LIST_MEMBERS, lambda payload, _: pages[payload.get("after")])
    _, *rows, _ = rows_of(taken(manager, "/members", status="active", after=OFFICE))

    assert [row[1] for row in rows] == ["Rahima", "Amina", "'=Fatema"]
    asked = [{key: said for key, said in one.payload.items() if said} for one in backends.of(LIST_MEMBERS)]
    assert asked == [{"status": "active"}, {"status": "active", "after": AN_ID}]
    assert backends.of(RECORD_LIST_EXPORT)[0].payload["rows"] == 3


def test_amounts_and_words_are_those_of_people_and_programs(manager: Visitor, backends: FakeBackends) -> None:
    loan = sample_answer(LIST_LOANS)["items"][0] | {"state": "approved", "principal": "125000.00"}
    backends.script(LIST_LOANS, {"items": [loan], "next": None})
    sheet = load_workbook(io.BytesIO(taken(manager, "/loans", "xlsx"))).active
    assert sheet is not None
    cells = [cell.value for cell in sheet[sheet.max_row]]

    assert 125000 in cells
    assert "approved" in cells


@pytest.mark.rule("P10")
def test_rows_stay_back_where_the_register_says_so(manager: Visitor, backends: FakeBackends) -> None:
    backends.script(LIST_MEMBERS, members("Rahima", "Amina"))
    backends.script(RECORD_LIST_EXPORT, LEAVING | {"left_out": 2})
    heading, mark = rows_of(taken(manager, "/members"))

    assert heading
    assert "2 rows" in mark[0]


@pytest.mark.rule("P10")
def test_no_file_without_what_for_and_to_whom(manager: Visitor, backends: FakeBackends) -> None:
    backends.script(LIST_MEMBERS, members("Rahima"))
    backends.script(RECORD_LIST_EXPORT, InvalidPayload({"recipient": ["REQUIRED"]}))
    answer = manager.client.get("/members/file.csv?purpose=audit&status=active")

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/members?")
    assert "status=active" in answer.headers["Location"]
    assert 'value="audit" selected' in manager.client.get(answer.headers["Location"]).text


def test_what_is_too_long_is_not_begun(
    manager: Visitor, backends: FakeBackends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.portal.listings.LONGEST", 1)
    backends.script(LIST_MEMBERS, members("Rahima", "Amina"))
    answer = manager.client.get(f"/members/file.csv?{urlencode(WHY)}")

    assert answer.status_code == 303
    assert backends.of(RECORD_LIST_EXPORT) == []
    assert "more than 1 rows" in manager.client.get(answer.headers["Location"]).text


def test_whom_no_report_is_shown_takes_no_list_along(
    app: Flask, backends: FakeBackends, monkeypatch: pytest.MonkeyPatch
) -> None:
    backends.script(LIST_MEMBERS, members("Rahima"))
    monkeypatch.setitem(PERMISSIONS, Role.FIELD_OFFICER, PERMISSIONS[Role.FIELD_OFFICER] - {"report:read"})
    without = Visitor(app, backends, Role.FIELD_OFFICER)

    assert "file.csv" not in without.client.get("/members").text
    assert without.client.get(f"/members/file.csv?{urlencode(WHY)}").status_code == 403


def test_columns_are_what_the_list_answers_with() -> None:
    for listing, _ in PLACES:
        (item, *_) = sample_answer(listing.method)["items"]
        for each in listing.columns:
            assert each.key in item or f"{each.key}_bn" in item, (listing.name, each.key)
