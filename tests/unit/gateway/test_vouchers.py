"""Vouchers at the portal: lines are typed as one table, kept as typed, and sent as the ledger takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.chart import LIST_BANK_ACCOUNTS, READ_CHART
from contracts.transactions.manual import GET_MANUAL_VOUCHER, PROPOSE_VOUCHER, UNDO_VOUCHER
from contracts.transactions.manual_errors import VoucherUnbalanced
from gateway.portal.voucher_lines import MOST, TypedLine, drawn, typed_lines
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

NEW = f"/vouchers/new/{OFFICE}"
RENT, BANK, SAVINGS = "5120", "1130", "2110"
HEAD = {"kind": "payment", "narration": "অফিস ভাড়া", "reference": "bill 7"}
LINES = {"place-0": RENT, "debit-0": "১২,০০০.৫", "place-3": f"{BANK}/{AN_ID}", "credit-3": "12000.50"}


def ledger(code: str, name: str, *, by_hand: bool = True, cash: str | None = None) -> dict[str, Any]:
    shown = {"ledger": code, "name_bn": name, "name_en": name, "by_hand": by_hand, "cash": cash}
    return sample_answer(READ_CHART)["ledgers"][0] | shown


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "path": "/HO/B001/"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    ledgers = [
        ledger(BANK, "At bank", cash="bank"),
        ledger(SAVINGS, "Savings", by_hand=False),
        ledger(RENT, "Rent"),
    ]
    backends.script(READ_CHART, {"ledgers": ledgers})
    account = sample_answer(LIST_BANK_ACCOUNTS)["accounts"][0]
    kept = account | {"id": AN_ID, "bank_en": "Sonali Bank", "number": "0042"}
    backends.script(LIST_BANK_ACCOUNTS, sample_answer(LIST_BANK_ACCOUNTS) | {"accounts": [kept]})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


class TestWriting:
    def test_offers_what_a_hand_may_post_on_and_no_bank_but_by_its_account(self, accountant: Visitor) -> None:
        text = accountant.look(NEW).text

        assert f"{BANK} · At bank · Sonali Bank · 0042" in text
        assert f"{RENT} · Rent" in text
        assert "Savings" not in text

    def test_sends_the_lines_that_were_typed(self, accountant: Visitor, backends: FakeBackends) -> None:
        held = accountant.look(NEW).fields
        answer = accountant.client.post(NEW, data=held | HEAD | LINES)

        assert answer.status_code == 303
        (asked,) = backends.of(PROPOSE_VOUCHER)
        assert asked.payload == HEAD | {
            "id": held["id"],
            "office_id": OFFICE,
            "lines": [
                {"ledger": RENT, "bank_account_id": None, "side": "debit", "amount": "12000.50"},
                {"ledger": BANK, "bank_account_id": AN_ID, "side": "credit", "amount": "12000.50"},
            ],
        }

    @pytest.mark.parametrize(
        "half", [{"place-1": RENT}, {"debit-1": "5"}, {"place-1": RENT, "debit-1": "5", "credit-1": "5"}]
    )
    def test_asks_nobody_about_a_line_that_is_half_written(
        self, accountant: Visitor, backends: FakeBackends, half: dict[str, str]
    ) -> None:
        held = accountant.look(NEW).fields
        answer = accountant.client.post(NEW, data=held | HEAD | LINES | half)

        assert "Give each line a ledger" in Page(answer.text).text
        assert backends.of(PROPOSE_VOUCHER) == []

    def test_keeps_all_that_was_typed_when_it_is_refused(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(PROPOSE_VOUCHER, VoucherUnbalanced(debits="12000.50", credits="12000.00"))
        held = accountant.look(NEW).fields
        answer = accountant.client.post(NEW, data=held | HEAD | LINES)

        after = Page(answer.text).fields
        assert answer.status_code == 422
        assert {name: after[name] for name in ("id", "narration", "place-0", "debit-0")} == {
            "id": held["id"],
            "narration": HEAD["narration"],
            "place-0": RENT,
            "debit-0": "১২,০০০.৫",
        }
        assert (after["place-1"], after["credit-1"]) == (f"{BANK}/{AN_ID}", "12000.50")

    def test_more_lines_are_there_for_the_asking_and_nothing_is_sent(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        held = accountant.look(NEW).fields
        lines = {f"place-{number}": RENT for number in range(4)}
        answer = accountant.client.post(NEW, data=held | lines | {"more": "yes"})

        assert "place-5" in Page(answer.text).fields
        assert 'role="alert"' not in answer.text
        assert backends.of(PROPOSE_VOUCHER) == []


class TestUndoing:
    def test_is_led_to_from_what_is_in_the_book(self, accountant: Visitor, backends: FakeBackends) -> None:
        voucher = sample_answer(GET_MANUAL_VOUCHER) | {"state": "posted", "undoes_id": None}
        backends.script(GET_MANUAL_VOUCHER, voucher)
        address = f"/vouchers/{AN_ID}/undoing"

        assert address in accountant.look(f"/vouchers/{AN_ID}").links
        assert accountant.send(address, reason="wrong ledger").status_code == 303
        (asked,) = backends.of(UNDO_VOUCHER)
        assert (asked.payload["voucher_id"], asked.payload["reason"]) == (AN_ID, "wrong ledger")

    @pytest.mark.parametrize("facts", [{"state": "waiting"}, {"state": "undone"}, {"undoes_id": AN_ID}])
    def test_of_another_is_not_offered(
        self, accountant: Visitor, backends: FakeBackends, facts: dict[str, str]
    ) -> None:
        voucher = sample_answer(GET_MANUAL_VOUCHER) | {"state": "posted", "undoes_id": None} | facts
        backends.script(GET_MANUAL_VOUCHER, voucher)

        assert f"/vouchers/{AN_ID}/undoing" not in accountant.look(f"/vouchers/{AN_ID}").links


def test_there_is_room_for_more_until_a_voucher_is_full() -> None:
    full = tuple(TypedLine(RENT, "1") for _ in range(MOST))

    assert [len(drawn(full[:count])) for count in (0, 3, 4, MOST - 1, MOST)] == [4, 5, 6, MOST, MOST]


def test_lines_are_read_in_their_order_and_empty_ones_left_out() -> None:
    typed = {"place-7": BANK, "credit-7": " 5 ", "place-2": RENT, "debit-2": "5", "debit-3": " "}

    assert typed_lines(typed) == (TypedLine(RENT, "5"), TypedLine(BANK, "", "5"))
