"""What the law forbids, each with its figure; the yearly rates are recomputed here by bisection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.domain.lending.law import (
    Law,
    breaches,
    law_in_force,
    product_breaches,
    risk_fund_of,
    savings_breach,
)
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.schedule import Schedule, make_schedule
from accounts.domain.lending.terms import Frequency, Method
from contracts.accounts.law_words import AprFormula, BreachKind, CashFlow, Fee
from contracts.money import Paisa

OLD = Law(
    effective_on=date(2010, 11, 10), cap_percent=Decimal(27), first_due_days=15, compulsory_savings_bps=600
)
NEW = replace(OLD, effective_on=date(2019, 7, 1), cap_percent=Decimal(24))
FLAT = InstalmentPlan(
    code="W46",
    frequency=Frequency.WEEKLY,
    instalments=46,
    annual_rate_percent=Decimal("12.5"),
    method=Method.FLAT,
)
PRODUCT = LoanProduct(
    code="JAG",
    version=1,
    effective_on=date(2025, 1, 1),
    name_bn="জাগরণ",
    name_en="Jagoron",
    category="jagoron",
    fund="own",
    least=Paisa(500_000),
    most=Paisa(10_000_000),
    plans=(FLAT,),
    form_fee=Paisa(10_000),
    risk_fund_bps=100,
)
PAID_ON = date(2025, 1, 7)


def schedule(plan: InstalmentPlan = FLAT, *, first_due_days: int = 15) -> Schedule:
    return make_schedule(
        PRODUCT.terms(Paisa(1_000_000), plan),
        disbursed_on=PAID_ON,
        first_due_on=PAID_ON + timedelta(days=first_due_days),
    )


def daily_rate(made: Schedule, received: int) -> float:
    """The rate at which the instalments are worth what was received, found by halving."""
    low, high = 0.0, 0.01
    for _ in range(200):
        middle = (low + high) / 2
        worth = sum(row.total / (1 + middle) ** (row.due_on - PAID_ON).days for row in made.rows)
        low, high = (middle, high) if worth > received else (low, middle)
    return low


@pytest.mark.rule("L2")
def test_a_rate_over_the_cap_is_told_with_its_figure() -> None:
    (found,) = breaches(schedule(), PRODUCT, NEW)

    assert (found.kind, found.limit) == (BreachKind.YEARLY_RATE, 24)
    assert float(found.figure) == pytest.approx(daily_rate(schedule(), 1_000_000) * 36_500, abs=1e-9)
    assert found.shown == "25.42"
    assert found.exact.startswith("25.41")
    assert breaches(schedule(), PRODUCT, OLD) == ()


@pytest.mark.rule("L2")
def test_a_figure_just_over_the_cap_never_reads_as_the_cap() -> None:
    rate = NEW.yearly_rate(schedule())
    (found,) = breaches(schedule(), PRODUCT, replace(NEW, cap_percent=rate - Decimal("0.000001")))
    assert Decimal(found.shown) > found.limit
    assert breaches(schedule(), PRODUCT, replace(NEW, cap_percent=rate)) == ()


@pytest.mark.rule("L2")
def test_which_cash_flows_count_and_which_formula_is_data() -> None:
    """A fee of ৳ 100 and 1 % for the risk fund leave ৳ 9,800 of ৳ 10,000 in her hand."""
    everything = replace(NEW, counted=frozenset(CashFlow))
    assert float(everything.yearly_rate(schedule(), PRODUCT)) == pytest.approx(
        daily_rate(schedule(), 980_000) * 36_500, abs=1e-9
    )
    fees = replace(NEW, counted=frozenset({CashFlow.PRINCIPAL_AND_CHARGE, CashFlow.FEES}))
    assert float(fees.yearly_rate(schedule(), PRODUCT)) == pytest.approx(
        daily_rate(schedule(), 990_000) * 36_500, abs=1e-9
    )
    compounded = replace(NEW, formula=AprFormula.COMPOUNDED_YEAR)
    assert float(compounded.yearly_rate(schedule(), PRODUCT)) == pytest.approx(
        ((1 + daily_rate(schedule(), 1_000_000)) ** 365 - 1) * 100, abs=1e-8
    )


@pytest.mark.rule("L2")
def test_days_deductions_and_fees_are_told_with_their_figures() -> None:
    declining = replace(FLAT, method=Method.DECLINING, annual_rate_percent=Decimal(20))
    early = schedule(declining, first_due_days=14)
    (days,) = breaches(early, PRODUCT, NEW)
    assert (days.kind, days.figure, days.limit, days.exact) == (BreachKind.FIRST_DUE, 14, 15, "14")

    (deducted,) = breaches(schedule(declining), PRODUCT, NEW, paid_out=Paisa(995_050))
    assert (deducted.kind, deducted.shown) == (BreachKind.DEDUCTED, "49.50")
    allowed = replace(NEW, nothing_deducted=False)
    assert breaches(schedule(declining), PRODUCT, allowed, paid_out=Paisa(995_050)) == ()

    found = breaches(schedule(declining), PRODUCT, replace(NEW, allowed_fees=frozenset({Fee.RISK_FUND})))
    assert [(one.kind, one.shown) for one in found] == [(BreachKind.FEE_NOT_ALLOWED, "100.00")]


@pytest.mark.rule("L2")
def test_compulsory_savings_and_too_little_grace_are_breaches_of_a_product() -> None:
    found = savings_breach(599, NEW)
    assert found is not None
    assert (found.kind, found.shown, found.limit) == (BreachKind.COMPULSORY_SAVINGS, "5.99", 6)
    assert savings_breach(600, NEW) is None
    assert product_breaches(PRODUCT, NEW) == ()
    hasty = replace(PRODUCT, plans=(replace(FLAT, grace_days=7),))
    assert [(one.kind, one.figure) for one in product_breaches(hasty, NEW)] == [(BreachKind.FIRST_DUE, 7)]


@pytest.mark.rule("L2")
def test_the_cap_is_the_law_of_the_day() -> None:
    laws = (NEW, OLD)
    assert law_in_force(laws, date(2019, 6, 30)).cap_percent == 27
    assert law_in_force(laws, date(2019, 7, 1)).cap_percent == 24
    assert law_in_force(laws, date(2000, 1, 1)).cap_percent == 27


def test_the_risk_fund_is_in_whole_taka_up_to_its_ceiling() -> None:
    assert risk_fund_of(PRODUCT, Paisa(1_005_000)) == 10_100
    assert risk_fund_of(replace(PRODUCT, risk_fund_most=Paisa(5_000)), Paisa(1_000_000)) == 5_000
