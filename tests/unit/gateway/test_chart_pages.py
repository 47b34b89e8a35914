"""The book's order at the portal: ledgers, products' ledgers and accounts at banks are proposed. Rule P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.products import LIST_PRODUCTS
from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.chart import (
    LIST_BANK_ACCOUNTS,
    LIST_MAPPINGS,
    PROPOSE_BANK_ACCOUNT,
    PROPOSE_LEDGER,
    PROPOSE_MAPPING,
    READ_CHART,
)
from contracts.transactions.chart_errors import LedgerMisplaced
from gateway.portal.chart import below_control, depths
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

SHAPE = {"is_group": False, "is_control": False, "by_hand": True, "cash": None, "effective_on": None}
CHART: list[dict[str, Any]] = [
    {**SHAPE, "ledger": "1000", "parent": None, "is_group": True, "by_hand": False},
    {**SHAPE, "ledger": "1130", "parent": "1000", "is_control": True, "cash": "bank"},
    {**SHAPE, "ledger": "2000", "parent": None, "is_group": True, "by_hand": False},
    {**SHAPE, "ledger": "2110", "parent": "2000", "is_control": True, "by_hand": False},
    {**SHAPE, "ledger": "2111", "parent": "2110", "by_hand": False},
    {**SHAPE, "ledger": "5120", "parent": "2000"},
]
REASON = {"reason": "the board decided", "effective_on": "০১-১২-২০২৬"}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    office = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "path": "/HO/B001/"}
    backends.script(LIST_OFFICES, {"items": [office], "next": None})
    node = sample_answer(READ_CHART)["ledgers"][0]
    ledgers = [node | one | {"name_en": f"Ledger {one['ledger']}"} for one in CHART]
    backends.script(READ_CHART, {"ledgers": ledgers})
    mapping = sample_answer(LIST_MAPPINGS)["mappings"][0]
    mapping |= {"product_code": "JAG", "event": "loan", "ledger": "2111"}
    backends.script(LIST_MAPPINGS, {"mappings": [mapping]})
    product = sample_answer(LIST_PRODUCTS)["items"][0] | {"code": "JAG", "name_en": "Jagoron"}
    backends.script(LIST_PRODUCTS, sample_answer(LIST_PRODUCTS) | {"items": [product]})


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ADMINISTRATOR)


class TestTheChart:
    def test_leads_from_each_ledger_that_is_booked_on_to_its_entries(self, administrator: Visitor) -> None:
        links = administrator.look("/chart").links

        assert f"/ledgers/2111?office={OFFICE}" in links
        assert not [link for link in links if link.startswith("/ledgers/2000")]

    def test_knows_how_deep_a_ledger_stands(self) -> None:
        assert depths(CHART) == {"1000": 0, "1130": 1, "2000": 0, "2110": 1, "2111": 2, "5120": 1}

    def test_a_ledger_is_proposed(self, administrator: Visitor, backends: FakeBackends) -> None:
        answer = administrator.send(
            "/chart/new", parent="5120", ledger="৫১২১", name_bn="অফিস ভাড়া", name_en="Office rent", **REASON
        )

        assert answer.status_code == 303
        (asked,) = backends.of(PROPOSE_LEDGER)
        assert asked.payload == {
            "id": asked.payload["id"],
            "ledger": "5121",
            "parent": "5120",
            "name_bn": "অফিস ভাড়া",
            "name_en": "Office rent",
            "effective_on": "2026-12-01",
            "reason": "the board decided",
        }

    def test_a_refusal_keeps_what_was_typed(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_LEDGER, LedgerMisplaced(ledger="4121", parent="5120"))
        answer = administrator.send(
            "/chart/new", parent="5120", ledger="৪১২১", name_bn="ভাড়া", name_en="Rent", **REASON
        )

        after = Page(answer.text)
        assert answer.status_code == 422
        assert (after.fields["ledger"], after.fields["parent"]) == ("৪১২১", "5120")
        assert "4121 does not stand below 5120" in after.text


class TestLedgersOfProducts:
    def test_are_listed_with_their_names(self, administrator: Visitor) -> None:
        text = administrator.look("/mappings").text

        assert "JAG Loans outstanding 2111 · Ledger 2111" in text

    def test_offers_what_members_accounts_may_stand_under(self) -> None:
        assert [one["ledger"] for one in below_control(CHART)] == ["2110", "2111"]

    def test_one_is_proposed(self, administrator: Visitor, backends: FakeBackends) -> None:
        answer = administrator.send(
            "/mappings/new", product_code="JAG", event="loan", ledger="2111", **REASON
        )

        assert answer.status_code == 303
        (asked,) = backends.of(PROPOSE_MAPPING)
        assert asked.payload == {
            "id": asked.payload["id"],
            "product_code": "JAG",
            "event": "loan",
            "ledger": "2111",
            "effective_on": "2026-12-01",
            "reason": "the board decided",
        }


class TestAccountsAtBanks:
    def test_show_what_the_book_says_and_what_stands_on_none(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        account = sample_answer(LIST_BANK_ACCOUNTS)["accounts"][0]
        account |= {"bank_en": "Sonali Bank", "number": "0042-1177", "balance": "120000.00"}
        told = {"office_id": OFFICE, "accounts": [account], "unnamed": "500.00"}
        backends.script(LIST_BANK_ACCOUNTS, told)
        page = administrator.look("/bank-accounts")

        assert "Sonali Bank" in page.text
        assert "৳1,20,000" in page.text
        assert "On none of them ৳500" in page.text
        assert f"/ledgers/1130?office={OFFICE}" in page.links

    def test_one_is_proposed(self, administrator: Visitor, backends: FakeBackends) -> None:
        new = f"/bank-accounts/new/{OFFICE}"
        answer = administrator.send(
            new, bank_bn="সোনালী", bank_en="Sonali", branch="Natore", number="০০৪২-১১৭৭", reason="new branch"
        )

        assert answer.status_code == 303
        (asked,) = backends.of(PROPOSE_BANK_ACCOUNT)
        assert asked.payload == {
            "id": asked.payload["id"],
            "office_id": OFFICE,
            "bank_bn": "সোনালী",
            "bank_en": "Sonali",
            "branch": "Natore",
            "number": "0042-1177",
            "reason": "new branch",
        }


@pytest.mark.parametrize("address", ["/chart", "/mappings", "/bank-accounts"])
def test_who_only_reads_is_led_to_no_proposal(app: Flask, backends: FakeBackends, address: str) -> None:
    links = Visitor(app, backends, Role.ACCOUNTANT).look(address).links

    assert [link for link in links if "/new" in link] == []


@pytest.mark.parametrize("address", ["/chart/new", "/mappings/new", f"/bank-accounts/new/{OFFICE}"])
def test_nor_may_he_go_there(app: Flask, backends: FakeBackends, address: str) -> None:
    assert Visitor(app, backends, Role.ACCOUNTANT).client.get(address).status_code == 403
