"""Loan products: set by two administrators, in versions, and read back as they were said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from accounts.domain.lending.products import LoanProduct, product_in_force
from accounts.domain.lending.terms import Frequency, InterestBasis
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.lending_errors import GraceTooLong
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.product_errors import EffectiveDatePassed, ProductCodeTaken
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.errors import Forbidden, InvalidPayload
from tests.support.accounts import Branch, an_id
from tests.support.products import administrators, household, lend, plan, proposal

Harness = ServiceHarness[AccountsService]
MAKER, CHECKER = administrators()


def propose(harness: Harness, code: str, terms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return harness.ask(PROPOSE_LOAN_PRODUCT, proposal(code, terms, **changes), actor=MAKER)


def versions(harness: Harness, code: str) -> tuple[LoanProduct, ...]:
    with harness.service().books() as register:
        return register.products.loan_versions(code)


@pytest.mark.rule("P7")
def test_it_is_kept_as_it_was_said(harness: Harness, branch: Branch):
    lend(branch, "JAG", household(risk_fund_bps=100, risk_fund_most="500.00", last_cycle=5))

    (product,) = versions(harness, "JAG")
    assert (product.least, product.most, product.unit) == (500_000, 10_000_000, 100)
    assert (product.risk_fund_bps, product.risk_fund_most, product.last_cycle) == (100, 50_000, 5)
    (only,) = product.plans
    assert (only.code, only.frequency, only.instalments) == ("W46", Frequency.WEEKLY, 46)
    assert (only.annual_rate_percent, only.interest_basis) == (Decimal(24), InterestBasis.DAILY)
    shown = harness.ask(GET_PRODUCT, {"code": "JAG"}, actor=branch.officer)["versions"][0]
    assert shown["loan"]["plans"][0]["annual_rate_percent"] == "24"
    assert (shown["savings"], shown["checker_id"]) == (None, CHECKER.person_id)
    items = harness.ask(LIST_PRODUCTS, {"kind": "loan"}, actor=branch.officer)["items"]
    assert [(item["code"], item["category"]) for item in items] == [("JAG", "jagoron")]


def test_the_checker_sees_what_each_plan_really_costs(harness: Harness):
    monthly = plan("M12", frequency="MONTHLY", instalments=12)
    propose(harness, "JAG", household(least="10000.00", most="10000.00", plans=[plan(), monthly]))
    (one,) = harness.ask(LIST_APPROVALS, {}, actor=CHECKER)["items"]
    assert one["facts"]["rate_percent"].startswith("W46: 22.")
    assert "M12: 23." in one["facts"]["rate_percent"]


def test_a_later_version_leaves_the_older_one_as_it_is(harness: Harness, branch: Branch):
    lend(branch, "JAG", household())
    lend(branch, "JAG", household(most="150000.00"), effective_on="2026-12-01")
    known = versions(harness, "JAG")
    assert [(one.version, one.most) for one in known] == [(1, 10_000_000), (2, 15_000_000)]
    assert product_in_force(known, date(2026, 11, 30)).version == 1
    assert product_in_force(known, date(2026, 12, 1)).version == 2


def test_it_is_offered_no_more_from_a_day_on(harness: Harness, branch: Branch):
    lend(branch, "JAG", household())
    command = {"id": an_id(31), "code": "JAG", "effective_on": "2026-12-01", "reason": "তহবিল শেষ"}
    waiting = harness.ask(WITHDRAW_PRODUCT, command, actor=MAKER)
    harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=CHECKER)
    with pytest.raises(LookupError):
        product_in_force(versions(harness, "JAG"), date(2026, 12, 1))
    assert product_in_force(versions(harness, "JAG"), date(2026, 11, 30)).offered


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (household(most="4999.00"), "terms.most"),
        (household(plans=[plan(), plan()]), "terms.plans"),
        (household(first_cycle=3, last_cycle=2), "terms.last_cycle"),
        (household(plans=[]), "terms.plans"),
        (household(plans=[plan("weekly")]), "terms.plans.0.code"),
        (household(least="5000.50"), "terms.least"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(harness: Harness, terms: dict[str, Any], field: str):
    with pytest.raises(InvalidPayload) as refusal:
        propose(harness, "JAG", terms)
    assert field in refusal.value.facts["fields"]


def test_a_plan_that_makes_no_schedule_is_refused(harness: Harness):
    with pytest.raises(GraceTooLong):
        propose(harness, "JAG", household(plans=[plan(instalments=4, principal_grace=4)]))


def test_codes_and_days_are_kept(harness: Harness, branch: Branch):
    with pytest.raises(ProductCodeTaken):
        propose(harness, "GS", household())
    with pytest.raises(EffectiveDatePassed):
        propose(harness, "JAG", household(), effective_on="2026-11-22")
    with pytest.raises(Forbidden):
        harness.ask(PROPOSE_LOAN_PRODUCT, proposal("JAG", household()), actor=branch.manager)


def test_the_runtime_role_cannot_change_a_version(harness: Harness, branch: Branch):
    lend(branch, "JAG", household())
    for statement in ("UPDATE loan_products SET most = 1", "DELETE FROM loan_products"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            harness.process.database.transaction() as session,
        ):
            session.execute(sa.text(statement))
