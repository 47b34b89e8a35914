"""Savings at the portal: withdrawn against a mark, opened, closed with its terms said first. M9, L7, L8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.products import LIST_PRODUCTS
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.identity import LIST_COLLEAGUES, LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.applicants import (
    LIST_APPLICANTS_MONEY,
    RECEIVE_APPLICANT_MONEY,
    REFUND_APPLICANT,
)
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    LIST_WITHDRAWALS,
    PAY_WITHDRAWAL,
    PROPOSE_CLOSING,
    PROPOSE_CORRECTION,
    PROPOSE_WITHDRAWAL,
    QUOTE_CLOSING,
    READ_TERM_DUES,
)
from contracts.transactions.savings_errors import WithdrawalLapsed
from contracts.transactions.standing import READ_FINAL_STATEMENT
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

ACCOUNT = "01a20857-0000-7000-8000-00000000f001"
WITNESS = "01a20857-0000-7000-8000-00000000f002"
WISH = "01a20857-0000-7000-8000-00000000f003"
HER = f"/members/{AN_ID}"
ASK = f"{HER}/savings/{ACCOUNT}/withdrawal"
PAY = f"/withdrawals/{WISH}/payment"


def wishes(backends: FakeBackends, *changes: dict[str, Any]) -> None:
    """Let these withdrawals wait in the branch."""
    one = sample_answer(LIST_WITHDRAWALS)["items"][0] | {"id": WISH, "state": "approved", "in_field": False}
    one |= {"amount": "1500.00", "member_en": "Rahima", "office_id": OFFICE}
    backends.script(LIST_WITHDRAWALS, {"items": [one | change for change in changes], "next": None})


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "code": "101"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    person = sample_answer(LIST_COLLEAGUES)["items"][0]
    backends.script(LIST_COLLEAGUES, {"items": [person | {"id": WITNESS, "role": "branch_manager"}]})
    book = sample_answer(READ_PASSBOOK)
    account = book["accounts"][0] | {"account_id": ACCOUNT, "closed": False, "balance": "4210.00"}
    backends.script(READ_PASSBOOK, book | {"accounts": [account]})
    wishes(backends, {})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


@pytest.mark.rule("M9")
class TestAWithdrawal:
    def wish(self, **facts: Any) -> dict[str, Any]:
        known = {"id": WISH, "office_id": OFFICE, "in_field": False}
        return sample_answer(PROPOSE_WITHDRAWAL) | known | facts

    def test_is_asked_for_beside_what_she_has(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_WITHDRAWAL, self.wish(state="requested"))
        assert "৳4,210" in accountant.look(ASK).text

        answer = accountant.send(ASK, amount="১,৫০০", reason="school fees")

        assert (answer.status_code, answer.headers["Location"]) == (303, HER)
        (asked,) = backends.of(PROPOSE_WITHDRAWAL)
        said = {"account_id": ACCOUNT, "amount": "1500.00", "reason": "school fees", "in_field": False}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_that_may_be_paid_at_once_leads_to_paying(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(PROPOSE_WITHDRAWAL, self.wish(state="approved"))

        assert accountant.send(ASK, amount="500").headers["Location"] == f"{PAY}?office={OFFICE}"

    def test_for_the_field_leads_nobody_to_the_counter(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(PROPOSE_WITHDRAWAL, self.wish(state="approved", in_field=True))

        assert accountant.send(ASK, amount="500", in_field="True").headers["Location"] == HER
        assert backends.of(PROPOSE_WITHDRAWAL)[0].payload["in_field"] is True

    def test_is_paid_with_her_mark_and_a_witness(self, accountant: Visitor, backends: FakeBackends) -> None:
        assert "Rahima" in accountant.look(PAY).text
        assert "৳1,500" in accountant.look(PAY).text

        answer = accountant.send(PAY, mark="thumb", witness_id=WITNESS)

        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/receipts/")
        (asked,) = backends.of(PAY_WITHDRAWAL)
        assert asked.payload == {"id": WISH, "evidence": {"mark": "thumb", "witness_id": WITNESS}}

    def test_is_not_paid_without_a_witness(self, accountant: Visitor, backends: FakeBackends) -> None:
        assert accountant.send(PAY, mark="thumb").status_code == 422
        assert backends.of(PAY_WITHDRAWAL) == []

    def test_a_second_click_reaches_the_service_though_it_is_on_no_list(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        form = accountant.look(PAY).fields | {"mark": "thumb", "witness_id": WITNESS}
        assert accountant.client.post(PAY, data=form).status_code == 303
        wishes(backends)

        assert accountant.client.post(PAY, data=form).status_code == 303
        first, second = backends.of(PAY_WITHDRAWAL)
        assert first.payload == second.payload

    def test_a_refusal_is_said_on_the_form(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(PAY_WITHDRAWAL, WithdrawalLapsed())

        answer = accountant.send(PAY, mark="thumb", witness_id=WITNESS)

        assert answer.status_code == 422
        assert Page(answer.text).fields["witness_id"] == WITNESS

    def test_is_cancelled_with_a_reason(self, accountant: Visitor, backends: FakeBackends) -> None:
        assert accountant.send(f"/withdrawals/{WISH}/cancellation", reason="not needed").status_code == 303

        assert backends.of(CANCEL_WITHDRAWAL)[0].payload == {"id": WISH, "reason": "not needed"}

    @pytest.mark.parametrize(
        ("role", "state", "deeds"),
        [
            (Role.ACCOUNTANT, "approved", {"payment", "cancellation"}),
            (Role.ACCOUNTANT, "requested", {"cancellation"}),
            (Role.ACCOUNTANT, "carried", set()),
            (Role.FIELD_OFFICER, "approved", {"cancellation"}),
            (Role.AUDITOR, "approved", set()),
        ],
    )
    def test_offers_what_can_be_done_by_whom(
        self, app: Flask, backends: FakeBackends, role: Role, state: str, deeds: set[str]
    ) -> None:
        wishes(backends, {"state": state, "caution": ["dormant"]})
        page = Visitor(app, backends, role).look("/withdrawals")

        begun = f"/withdrawals/{WISH}/"
        assert {link.removeprefix(begun).split("?")[0] for link in page.links if begun in link} == deeds
        assert "dormant account" in page.text


class TestAnAccount:
    def test_is_opened_on_a_product_that_is_offered(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        stands = {"kind": "savings", "in_force": True, "offered": True}
        one = sample_answer(LIST_PRODUCTS)["items"][0] | stands
        gone = one | {"code": "OLD", "offered": False}
        backends.script(LIST_PRODUCTS, {"items": [one | {"code": "DPS"}, gone]})
        page = f"{HER}/savings/new"
        assert 'value="OLD"' not in accountant.look(page).html

        answer = accountant.send(page, product_code="DPS", amount="৫০০", months="৬০")

        assert answer.status_code == 303
        (asked,) = backends.of(OPEN_SAVINGS)
        said = {"member_id": AN_ID, "product_code": "DPS", "amount": "500.00", "months": 60}
        assert asked.payload == said | {"id": asked.payload["id"]}

    @pytest.mark.rule("L7")
    def test_says_what_closing_pays_before_it_is_asked_for(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        terms = {"balance": "4210.00", "interest": "61.40", "charge": "20.00", "payout": "4251.00"}
        backends.script(QUOTE_CLOSING, sample_answer(QUOTE_CLOSING) | terms)
        page = f"{HER}/savings/{ACCOUNT}/closing"
        text = accountant.look(page).text
        assert "Interest ৳61.40" in text
        assert "She gets ৳4,251" in text

        said = {"evidence": "request 7", "reason": "she needs it"}
        assert accountant.send(page, **said).status_code == 303
        (asked,) = backends.of(PROPOSE_CLOSING)
        assert asked.payload == said | {"id": asked.payload["id"], "account_id": ACCOUNT}

    def test_that_is_another_members_is_not_closed_under_her_name(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        assert accountant.client.get(f"{HER}/savings/{WISH}/closing").status_code == 404
        assert backends.of(QUOTE_CLOSING) == []

    def test_shows_its_dues_with_what_is_late(self, accountant: Visitor, backends: FakeBackends) -> None:
        dues = sample_answer(READ_TERM_DUES)
        late = dues["months"][0] | {"late": True, "amount": "500.00", "paid": "0.00"}
        backends.script(READ_TERM_DUES, dues | {"limit_passed": True, "penalty": "25.00", "months": [late]})
        text = accountant.look(f"{HER}/savings/{ACCOUNT}/dues").text

        assert "Charged for lateness ৳25" in text
        assert "More instalments were missed" in text
        assert "৳500 ৳0 late" in text

    @pytest.mark.rule("L7")
    def test_stands_in_the_final_statement(self, accountant: Visitor, backends: FakeBackends) -> None:
        told = sample_answer(READ_FINAL_STATEMENT) | {"paid_out": "4251.00", "still_open": ["GS.7"]}
        backends.script(READ_FINAL_STATEMENT, told)
        text = accountant.look(f"{HER}/final-statement").text

        assert "Total ৳4,251" in text
        assert "Still open: GS.7" in text


SAID = {"evidence": "letter 3", "reason": "two members of one name"}


@pytest.mark.rule("M13")
class TestAnEarlierDay:
    def test_without_a_right_account_the_money_was_never_received(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        assert (
            accountant.send(f"{HER}/corrections/{WISH}?row={WITNESS}", **SAID, amount="").status_code == 303
        )

        (asked,) = backends.of(PROPOSE_CORRECTION)
        wrong = {"from": {"entry_id": WISH, "row_id": WITNESS}, "to_account_id": None, "amount": None}
        assert asked.payload == SAID | wrong | {"id": asked.payload["id"]}

    def test_of_a_fee_names_no_account(self, accountant: Visitor, backends: FakeBackends) -> None:
        page = f"{HER}/fee-corrections/{WISH}"

        assert accountant.send(page, **SAID).status_code == 303
        (asked,) = backends.of(PROPOSE_CORRECTION)
        wrong = {"from": {"entry_id": WISH, "row_id": None}, "to_member_id": None}
        assert asked.payload == SAID | wrong | {"id": asked.payload["id"]}


@pytest.mark.rule("L8")
class TestAnApplicant:
    def test_brings_money_and_has_a_receipt(self, accountant: Visitor, backends: FakeBackends) -> None:
        answer = accountant.send(f"/applicants-money/{AN_ID}/receipt", amount="১০০")

        assert answer.headers["Location"].startswith("/receipts/")
        (asked,) = backends.of(RECEIVE_APPLICANT_MONEY)
        said = {"applicant_id": AN_ID, "amount": "100.00", "note": None}
        assert asked.payload == said | {"entry_id": asked.payload["entry_id"]}

    def test_has_it_back_against_her_mark(self, accountant: Visitor, backends: FakeBackends) -> None:
        page = f"/applicants-money/{AN_ID}/refund"
        proved = {"mark": "signature", "witness_id": WITNESS}
        hers = sample_answer(LIST_APPLICANTS_MONEY)["items"][0]
        held = [hers | {"amount": "100.00"}, hers | {"amount": "250.00"}]
        another = hers | {"applicant_id": WITNESS, "amount": "70.00"}
        backends.script(LIST_APPLICANTS_MONEY, {"items": [*held, another], "next": None})
        text = accountant.look(page).text
        assert "৳100" in text
        assert "৳250" in text
        assert "৳70" not in text

        assert accountant.send(page, **proved, reason="not admitted").status_code == 303
        (asked,) = backends.of(REFUND_APPLICANT)
        said = {"applicant_id": AN_ID, "reason": "not admitted", "evidence": proved}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_stands_on_the_list_until_then(self, accountant: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_APPLICANTS_MONEY)["items"][0] | {"overdue": True, "amount": "100.00"}
        backends.script(LIST_APPLICANTS_MONEY, {"items": [one], "next": None})
        page = accountant.look("/applicants-money?overdue=1")

        assert backends.of(LIST_APPLICANTS_MONEY)[0].payload["overdue"] is True
        assert f"/applicants-money/{AN_ID}/refund?office={OFFICE}" in page.links


@pytest.mark.parametrize(
    "address",
    [ASK, PAY, f"/withdrawals/{WISH}/cancellation", f"{HER}/savings/new", f"{HER}/savings/{ACCOUNT}/closing"],
)
def test_who_only_reads_does_none_of_it(app: Flask, backends: FakeBackends, address: str) -> None:
    assert Visitor(app, backends, Role.AUDITOR).client.get(address).status_code == 403
