"""From the trial balance to a ledger's lines, to the entry, to its sheet and hand-over: by links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.books import LIST_LEDGER_LINES, READ_ENTRY
from contracts.transactions.ledger import LIST_ENTRIES
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    office = sample_answer(LIST_OFFICES)["items"][0]
    branch = office | {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    for method in (LIST_ENTRIES, LIST_LEDGER_LINES):
        page = sample_answer(method)
        backends.script(method, page | {"items": [page["items"][0] | {"kind": "collection"}], "next": None})
    backends.script(READ_ENTRY, entry())


def entry(**more: Any) -> dict[str, Any]:
    told = sample_answer(READ_ENTRY)
    approval = told["approvals"][0] | {"kind": "shortage"}
    return told | {"kind": "hand_over", "approvals": [approval]} | more


@pytest.mark.parametrize("role", [Role.BRANCH_MANAGER, Role.AUDITOR])
def test_every_figure_leads_to_what_is_behind_it(app: Flask, backends: FakeBackends, role: Role) -> None:
    visitor = Visitor(app, backends, role)

    balance = visitor.look("/trial-balance")
    ledger = next(link for link in balance.links if link.startswith("/ledgers/"))
    lines = visitor.look(ledger)
    detail = next(link for link in lines.links if link.startswith("/entries/"))
    links = set(visitor.look(detail).links)

    assert {f"/sheets/{AN_ID}", f"/hand-overs/{AN_ID}", f"/members/{AN_ID}"} <= links
    assert detail in visitor.look("/entries").links


def test_who_may_not_read_sheets_is_not_led_to_them(app: Flask, backends: FakeBackends) -> None:
    links = Visitor(app, backends, Role.ADMINISTRATOR).look(f"/entries/{AN_ID}").links

    assert not [link for link in links if link.startswith(("/sheets/", "/hand-overs/"))]
