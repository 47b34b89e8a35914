"""Money between offices at the portal: sent to one of the others, taken in or taken back. Rule L6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.chart import LIST_BANK_ACCOUNTS, READ_CHART
from contracts.transactions.remittances import LIST_OTHER_OFFICES, LIST_REMITTANCES, SEND_MONEY, TAKE_MONEY
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

OTHER = "01a20857-0000-7000-8000-00000000b002"
REMITTANCE = "01a20857-0000-7000-8000-00000000e001"
RENT, BANK = "5120", "1130"
NEW = f"/remittances/new/{OFFICE}"


def ledger(code: str, **facts: Any) -> dict[str, Any]:
    shown = {"ledger": code, "name_en": f"Ledger {code}", "by_hand": True, "cash": None}
    return sample_answer(READ_CHART)["ledgers"][0] | shown | facts


def on_the_way(backends: FakeBackends, **facts: Any) -> None:
    """Let one thing be on its way from this office to the other one."""
    one = sample_answer(LIST_REMITTANCES)["items"][0] | {
        "id": REMITTANCE,
        "from_office_id": OFFICE,
        "to_office_id": OTHER,
        "state": "in_transit",
        "held_in": "vault",
        "ledger": None,
        "taken_on": None,
        "days": 2,
        "overdue": False,
    }
    backends.script(LIST_REMITTANCES, {"items": [one | facts], "next": None})


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "path": "/HO/B001/"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    other = {"id": OTHER, "code": "B002", "name_bn": "শেরপুর শাখা", "name_en": "Sherpur branch"}
    backends.script(LIST_OTHER_OFFICES, {"items": [other], "next": None})
    ledgers = [ledger(BANK, cash="bank"), ledger("2110", by_hand=False), ledger(RENT)]
    backends.script(READ_CHART, {"ledgers": ledgers})
    account = sample_answer(LIST_BANK_ACCOUNTS)["accounts"][0] | {"id": AN_ID, "number": "0042-1177"}
    backends.script(LIST_BANK_ACCOUNTS, sample_answer(LIST_BANK_ACCOUNTS) | {"accounts": [account]})
    on_the_way(backends)


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


class TestSending:
    def test_offers_the_other_offices_and_where_something_can_leave(self, accountant: Visitor) -> None:
        text = accountant.look(NEW).text

        assert "Sherpur branch (B002)" in text
        assert "Vault (cash)" in text
        assert "0042-1177" in text
        assert f"{RENT} · Ledger {RENT}" in text
        assert "Ledger 2110" not in text
        assert f"Ledger {BANK}" not in text

    @pytest.mark.parametrize(
        ("place", "held"),
        [
            ("vault", ("vault", None, None)),
            (f"bank/{AN_ID}", ("bank", AN_ID, None)),
            (f"ledger/{RENT}", ("ledger", None, RENT)),
        ],
    )
    def test_sends_what_was_chosen(
        self, accountant: Visitor, backends: FakeBackends, place: str, held: tuple[str | None, ...]
    ) -> None:
        typed = {"place": place, "amount": "৪,০০০", "narration": "ঋণের টাকা", "reference": "memo 12"}
        answer = accountant.send(NEW, to_office_id=OTHER, **typed)

        assert answer.status_code == 303
        (asked,) = backends.of(SEND_MONEY)
        assert asked.payload == {
            "id": asked.payload["id"],
            "from_office_id": OFFICE,
            "to_office_id": OTHER,
            "held_in": held[0],
            "bank_account_id": held[1],
            "ledger": held[2],
            "amount": "4000.00",
            "narration": "ঋণের টাকা",
            "reference": "memo 12",
        }

    def test_a_place_must_be_chosen(self, accountant: Visitor, backends: FakeBackends) -> None:
        answer = accountant.send(NEW, to_office_id=OTHER, amount="1", narration="why", reference="memo")

        assert answer.status_code == 422
        assert backends.of(SEND_MONEY) == []


class TestTheList:
    def test_leads_the_sender_back_and_to_the_entry(self, accountant: Visitor) -> None:
        links = accountant.look("/remittances").links

        assert f"/remittances/{OFFICE}/{REMITTANCE}/taking" in links
        assert f"/remittances/{OTHER}/{REMITTANCE}/taking" not in links
        assert f"/entries/{REMITTANCE}" in links

    def test_leads_the_receiver_to_taking_it_in_and_not_into_anothers_book(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        on_the_way(backends, from_office_id=OTHER, to_office_id=OFFICE)
        page = accountant.look("/remittances")

        assert "Take it in" in page.text
        assert f"/remittances/{OFFICE}/{REMITTANCE}/taking" in page.links
        assert f"/entries/{REMITTANCE}" not in page.links

    def test_lets_who_only_reads_take_nothing(self, app: Flask, backends: FakeBackends) -> None:
        links = Visitor(app, backends, Role.BRANCH_MANAGER).look("/remittances").links

        assert [link for link in links if link.endswith("/taking") or "/new/" in link] == []

    @pytest.mark.parametrize(("address", "asked"), [("/remittances", True), ("/remittances?all=yes", False)])
    def test_shows_what_is_on_its_way_or_all(
        self, accountant: Visitor, backends: FakeBackends, address: str, asked: object
    ) -> None:
        accountant.look(address)

        assert backends.of(LIST_REMITTANCES)[-1].payload["in_transit"] is asked


class TestTaking:
    TAKING = f"/remittances/{OFFICE}/{REMITTANCE}/taking"

    def test_money_comes_into_the_vault_or_a_bank(self, accountant: Visitor, backends: FakeBackends) -> None:
        on_the_way(backends, from_office_id=OTHER, to_office_id=OFFICE)
        assert f"Ledger {RENT}" not in accountant.look(self.TAKING).text
        answer = accountant.send(self.TAKING, place="vault", reference="memo 12, received")

        assert answer.status_code == 303
        (asked,) = backends.of(TAKE_MONEY)
        assert asked.payload == {
            "id": asked.payload["id"],
            "remittance_id": REMITTANCE,
            "office_id": OFFICE,
            "held_in": "vault",
            "bank_account_id": None,
            "ledger": None,
            "reference": "memo 12, received",
        }

    def test_a_charge_comes_onto_a_ledger(self, accountant: Visitor, backends: FakeBackends) -> None:
        on_the_way(backends, held_in="ledger", ledger=RENT)
        page = accountant.look(self.TAKING)

        assert f"Ledger {RENT}" in page.text
        assert "Vault (cash)" not in page.text
        assert "Take it back" in page.text

    def test_what_is_not_on_its_way_any_more_is_said_so(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(LIST_REMITTANCES, {"items": [], "next": None})
        answer = accountant.client.get(self.TAKING)

        assert answer.status_code == 404
