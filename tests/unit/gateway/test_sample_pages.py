"""Samples at the portal: drawn, looked at, and letters to the drawn members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.audit_sample_errors import NothingToDraw
from contracts.transactions.audit_samples import (
    DRAW_SAMPLE,
    GET_SAMPLE,
    LIST_SAMPLES,
    PRINT_CONFIRMATIONS,
)
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

SAMPLE = "01a20857-0000-7000-8000-00000000d001"
HER = "01a20857-0000-7000-8000-00000000d002"
ADDRESS = f"/samples/{SAMPLE}"


def sample(of: str = "members", **item: Any) -> dict[str, Any]:
    answer = sample_answer(GET_SAMPLE)
    drawn = answer["items"][0] | {"thing_id": HER, "name_en": "Rahima Begum", "code": "101.0001"} | item
    return answer | {"id": SAMPLE, "office_id": OFFICE, "of": of, "seed": "abc123", "items": [drawn]}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    listed = {key: value for key, value in sample().items() if key != "items"}
    backends.script(LIST_SAMPLES, {"items": [listed], "next": None})
    backends.script(GET_SAMPLE, sample())
    backends.script(DRAW_SAMPLE, sample())


def test_an_auditor_says_how_many_and_the_system_draws(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    page = auditor.look("/samples")
    assert {ADDRESS, f"/samples/new/{OFFICE}"} <= set(page.links)

    typed = {"of": "members", "from_on": "01-11-2026", "to_on": "30-11-2026", "size": "২৫"}
    assert auditor.send(f"/samples/new/{OFFICE}", **typed).status_code == 303
    (asked,) = backends.of(DRAW_SAMPLE)
    days = {"from_on": "2026-11-01", "to_on": "2026-11-30"}
    wanted = {"office_id": OFFICE, "of": "members", "size": 25, **days}
    assert asked.payload == wanted | {"id": asked.payload["id"]}
    backends.script(DRAW_SAMPLE, NothingToDraw())
    assert "nothing to draw" in Page(auditor.send(f"/samples/new/{OFFICE}", **typed).text).text
    for role in (Role.BRANCH_MANAGER, Role.AREA_MANAGER):
        assert Visitor(app, backends, role).client.get(ADDRESS).status_code == 403


def test_from_a_sample_one_comes_to_each_thing_and_to_a_finding(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    page = auditor.look(ADDRESS)
    raising = f"/findings/new/{OFFICE}?about=member&thing={HER}"
    assert {f"/members/{HER}", raising} <= set(page.links)
    assert "abc123" in page.text

    backends.script(GET_SAMPLE, sample("entries", kind="deposit", total="50.00", on="2026-11-23"))
    of_entries = auditor.look(ADDRESS)
    assert "Print confirmation letters" not in of_entries.text
    assert f"/findings/new/{OFFICE}?about=entry&thing={HER}" in of_entries.links


def test_a_day_that_is_none_prints_no_letters(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)

    assert auditor.send(f"{ADDRESS}/letters", form=ADDRESS, on="31-02-2026").status_code == 422
    assert backends.of(PRINT_CONFIRMATIONS) == []
