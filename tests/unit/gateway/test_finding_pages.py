"""Findings at the portal: raised from the page of a thing, answered, asked again, closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.finding_errors import FindingMovedOn
from contracts.transactions.findings import (
    ANSWER_FINDING,
    ASK_FINDING_AGAIN,
    CLOSE_FINDING,
    GET_FINDING,
    LIST_FINDINGS,
    RAISE_FINDING,
)
from gateway.edge import today
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

FINDING = "01a20857-0000-7000-8000-00000000c001"
MEMBER = "01a20857-0000-7000-8000-00000000c002"
ADDRESS = f"/findings/{FINDING}"
SAID = "The key of the vault was with one person"


def finding(state: str = "open", step: int = 1, **more: Any) -> dict[str, Any]:
    answer = sample_answer(GET_FINDING)
    kinds = ["raised", "answered", "closed"][:step]
    first = answer["steps"][0] | {"said": SAID}
    steps = [first | {"number": at, "kind": kind} for at, kind in enumerate(kinds, start=1)]
    about = {"about": "member", "about_id": MEMBER, "about_code": "101.0001", "about_name_en": "Rahima"}
    standing = {"id": FINDING, "office_id": OFFICE, "state": state, "step": step, "overdue": False}
    return answer | about | standing | {"said": SAID, "steps": steps} | more


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    listed = {key: value for key, value in finding(overdue=True).items() if key != "steps"}
    backends.script(LIST_FINDINGS, {"items": [listed], "next": None})
    backends.script(GET_FINDING, finding())
    for method in (RAISE_FINDING, ANSWER_FINDING, ASK_FINDING_AGAIN, CLOSE_FINDING):
        backends.script(method, finding())


def test_what_was_found_stands_in_a_list_with_what_is_overdue(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.BRANCH_MANAGER).look("/findings?state=open")

    asked = {"office_id": OFFICE, "state": "open", "after": None}
    assert backends.of(LIST_FINDINGS)[-1].payload == asked
    for said in (SAID, "Overdue", "Rahima"):
        assert said in page.text
    assert ADDRESS in page.links
    assert f"/findings/new/{OFFICE}" not in page.links


def test_an_auditor_raises_one_about_whose_page_he_comes_from(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    address = f"/findings/new/{OFFICE}?about=member&thing={MEMBER}"
    assert f"/findings/new/{OFFICE}" in auditor.look("/findings").links

    assert auditor.send(address, said=SAID).status_code == 303
    (asked,) = backends.of(RAISE_FINDING)
    until = (today() + timedelta(days=14)).isoformat()
    wanted = {"office_id": OFFICE, "about": "member", "about_id": MEMBER, "said": SAID, "answer_by": until}
    assert asked.payload == wanted | {"id": asked.payload["id"]}
    assert Visitor(app, backends, Role.BRANCH_MANAGER).client.get(address).status_code == 403


def test_the_office_answers_what_it_has_read(app: Flask, backends: FakeBackends) -> None:
    manager = Visitor(app, backends, Role.BRANCH_MANAGER)
    page = manager.look(ADDRESS)
    assert f"{ADDRESS}/answer?step=2" in page.links
    assert not {link for link in page.links if link.startswith((f"{ADDRESS}/again", f"{ADDRESS}/close"))}

    assert SAID in manager.look(f"{ADDRESS}/answer?step=2").text
    assert manager.send(f"{ADDRESS}/answer?step=2", said="Two have it now").status_code == 303
    (asked,) = backends.of(ANSWER_FINDING)
    assert asked.payload == {"id": FINDING, "step": 2, "said": "Two have it now"}
    backends.script(ANSWER_FINDING, FindingMovedOn(step=2))
    refused = Page(manager.send(f"{ADDRESS}/answer?step=2", said="Two have it now").text)
    assert "another step" in refused.text


def test_what_is_written_in_several_lines_is_sent_in_one(app: Flask, backends: FakeBackends) -> None:
    manager = Visitor(app, backends, Role.BRANCH_MANAGER)
    typed = "We changed the lock.\r\n\r\nThe second key is with the area."
    answer = manager.send(f"{ADDRESS}/answer?step=2", said=typed)

    assert answer.status_code == 303
    (sent,) = backends.of(ANSWER_FINDING)
    assert sent.payload["said"] == "We changed the lock. The second key is with the area."


def test_the_auditor_asks_again_or_closes(app: Flask, backends: FakeBackends) -> None:
    backends.script(GET_FINDING, finding("answered", 2))
    auditor = Visitor(app, backends, Role.AUDITOR)
    links = auditor.look(ADDRESS).links
    assert {f"{ADDRESS}/again?step=3", f"{ADDRESS}/close?step=3"} <= set(links)

    auditor.send(f"{ADDRESS}/again?step=3", said="Since when?", answer_by="07-12-2026")
    auditor.send(f"{ADDRESS}/close?step=3", said="Seen")
    (again,), (closed,) = backends.of(ASK_FINDING_AGAIN), backends.of(CLOSE_FINDING)
    assert again.payload == {"id": FINDING, "step": 3, "said": "Since when?", "answer_by": "2026-12-07"}
    assert closed.payload == {"id": FINDING, "step": 3, "said": "Seen"}
    assert auditor.client.get(f"{ADDRESS}/close").status_code == 303
