"""Loans at the portal: each step on its own page, offered to whom and when it can be done. L1, L4, L5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.loan_errors import AmountConsentMissing
from contracts.accounts.loans import (
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    LIST_CALL_BACKS,
    LIST_LOANS,
    RECOMMEND_LOAN,
    RECORD_CALL_BACK,
    SEND_PAYOUT_CODE,
)
from contracts.identity import LIST_COLLEAGUES, LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.ledger import GET_DAY, READ_PASSBOOK
from contracts.transactions.lending import POST_REPAYMENT, READ_LOAN
from contracts.transactions.lending_endings import (
    LIST_ENDED_LOANS,
    POST_RECOVERY,
    PROPOSE_DEATH_REFUND,
    PROPOSE_SAVINGS_TO_LOAN,
    PROPOSE_SETTLEMENT,
    PROPOSE_WAIVER,
    PROPOSE_WRITE_OFF,
    QUOTE_SETTLEMENT,
    QUOTE_WAIVER,
)
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

LOAN = "01a20857-0000-7000-8000-00000000f001"
WITNESS = "01a20857-0000-7000-8000-00000000f002"
SAVINGS = "01a20857-0000-7000-8000-00000000f003"
FILE = f"/loans/{LOAN}"


def stands(backends: FakeBackends, state: str, **facts: Any) -> None:
    """Let the loan be in a state."""
    loan = sample_answer(GET_LOAN)
    people = [loan["people"][0] | {"role": "guarantor", "name_en": "Amena"}]
    agreed = loan["agreement"] | {"within_cap": True, "is_estimate": True}
    known = {
        "id": LOAN,
        "state": state,
        "asked": "20000.00",
        "principal": "20000.00",
        "ended_as": None,
        "refusal": None,
        "payout": None,
        "people": people,
        "agreement": agreed,
        "bank_account_last4": "4711",
        "branch_id": OFFICE,
    }
    backends.script(GET_LOAN, loan | known | facts)


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    stands(backends, "approved")
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "code": "101"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    person = sample_answer(LIST_COLLEAGUES)["items"][0]
    names = {"id": WITNESS, "role": "accountant", "name_en": "Karim"}
    backends.script(LIST_COLLEAGUES, {"items": [person | names]})
    backends.script(GET_DAY, sample_answer(GET_DAY) | {"on": "2026-11-23", "status": "open"})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.BRANCH_MANAGER)


class TestReading:
    def test_a_list_keeps_its_state_in_the_address(self, manager: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_LOANS)["items"][0] | {"id": LOAN, "state": "approved"}
        backends.script(LIST_LOANS, {"items": [one], "next": AN_ID})

        page = manager.look("/loans?state=approved")

        assert backends.of(LIST_LOANS)[0].payload == {"state": "approved", "after": None}
        assert FILE in page.links
        assert f"/loans?state=approved&after={AN_ID}" in page.links

    def test_a_state_that_is_none_is_not_asked_for(self, manager: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_LOANS, {"items": [], "next": None})
        manager.look("/loans?state=lost")

        assert backends.of(LIST_LOANS)[0].payload["state"] is None

    def test_the_file_shows_people_schedule_and_that_it_is_an_estimate(self, manager: Visitor) -> None:
        text = manager.look(FILE).text

        assert "Guarantor Amena" in text
        assert "An estimate for a payout" in text
        assert "over the cap" not in text

    @pytest.mark.rule("L2")
    def test_a_rate_over_the_cap_is_said(self, manager: Visitor, backends: FakeBackends) -> None:
        agreement = sample_answer(GET_LOAN)["agreement"] | {"within_cap": False}
        stands(backends, "proposed", agreement=agreement)

        assert "over the cap" in manager.look(FILE).text

    def test_why_a_payout_came_back_is_said(self, manager: Visitor, backends: FakeBackends) -> None:
        stands(backends, "approved", refusal={"code": "DAY_NOT_OPEN", "facts": {}})

        assert "The last try came back" in manager.look(FILE).text

    @pytest.mark.parametrize(
        ("role", "state", "steps"),
        [
            (Role.BRANCH_MANAGER, "proposed", {"recommendation", "cancellation"}),
            (Role.BRANCH_MANAGER, "recommended", {"approval", "cancellation"}),
            (Role.BRANCH_MANAGER, "disbursed", {"reschedule", "waiver", "write-off"}),
            (Role.ACCOUNTANT, "approved", {"payout", "cancellation"}),
            (Role.ACCOUNTANT, "disbursed", {"repayment", "settlement", "savings", "refund"}),
            (Role.ACCOUNTANT, "ended", set()),
            (Role.AUDITOR, "approved", set()),
            (Role.ADMINISTRATOR, "disbursed", set()),
        ],
    )
    def test_offers_each_role_the_steps_of_the_state(
        self, app: Flask, backends: FakeBackends, role: Role, state: str, steps: set[str]
    ) -> None:
        stands(backends, state)

        links = Visitor(app, backends, role).look(FILE).links

        assert {link.removeprefix(f"{FILE}/") for link in links if link.startswith(f"{FILE}/")} == steps

    def test_offers_recovery_of_what_was_written_off(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "ended", ended_as="written_off")

        assert f"{FILE}/recovery" in accountant.look(FILE).links

    def test_the_register_of_ends_is_of_a_branch_and_a_kind(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        ended = sample_answer(LIST_ENDED_LOANS)["items"][0] | {"kind": "settled", "loan_id": LOAN}
        backends.script(LIST_ENDED_LOANS, {"items": [ended], "next": None})

        assert FILE in manager.look("/loans/ended?kind=settled").links
        asked = backends.of(LIST_ENDED_LOANS)[0].payload
        assert asked == {"office_id": OFFICE, "kind": "settled", "after": None}


class TestBeforeThePayout:
    def test_a_visit_is_written_down(self, manager: Visitor, backends: FakeBackends) -> None:
        said = {"visited_on": "২২-১১-২০২৬", "finding": "a shop of her own", "recommend": "True"}

        assert manager.send(f"{FILE}/recommendation", **said).status_code == 303

        (asked,) = backends.of(RECOMMEND_LOAN)
        seen = {"visited_on": "2026-11-22", "recommend": True, "bank_account_seen": False}
        assert asked.payload == {"id": LOAN, "finding": said["finding"]} | seen

    def test_approval_begins_with_what_she_asked(self, manager: Visitor, backends: FakeBackends) -> None:
        assert manager.send(f"{FILE}/approval").status_code == 303

        (asked,) = backends.of(APPROVE_LOAN)
        assert asked.payload == {"id": LOAN, "principal": "20000.00", "consent": None}

    @pytest.mark.rule("L4")
    def test_less_goes_with_her_consent(self, manager: Visitor, backends: FakeBackends) -> None:
        manager.send(f"{FILE}/approval", principal="১৫,০০০", mark="thumb", witness_id=WITNESS)

        (asked,) = backends.of(APPROVE_LOAN)
        consent = {"mark": "thumb", "witness_id": WITNESS}
        assert asked.payload == {"id": LOAN, "principal": "15000.00", "consent": consent}

    def test_a_refused_approval_keeps_what_was_typed(self, manager: Visitor, backends: FakeBackends) -> None:
        backends.script(APPROVE_LOAN, AmountConsentMissing())

        answer = manager.send(f"{FILE}/approval", principal="15000")

        assert answer.status_code == 422
        assert Page(answer.text).fields["principal"] == "15000"

    def test_cancelling_needs_a_reason(self, manager: Visitor, backends: FakeBackends) -> None:
        assert manager.send(f"{FILE}/cancellation").status_code == 422
        assert manager.send(f"{FILE}/cancellation", reason="she found work").status_code == 303

        (asked,) = backends.of(CANCEL_LOAN)
        assert asked.payload == {"id": LOAN, "reason": "she found work"}


class TestThePayout:
    SAID = (("mark", "thumb"), ("witness_id", WITNESS), ("code", "৪৭১১২২"))

    @pytest.mark.rule("L4")
    def test_in_cash_names_no_account(self, accountant: Visitor, backends: FakeBackends) -> None:
        assert accountant.send(f"{FILE}/payout", **dict(self.SAID), how="cash").status_code == 303

        (asked,) = backends.of(DISBURSE_LOAN)
        assert asked.payload == {
            "id": LOAN,
            "on": "2026-11-23",
            "how": "cash",
            "evidence": {"mark": "thumb", "witness_id": WITNESS, "account_last4": None},
            "code": "471122",
            "called_back_by": None,
        }

    @pytest.mark.rule("L4")
    def test_to_her_account_names_it(self, accountant: Visitor, backends: FakeBackends) -> None:
        accountant.send(f"{FILE}/payout", **dict(self.SAID), how="bank")

        assert backends.of(DISBURSE_LOAN)[0].payload["evidence"]["account_last4"] == "4711"

    def test_needs_a_witness(self, accountant: Visitor, backends: FakeBackends) -> None:
        answer = accountant.send(f"{FILE}/payout", how="cash", mark="thumb")

        assert answer.status_code == 422
        assert backends.of(DISBURSE_LOAN) == []

    def test_sends_the_code_when_asked(self, accountant: Visitor, backends: FakeBackends) -> None:
        answer = accountant.send(f"{FILE}/payout-code", form=f"{FILE}/payout")

        assert answer.headers["Location"] == f"{FILE}/payout"
        assert backends.of(SEND_PAYOUT_CODE)[0].payload == {"id": LOAN}

    @pytest.mark.rule("L4")
    def test_is_asked_about_by_the_area(self, app: Flask, backends: FakeBackends) -> None:
        area = Visitor(app, backends, Role.AREA_MANAGER)
        waits = sample_answer(LIST_CALL_BACKS)["items"][0]
        known = {"loan_id": LOAN, "outcome": None, "is_overdue": True, "how": "cash"}
        backends.script(LIST_CALL_BACKS, {"items": [waits | known], "next": None})
        address = f"/call-backs/{LOAN}"
        assert address in area.look("/call-backs").links

        assert area.send(address, outcome="differs", note="only half of it").status_code == 303

        said = {"loan_id": LOAN, "outcome": "differs", "note": "only half of it"}
        assert backends.of(RECORD_CALL_BACK)[0].payload == said


class TestMoney:
    @pytest.mark.parametrize(("page", "method"), [("repayment", POST_REPAYMENT), ("recovery", POST_RECOVERY)])
    def test_leads_to_its_receipt(
        self, accountant: Visitor, backends: FakeBackends, page: str, method: Any
    ) -> None:
        form = accountant.look(f"{FILE}/{page}").fields
        answer = accountant.client.post(f"{FILE}/{page}", data=form | {"amount": "৫০০", "paid_by": "self"})

        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/receipts/")
        (asked,) = backends.of(method)
        said = {"loan_id": LOAN, "amount": "500.00", "paid_by": "self", "value_on": None}
        assert asked.payload == said | {"entry_id": form["id"]}

    @pytest.mark.rule("L1")
    def test_a_settlement_says_what_it_costs_before_it_is_asked_for(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        terms = {"payoff": "8200.40", "rebate": "310.60", "cash": "8200.00"}
        backends.script(QUOTE_SETTLEMENT, sample_answer(QUOTE_SETTLEMENT) | terms)
        text = accountant.look(f"{FILE}/settlement").text
        assert "Rebate ৳310.60" in text
        assert "In cash ৳8,200" in text

        said = {"evidence": "form 12", "reason": "she moves away"}
        assert accountant.send(f"{FILE}/settlement", **said).status_code == 303
        (asked,) = backends.of(PROPOSE_SETTLEMENT)
        assert asked.payload == said | {"loan_id": LOAN, "id": asked.payload["id"]}

    @pytest.mark.rule("L7")
    @pytest.mark.parametrize(("typed", "amount"), [("", None), ("১,২০০", "1200.00")])
    def test_her_savings_pay_with_her_mark(
        self, accountant: Visitor, backends: FakeBackends, typed: str, amount: str | None
    ) -> None:
        hers = sample_answer(READ_PASSBOOK)
        saved = hers["accounts"][0] | {"account_id": SAVINGS, "kind": "general_savings", "closed": False}
        backends.script(READ_PASSBOOK, hers | {"accounts": [saved]})
        backends.script(READ_LOAN, sample_answer(READ_LOAN) | {"member_id": AN_ID})
        said = {"account_id": SAVINGS, "mark": "thumb", "evidence": "form 13", "reason": "she asks for it"}

        assert accountant.send(f"{FILE}/savings", **said, amount=typed).status_code == 303

        (asked,) = backends.of(PROPOSE_SAVINGS_TO_LOAN)
        assert asked.payload == said | {"loan_id": LOAN, "amount": amount, "id": asked.payload["id"]}

    @pytest.mark.rule("L5")
    def test_a_waiver_can_be_looked_at_first(self, manager: Visitor, backends: FakeBackends) -> None:
        terms = {"kind": "with_charge", "from_risk_fund": "7900.00"}
        backends.script(QUOTE_WAIVER, sample_answer(QUOTE_WAIVER) | terms)
        said = {"died_on": "২০-১১-২০২৬", "kind": "principal_only"}

        looked = manager.send(f"{FILE}/waiver", **said, look="yes")

        assert "From the risk fund ৳7,900" in Page(looked.text).text
        assert Page(looked.text).fields["died_on"] == "২০-১১-২০২৬"
        assert backends.of(PROPOSE_WAIVER) == []
        (quoted,) = backends.of(QUOTE_WAIVER)
        assert quoted.payload == {"loan_id": LOAN, "died_on": "2026-11-20", "kind": "principal_only"}

        why = {"certificate": "union 7", "reason": "she died"}
        assert manager.send(f"{FILE}/waiver", **said, **why).status_code == 303
        (asked,) = backends.of(PROPOSE_WAIVER)
        assert asked.payload == {**quoted.payload, **why, "id": asked.payload["id"]}

    @pytest.mark.rule("L5")
    def test_payments_after_a_death_go_back(self, accountant: Visitor, backends: FakeBackends) -> None:
        said = {"paid_to": "her son", "evidence": "NID and certificate", "reason": "two instalments"}

        assert accountant.send(f"{FILE}/refund", **said, died_on="20-11-2026").status_code == 303

        (asked,) = backends.of(PROPOSE_DEATH_REFUND)
        known = {"loan_id": LOAN, "died_on": "2026-11-20", "id": asked.payload["id"]}
        assert asked.payload == said | known

    def test_a_write_off_names_the_boards_resolution(self, manager: Visitor, backends: FakeBackends) -> None:
        said = {"resolution": "board 4/2026", "reason": "nowhere to be found"}

        assert manager.send(f"{FILE}/write-off", **said).status_code == 303

        (asked,) = backends.of(PROPOSE_WRITE_OFF)
        assert asked.payload == said | {"loan_id": LOAN, "id": asked.payload["id"]}
