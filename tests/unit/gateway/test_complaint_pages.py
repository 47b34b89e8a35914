"""The register of complaints at the portal: what waits and for whom, one case, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.complaint_errors import CorrectionMissing
from contracts.transactions.complaints import (
    ACKNOWLEDGE_COMPLAINT,
    ANSWER_COMPLAINT,
    CONTACT_COMPLAINANT,
    GET_COMPLAINT,
    LIST_COMPLAINTS,
    LIST_TOLD_COMPLAINTS,
    TAKE_COMPLAINT,
)
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P4")

CASE = "01a20857-0000-7000-8000-00000000b007"
ENTRY = "01a20857-0000-7000-8000-00000000b008"
ADDRESS = f"/complaints/{CASE}"


def case(**more: Any) -> dict[str, Any]:
    undone: dict[str, Any] = dict.fromkeys(
        ("acknowledged_at", "contacted_at", "contact", "answered_at", "outcome", "answer")
    )
    open_case = {"id": CASE, "state": "new", "about": "no_entry", "waits_for": "branch", "escalated": []}
    may = {"may_acknowledge": True, "may_answer": True, "overdue": False}
    unset = {"correction_id": None, "owed_by_staff": None, "line": None, "sheets": []}
    return sample_answer(GET_COMPLAINT) | undone | open_case | may | unset | more


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    listed = sample_answer(LIST_COMPLAINTS)["items"][0]
    state = {"id": CASE, "state": "new", "overdue": True, "waits_for": "area", "outcome": None}
    backends.script(LIST_COMPLAINTS, {"items": [listed | state], "next": None})
    backends.script(GET_COMPLAINT, case())


def test_a_manager_sees_what_waits_and_for_whom(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.BRANCH_MANAGER).look("/complaints?waits=area")
    asked = {"office_id": OFFICE, "answered": False, "after": None, "waits_for": "area"}

    assert backends.of(LIST_COMPLAINTS)[-1].payload == asked
    assert ADDRESS in page.links
    for words in ("Overdue", "Waits for the area"):
        assert words in page.text


def test_only_what_may_be_done_is_offered(app: Flask, backends: FakeBackends) -> None:
    deeds = {f"{ADDRESS}/{deed}" for deed in ("acknowledge", "contact", "answer")}
    assert deeds <= set(Visitor(app, backends, Role.BRANCH_MANAGER).look(ADDRESS).links)

    backends.script(GET_COMPLAINT, case(may_acknowledge=False, may_answer=False))
    assert deeds.isdisjoint(Visitor(app, backends, Role.AUDITOR).look(ADDRESS).links)
    backends.script(GET_COMPLAINT, case(may_answer=False))
    assert f"{ADDRESS}/answer" not in Visitor(app, backends, Role.BRANCH_MANAGER).look(ADDRESS).links


def test_what_she_said_herself_nobody_has_taken_down(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
    backends.script(GET_COMPLAINT, case(taken_by_bn="শিরিন", taken_by_en="Shirin"))
    assert "Taken down by Shirin" in visitor.look(ADDRESS).text

    backends.script(
        GET_COMPLAINT, case(taken_by_bn=None, taken_by_en=None, escalated=["overdue"], overdue=True)
    )
    page = visitor.look(ADDRESS)
    assert "Taken down by She herself" in page.text
    assert page.html.count(">Overdue<") == 1


def test_an_officer_reads_neither_the_register_nor_a_case(app: Flask, backends: FakeBackends) -> None:
    officer = Visitor(app, backends, Role.FIELD_OFFICER)
    told = sample_answer(LIST_TOLD_COMPLAINTS)
    backends.script(LIST_TOLD_COMPLAINTS, told | {"next": None})

    for address in ("/complaints", ADDRESS, f"{ADDRESS}/answer"):
        assert officer.client.get(address).status_code == 403
    assert officer.client.get("/told-complaints").status_code == 200


def test_a_line_of_her_passbook_brings_its_ids_along(app: Flask, backends: FakeBackends) -> None:
    backends.script(TAKE_COMPLAINT, sample_answer(TAKE_COMPLAINT))
    visitor = Visitor(app, backends, Role.ACCOUNTANT)
    address = f"/take-complaint?entry={ENTRY}&row={ENTRY}&member=001-0001.00012"
    page = visitor.look(address)
    assert page.fields["member_code"] == "001-0001.00012"
    assert "account_code" not in page.fields

    visitor.send(address, said="It was 200", via="phone", about="entry", against="officer")
    asked = backends.of(TAKE_COMPLAINT)[-1].payload
    assert (asked["entry_id"], asked["row_id"], asked["about"], asked["via"]) == (
        ENTRY,
        ENTRY,
        "entry",
        "phone",
    )
    assert (asked["account_code"], asked["on"]) == (None, None)


def test_what_is_said_at_the_counter_goes_to_the_service(app: Flask, backends: FakeBackends) -> None:
    backends.script(TAKE_COMPLAINT, sample_answer(TAKE_COMPLAINT))
    visitor = Visitor(app, backends, Role.FIELD_OFFICER)
    said = {"member_code": "001-0001.00012", "via": "counter", "about": "no_entry", "against": "officer"}
    visitor.send("/take-complaint", **said, account_code="GS.১", on="20-11-2026", said="200 taka")

    asked = backends.of(TAKE_COMPLAINT)[-1].payload
    assert (asked["account_code"], asked["on"], asked["entry_id"]) == ("GS.1", "2026-11-20", None)


def test_acknowledging_and_speaking_with_her(app: Flask, backends: FakeBackends) -> None:
    for method in (ACKNOWLEDGE_COMPLAINT, CONTACT_COMPLAINANT):
        backends.script(method, case())
    visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
    visitor.send(f"{ADDRESS}/acknowledge", contact="")
    visitor.send(f"{ADDRESS}/contact", contact="visit")

    assert backends.of(ACKNOWLEDGE_COMPLAINT)[-1].payload == {"id": CASE, "contact": None}
    assert backends.of(CONTACT_COMPLAINANT)[-1].payload == {"id": CASE, "contact": "visit"}


def test_a_right_paper_names_its_entry_by_the_address_of_its_page(app: Flask, backends: FakeBackends) -> None:
    backends.script(ANSWER_COMPLAINT, CorrectionMissing())
    visitor = Visitor(app, backends, Role.AREA_MANAGER)
    found = {"outcome": "paper_right", "answer": "The row was never written"}
    refused = visitor.send(f"{ADDRESS}/answer", **found)
    assert "put her account right" in Page(refused.text).text

    backends.script(ANSWER_COMPLAINT, case())
    visitor.send(
        f"{ADDRESS}/answer", **found, correction_id=f"https://portal.example/book/entries/{ENTRY}?a=1"
    )
    assert backends.of(ANSWER_COMPLAINT)[-1].payload == {"id": CASE, **found, "correction_id": ENTRY}


def test_of_behavior_other_outcomes_are_offered_and_no_correction(app: Flask, backends: FakeBackends) -> None:
    backends.script(GET_COMPLAINT, case(about="conduct"))
    page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"{ADDRESS}/answer")

    assert "The complaint is justified" in page.text
    assert "The passbook is right" not in page.text
    assert "correction_id" not in page.fields
