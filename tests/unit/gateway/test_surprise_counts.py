"""Counting by surprise at the portal: found, kept, and signed by who keeps the cash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import LIST_SAMITIES
from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.surprise_counts import (
    LIST_SURPRISE_COUNTS,
    RECORD_SURPRISE_COUNT,
    SEE_SURPRISE_COUNT,
)
from tests.support.gateway import OFFICE, PERSON
from tests.support.samples import sample
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

OFFICER = "01a20857-0000-7000-8000-00000000a009"
COUNT = "01a20857-0000-7000-8000-00000000f001"


def found(**changes: Any) -> dict[str, Any]:
    return {
        **sample(RECORD_SURPRISE_COUNT.answer),
        "id": COUNT,
        "office_id": OFFICE,
        "officer_id": OFFICER,
        "officer_bn": "আব্দুর রশীদ",
        "officer_en": "Abdur Rashid",
        "total": "600.00",
        "booked": "0.00",
        "in_field": "700.00",
        "difference": "-100.00",
        "counted_by": COUNT,
        "seen_by": None,
        **changes,
    }


@pytest.fixture
def scripted(backends: FakeBackends) -> FakeBackends:
    office = {**sample(LIST_OFFICES.answer)["items"][0], "id": OFFICE, "level": "branch", "name_bn": "মিরপুর"}
    backends.script(LIST_OFFICES, {"items": [office], "next": None})
    samity = {
        **sample(LIST_SAMITIES.answer)["items"][0],
        "officer_id": OFFICER,
        "officer_name_bn": "আব্দুর রশীদ",
    }
    backends.script(LIST_SAMITIES, {"items": [samity], "next": None})
    backends.script(LIST_SURPRISE_COUNTS, {"items": [found()], "next": None})
    backends.script(RECORD_SURPRISE_COUNT, found())
    backends.script(SEE_SURPRISE_COUNT, found(seen_by=OFFICER))
    return backends


def test_an_auditor_counts_an_officers_cash(app: Flask, scripted: FakeBackends) -> None:
    auditor = Visitor(app, scripted, Role.AUDITOR, "bn")
    text = auditor.client.get("/surprise-counts").text
    for said in ("আব্দুর রশীদ", "৳৭০০", "-৳১০০", f"/surprise-counts/new/{OFFICE}"):
        assert said in text
    assert "একই টাকা দেখেছি" not in text

    page = auditor.client.get(f"/surprise-counts/new/{OFFICE}").text
    typed = {**Page(page).fields, "notes-500": "১", "notes-100": "1", "whose": OFFICER, "remark": "পথে"}
    answer = auditor.client.post(f"/surprise-counts/new/{OFFICE}", data=typed)

    assert answer.status_code == 303
    (asked,) = scripted.of(RECORD_SURPRISE_COUNT)
    assert asked.payload == {
        "id": typed["id"],
        "office_id": OFFICE,
        "officer_id": OFFICER,
        "denominations": {"500": 1, "100": 1},
        "remark": "পথে",
    }


def test_the_officer_signs_for_his_own_cash_only(app: Flask, scripted: FakeBackends) -> None:
    officer = Visitor(app, scripted, Role.FIELD_OFFICER, "bn")
    assert "একই টাকা দেখেছি" not in officer.client.get("/surprise-counts").text

    scripted.script(LIST_SURPRISE_COUNTS, {"items": [found(officer_id=PERSON)], "next": None})
    text = officer.client.get("/surprise-counts").text
    assert "একই টাকা দেখেছি" in text
    fields = {**Page(text).fields, "reply": "পথে খরচ"}
    assert officer.client.post(f"/surprise-counts/{OFFICE}/{COUNT}/seen", data=fields).status_code == 303
    (asked,) = scripted.of(SEE_SURPRISE_COUNT)
    assert asked.payload == {"id": COUNT, "reply": "পথে খরচ"}
