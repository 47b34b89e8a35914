"""The first page: to each what waits for him, and nothing that his role does not see to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import ServiceAway
from contracts.permissions import Role
from contracts.transactions.collection import LIST_SHEETS
from contracts.transactions.complaints import LIST_COMPLAINTS
from contracts.transactions.desk import READ_DESK
from contracts.transactions.ledger import GET_DAY
from gateway.keepers import KEEPERS
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

STAGES = (
    "sheets",
    "awaited",
    "claimed",
    "submitted",
    "handed_over",
    "unchecked",
    "finished",
    "late",
    "behind",
)


def work(**counts: int) -> dict[str, Any]:
    return {
        **dict.fromkeys((*STAGES, "sheets", "late", "behind"), 0),
        "taken": "450.00",
        "booked": "120.00",
        **counts,
    }


def branch(name: str, **counts: int) -> dict[str, Any]:
    named = {"office_id": AN_ID, "office_code": "101", "office_name_bn": name, "office_name_en": name}
    where = {"level": "branch", "branches": 1, "on": "2026-11-23", "status": "open", "days_behind": 0}
    return {**named, **where, **work(**counts)}


@pytest.fixture(autouse=True)
def desk(backends: FakeBackends) -> dict[str, Any]:
    for method in (keeper.waiting for keeper in KEEPERS.values()):
        backends.script(method, {"items": [], "next": None})
    backends.script(LIST_SHEETS, {"items": [], "next": None})
    backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": "open", "checklist": [], "warnings": []})
    told = {**sample_answer(READ_DESK), "level": "branch", "officers": []}
    told["offices"] = [branch("Mirpur", awaited=3, handed_over=2, unchecked=1)]
    backends.script(READ_DESK, told)
    return told


def text_for(app: Flask, backends: FakeBackends, role: Role, path: str = "/") -> str:
    return Visitor(app, backends, role).look(path).text


def test_a_manager_sees_what_he_must_check_and_what_the_field_owes(
    app: Flask, backends: FakeBackends
) -> None:
    text = text_for(app, backends, Role.BRANCH_MANAGER)

    assert "Sheets to check 1" in text
    assert "Sheets awaited from the field 3" in text
    assert "Hand-overs to count 2" in text
    assert "Late sheets" not in text


def test_an_auditor_is_asked_to_do_nothing(app: Flask, backends: FakeBackends) -> None:
    text = text_for(app, backends, Role.AUDITOR)

    assert "Sheets to check" not in text
    assert "Hand-overs to count" not in text
    assert "Missing before the day can end" not in text


@pytest.mark.rule("P4")
@pytest.mark.parametrize(
    ("role", "waits"), [(Role.BRANCH_MANAGER, "branch"), (Role.AREA_MANAGER, "area"), (Role.AUDITOR, "area")]
)
def test_complaints_wait_for_the_branch_and_what_left_it_for_area_and_auditor(
    app: Flask, backends: FakeBackends, role: Role, waits: str
) -> None:
    found = sample_answer(LIST_COMPLAINTS)["items"]
    backends.script(LIST_COMPLAINTS, {"items": found * 2, "next": None})
    page = Visitor(app, backends, role).look("/")

    assert "Complaints to answer 2" in page.text
    assert f"/complaints?waits={waits}" in page.links
    assert backends.of(LIST_COMPLAINTS)[-1].payload["waits_for"] == waits
    backends.script(LIST_COMPLAINTS, {"items": [], "next": None})
    assert "Complaints to answer" not in text_for(app, backends, role)


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.FIELD_OFFICER])
def test_who_may_not_read_complaints_is_told_of_none(app: Flask, backends: FakeBackends, role: Role) -> None:
    assert "Complaints to answer" not in text_for(app, backends, role)
    assert backends.of(LIST_COMPLAINTS) == []


def test_an_area_has_its_branches_side_by_side_and_looks_into_one(
    app: Flask, backends: FakeBackends, desk: dict[str, Any]
) -> None:
    offices = [branch("Sherpur", late=2), branch("Dhunat", behind=1) | {"days_behind": 4}]
    backends.script(READ_DESK, {**desk, "level": "area", "offices": offices})

    page = Visitor(app, backends, Role.AREA_MANAGER).look("/")

    assert "Late sheets of earlier days 2" in page.text
    assert "4 working days behind" in page.text
    assert backends.of(READ_DESK)[0].payload == {"office_id": OFFICE}
    assert f"/?office={AN_ID}" in page.links
    Visitor(app, backends, Role.AREA_MANAGER).look(f"/?office={AN_ID}")
    assert backends.of(READ_DESK)[-1].payload == {"office_id": AN_ID}
    assert backends.of(GET_DAY) == []


def test_an_officer_has_the_samities_of_today(app: Flask, backends: FakeBackends) -> None:
    sheet = sample_answer(LIST_SHEETS)["items"][0] | {"status": "issued", "samity_name_en": "Shapla"}
    backends.script(LIST_SHEETS, {"items": [sheet], "next": None})

    assert "Shapla" in text_for(app, backends, Role.FIELD_OFFICER)


def test_a_ledger_that_is_away_is_missed_aloud(app: Flask, backends: FakeBackends) -> None:
    backends.script(READ_DESK, ServiceAway())

    assert "not everything is shown" in text_for(app, backends, Role.BRANCH_MANAGER)
