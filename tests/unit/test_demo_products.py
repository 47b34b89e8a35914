"""The demo's products are lawful whenever they are lent, and could be proposed as they stand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.domain.lending.law import Law, breaches, product_breaches
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.proposals import check_terms, first_due
from accounts.domain.lending.schedule import make_schedule
from accounts.domain.savings.accounts import Wanted, check_wanted, maturity_value
from accounts.domain.savings.products import SavingsProduct
from accounts.domain.savings.proposals import check_savings
from contracts.accounts.loan_products import ProposeLoanProduct
from contracts.accounts.savings_products import ProposeSavingsProduct
from contracts.calls import load
from contracts.money import Paisa
from demo.products import REASON, catalogue

LAW = Law(
    effective_on=date(2019, 7, 1), cap_percent=Decimal(24), first_due_days=15, compulsory_savings_bps=600
)
EFFECTIVE = date(2026, 11, 27)
PAYOUTS = [date(2026, 1, 3) + timedelta(days=days) for days in range(0, 800, 23)]
EID = {date(2027, 3, 9) + timedelta(days=days) for days in range(5)}
VICTORY = {date(2026, 12, 16), date(2027, 12, 16), date(2027, 3, 26), date(2027, 5, 1)}


def loaded(schema: Any, product: dict[str, Any]) -> dict[str, Any]:
    body = {**product, "id": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "reason": REASON}
    return load(schema, body | {"effective_on": EFFECTIVE.isoformat()})


def loans() -> list[LoanProduct]:
    said = [loaded(ProposeLoanProduct, product) for product in catalogue()["loans"]]
    for one in said:
        check_terms(one["terms"])
    return [LoanProduct.of(one["code"], 1, EFFECTIVE, one["terms"], offered=True) for one in said]


def savings() -> dict[str, SavingsProduct]:
    said = [loaded(ProposeSavingsProduct, product) for product in catalogue()["savings"]]
    made = [SavingsProduct.of(one["code"], 1, EFFECTIVE, one["terms"], offered=True) for one in said]
    return {product.code: product for product in made}


@pytest.mark.rule("L2")
@pytest.mark.parametrize("product", loans(), ids=lambda product: product.code)
def test_every_plan_is_within_the_law_on_whatever_day_it_is_paid(product: LoanProduct) -> None:
    assert product_breaches(product, LAW) == ()
    for plan in product.plans:
        for number, paid_on in enumerate(PAYOUTS):
            principal = (product.least, product.most, Paisa(product.least + 100))[number % 3]
            made = schedule(product, plan, principal, paid_on, later=number % 7)
            assert breaches(made, product, LAW) == ()
            assert made.principal == principal


def schedule(
    product: LoanProduct, plan: InstalmentPlan, principal: Paisa, paid_on: date, *, later: int
) -> Any:
    """The samity meets up to six days after the first day on which something could be due."""
    return make_schedule(
        product.terms(principal, plan),
        disbursed_on=paid_on,
        first_due_on=first_due(plan, paid_on) + timedelta(days=later),
        holidays=EID | VICTORY,
    )


def test_all_families_and_categories_are_there() -> None:
    assert {product.family for product in savings().values()} == {
        "voluntary_savings",
        "term_savings",
        "lump_savings",
    }
    assert {product.category for product in loans()} == {"jagoron", "agrosor", "sufolon", "buniad"}


@pytest.mark.parametrize("code", ["VS", "DPS", "FDR"])
def test_savings_terms_do_not_contradict_themselves(code: str) -> None:
    check_savings(savings()[code], least_bps=600)


def test_a_lump_deposit_doubles_in_seven_years() -> None:
    wanted = Wanted(amount=Paisa(2_500_000), months=84)
    check_wanted(savings()["FDR"], wanted)
    assert maturity_value(savings()["FDR"], wanted) == 5_000_000
