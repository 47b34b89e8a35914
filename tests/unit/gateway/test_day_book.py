"""The printed day book: every voucher of the day, its totals, and the seal that outsiders compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.ledger import LIST_ENTRIES
from contracts.transactions.sealed_days import READ_SEALED_DAY
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

ADDRESS = f"/day-book?office={OFFICE}&on=2026-11-23"
ROOT, SIGNATURE = "5a" * 32, "c3" * 64


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    office = sample_answer(LIST_OFFICES)["items"][0]
    offices = [office | {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/"}]
    backends.script(LIST_OFFICES, {"items": offices, "next": None})
    day = sample_answer(READ_SEALED_DAY)
    seal = day["seals"][0] | {"number": 1, "root": ROOT, "signature": SIGNATURE}
    total = day["totals"][0] | {"name_bn": "সাধারণ সঞ্চয়", "name_en": "General savings", "credit": "12345.00"}
    backends.script(READ_SEALED_DAY, day | {"status": "closed", "seals": [seal], "totals": [total]})


def entry(voucher: str) -> dict[str, Any]:
    found: dict[str, Any] = sample_answer(LIST_ENTRIES)["items"][0]
    return found | {"kind": "deposit", "voucher": voucher}


@pytest.mark.parametrize(
    ("language", "taka", "first", "second"),
    [
        ("bn", "৳১২,৩৪৫", "R-২০২৬-২৭-০০০০০১", "R-২০২৬-২৭-০০০০০২"),
        ("en", "৳12,345", "R-2026-27-000001", "R-2026-27-000002"),
    ],
    ids=["bn", "en"],
)
def test_has_all_vouchers_the_totals_and_the_seal(
    app: Flask, backends: FakeBackends, language: str, taka: str, first: str, second: str
) -> None:
    def page(payload: dict[str, Any], _asked: object) -> dict[str, Any]:
        following = payload.get("after") == "further"
        voucher = "R-2026-27-000002" if following else "R-2026-27-000001"
        shown = sample_answer(LIST_ENTRIES) | {"items": [entry(voucher)]}
        return shown | {"next": None if following else "further"}

    backends.script(LIST_ENTRIES, page)

    text = Visitor(app, backends, Role.AUDITOR, language).look(ADDRESS).text

    for said in (ROOT, SIGNATURE, taka, first, second):
        assert said in text
    assert len(backends.of(LIST_ENTRIES)) == 2


def test_is_for_those_who_read_the_book(app: Flask, backends: FakeBackends) -> None:
    assert Visitor(app, backends, Role.FIELD_OFFICER).client.get(ADDRESS).status_code == 403


def test_without_a_day_leads_to_the_days(app: Flask, backends: FakeBackends) -> None:
    answer = Visitor(app, backends, Role.AUDITOR).client.get(f"/day-book?office={OFFICE}&on=yesterday")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/day")
