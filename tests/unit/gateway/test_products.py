"""Products at the portal: every term is shown and typed as people say it, and sent as accounts takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.product_errors import EffectiveDatePassed
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT
from contracts.errors import InvalidPayload
from contracts.permissions import Role
from gateway.portal.terms_forms import bps_of, whole_of
from tests.support.gateway import sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

SAVINGS_TERMS: dict[str, Any] = {
    "name_bn": "মাসিক সঞ্চয়",
    "name_en": "Monthly savings",
    "family": "term_savings",
    "compulsory": False,
    "fund": "own",
    "floor": "0.00",
    "least_deposit": "100.00",
    "most_deposit": "5000.00",
    "deposit_step": None,
    "needs_approval": True,
    "interest_method": "monthly_minimum",
    "interest_minimum_balance": "12.50",
    "interest_minimum_age_months": 0,
    "interest_withdrawal_stops": False,
    "interest_dormant_eligible": True,
    "interest_posting_months": [6, 12],
    "withdraw_max_bps_with_loan": None,
    "withdraw_max_bps_without_loan": 7550,
    "counter_limit": None,
    "closing_charge": None,
    "dormant_after_months": 24,
    "term_months": [60],
    "late_penalty": None,
    "missing_limit": 3,
    "formula": "annuity_due",
    "rates": [{"from_on": "2026-01-01", "rate_bps": 605, "months": None}],
    "maturities": [{"amount": "100.00", "months": 60, "value": "7000.00", "bonus": "0.00"}],
    "premature": [{"from_month": 12, "rate_bps": 400}],
}
PLAN: dict[str, Any] = {
    "code": "W46",
    "frequency": "WEEKLY",
    "every": 1,
    "instalments": 46,
    "annual_rate_percent": "24",
    "method": "DECLINING",
    "amortization": "EQUAL_INSTALMENTS",
    "interest_basis": "PERIOD",
    "day_count": "ACTUAL_365",
    "grace_days": 15,
    "principal_grace": 0,
    "interest_grace": 0,
}
LOAN_TERMS: dict[str, Any] = {
    "name_bn": "জাগরণ",
    "name_en": "Jagoron",
    "category": "jagoron",
    "fund": "PKSF",
    "least": "5000.00",
    "most": "99000.00",
    "unit": None,
    "multiple_rounding": "NEAREST",
    "rounding": "HALF_EVEN",
    "round_last": False,
    "holiday_rule": "NEXT_DOUBLE",
    "savings_share_bps": 500,
    "savings_share_later_bps": 0,
    "first_loan_after_days": 30,
    "first_cycle": 1,
    "last_cycle": 4,
    "cycle_growth_bps": 5000,
    "several": True,
    "form_fee": "20.00",
    "risk_fund_bps": 100,
    "risk_fund_most": None,
    "prepayable_instalments": 2,
    "allows_rebate": True,
    "guarantors": 2,
    "plans": [PLAN, PLAN | {"code": "M12", "frequency": "MONTHLY", "instalments": 12}],
}
KINDS = {"savings": (SAVINGS_TERMS, PROPOSE_SAVINGS_PRODUCT), "loan": (LOAN_TERMS, PROPOSE_LOAN_PRODUCT)}
WHY = {"effective_on": "০১-০১-২০২৭", "reason": "from the new year on"}


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ADMINISTRATOR)


def stands(backends: FakeBackends, kind: str, code: str = "ABC") -> None:
    """Let there be a product with one version."""
    version = sample_answer(GET_PRODUCT)["versions"][0] | {"version": 1, "offered": True, "code": code}
    kept = {"flat_split": "PROPORTIONAL", "annual_rate_percent": "24.0000"}
    stored = KINDS[kind][0] | (
        {"plans": [plan | kept for plan in LOAN_TERMS["plans"]]} if kind == "loan" else {}
    )
    terms = {"savings": None, "loan": None} | {kind: stored}
    backends.script(GET_PRODUCT, {"code": code, "kind": kind, "versions": [version | terms]})


class TestReading:
    def test_lists_what_is_offered_and_leads_whoever_may_to_the_next(
        self, app: Flask, backends: FakeBackends, administrator: Visitor
    ) -> None:
        listed = sample_answer(LIST_PRODUCTS)["items"][0] | {"code": "GS", "kind": "savings"}
        backends.script(LIST_PRODUCTS, {"items": [listed]})

        assert {"/products/GS", "/products/new/loan"} <= set(administrator.look("/products").links)
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)
        assert "/products/new/loan" not in manager.look("/products").links
        assert manager.client.get("/products/new/loan").status_code == 403

    def test_says_shares_in_percent_and_words_in_words(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "savings")
        savings = administrator.look("/products/ABC").text
        stands(backends, "loan")
        loan = administrator.look("/products/ABC").text

        assert "Share that may be taken without a loan (%) 75.5" in savings
        assert "rate (%) 6.05" in savings
        assert "On the least balance of the month" in savings
        assert "yearly rate (%) 24, method declining balance" in loan
        assert "two instalments at the next meeting" in loan


class TestProposing:
    @pytest.mark.rule("P7")
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_next_version_that_nobody_touched_says_what_held_before(
        self, administrator: Visitor, backends: FakeBackends, kind: str
    ) -> None:
        stands(backends, kind)
        terms, method = KINDS[kind]

        answer = administrator.send("/products/ABC/next", **WHY)

        assert answer.status_code == 303, Page(answer.text).text
        (asked,) = backends.of(method)
        assert asked.payload["code"] == "ABC"
        assert asked.payload["effective_on"] == "2027-01-01"
        assert asked.payload["terms"] == terms

    def test_amounts_and_shares_are_typed_in_bangla_too(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "loan")
        typed = {"risk_fund_bps": "১.২৫", "most": "১,২০,০০০", "last_cycle": "", "allows_rebate": "False"}

        administrator.send("/products/ABC/next", **WHY, **typed)

        sent = backends.of(PROPOSE_LOAN_PRODUCT)[0].payload["terms"]
        assert {name: sent[name] for name in typed} == {
            "risk_fund_bps": 125,
            "most": "120000.00",
            "last_cycle": None,
            "allows_rebate": False,
        }

    def test_a_new_one_needs_its_terms(self, administrator: Visitor, backends: FakeBackends) -> None:
        answer = administrator.send("/products/new/loan", **WHY, code="new")

        assert answer.status_code == 422
        assert "This is needed" in answer.text
        assert backends.of(PROPOSE_LOAN_PRODUCT) == []

    def test_a_row_that_was_begun_must_be_whole(self, administrator: Visitor, backends: FakeBackends) -> None:
        stands(backends, "loan")
        held = administrator.look("/products/ABC/next").fields

        answer = administrator.client.post("/products/ABC/next", data=held | WHY | {"plans-2-code": "W20"})

        assert answer.status_code == 422
        assert Page(answer.text).fields["plans-2-code"] == "W20"
        assert backends.of(PROPOSE_LOAN_PRODUCT) == []

    def test_more_rows_are_there_for_the_asking_and_nothing_is_sent(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "loan")
        held = administrator.look("/products/ABC/next").fields
        assert "plans-3-code" not in held

        answer = administrator.client.post("/products/ABC/next", data=held | {"more": "yes", "least": "7000"})

        assert "plans-3-code" in Page(answer.text).fields
        assert Page(answer.text).fields["least"] == "7000"
        assert 'role="alert"' not in answer.text
        assert backends.of(PROPOSE_LOAN_PRODUCT) == []

    def test_a_refusal_stands_beside_the_term_and_the_row_it_is_about(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "loan")
        wrong = {"terms.plans.1.instalments": ["RANGE:1:600"], "terms.most": ["LESS_THAN_THE_LEAST"]}
        backends.script(PROPOSE_LOAN_PRODUCT, InvalidPayload(wrong))

        answer = administrator.send("/products/ABC/next", **WHY)

        beside = errors_of(answer.text)
        assert "between 1 and 600" in beside["plans-1-instalments"]
        assert "The most cannot be less" in beside["most"]
        assert len(beside) == 2

    def test_an_empty_row_between_does_not_shift_what_is_said_of_the_next(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "loan")
        backends.script(PROPOSE_LOAN_PRODUCT, InvalidPayload({"terms.plans.0.code": ["NOT_A_PLAN_CODE"]}))
        empty = {f"plans-0-{name}": "" for name in ("code", "instalments", "annual_rate_percent")}

        answer = administrator.send("/products/ABC/next", **WHY, **empty)

        assert list(errors_of(answer.text)) == ["plans-1-code"]

    def test_what_is_refused_as_a_whole_is_said_with_all_that_was_typed(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        stands(backends, "savings")
        refusal = EffectiveDatePassed(field="effective_on", first_on="2027-02-01")
        backends.script(PROPOSE_SAVINGS_PRODUCT, refusal)

        answer = administrator.send("/products/ABC/next", **WHY, least_deposit="১৫০")

        assert "01-02-2027" in errors_of(answer.text)["effective_on"]
        assert Page(answer.text).fields["least_deposit"] == "১৫০"


def errors_of(html: str) -> dict[str, str]:
    """What is said beside each field."""
    hints = (part.split('"', 1) for part in html.split('<div id="')[1:])
    said = {name.removesuffix("-hint"): rest.split('<div class="mb-3">')[0] for name, rest in hints}
    return {name: rest for name, rest in said.items() if "field-error" in rest}


def test_withdrawing_asks_for_the_day_and_the_reason(administrator: Visitor, backends: FakeBackends) -> None:
    assert administrator.send("/products/GS/withdrawal", **WHY).status_code == 303

    (asked,) = backends.of(WITHDRAW_PRODUCT)
    assert asked.payload == {
        "id": asked.payload["id"],
        "code": "GS",
        "effective_on": "2027-01-01",
        "reason": WHY["reason"],
    }


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("6", 600), ("22.87", 2287), ("0.5", 50), ("7.5%", 750), ("7.555", "7.555"), ("six", "six")],
)
def test_a_share_is_typed_in_percent(typed: str, sent: int | str) -> None:
    assert bps_of(typed) == sent


@pytest.mark.parametrize(("typed", "sent"), [("৪৬", 46), ("46", 46), ("4.6", "4.6"), ("-4", "-4")])
def test_a_number_is_whole(typed: str, sent: int | str) -> None:
    assert whole_of(typed) == sent
