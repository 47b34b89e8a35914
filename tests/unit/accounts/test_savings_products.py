"""Savings products: which version and which rate is in force, and what the table pays."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.domain.savings.accounts import Wanted, check_wanted, maturity_value
from accounts.domain.savings.products import Maturity, Rate, SavingsProduct, savings_in_force
from contracts.accounts.product_errors import AmountNotOffered
from contracts.accounts.product_words import Family, Formula
from contracts.money import Paisa

FIRST = date(2020, 1, 1)
VOLUNTARY = SavingsProduct(
    code="VS",
    version=1,
    effective_on=FIRST,
    name_bn="স্বেচ্ছা সঞ্চয়",
    name_en="Voluntary savings",
    family=Family.VOLUNTARY,
    fund="own",
    least_deposit=Paisa(1_000),
    rates=(Rate(from_on=FIRST, rate_bps=600),),
)
DPS = replace(
    VOLUNTARY,
    code="DPS",
    family=Family.TERM,
    least_deposit=Paisa(10_000),
    term_months=(36, 60),
    formula=Formula.ANNUITY_DUE,
    rates=(Rate(from_on=FIRST, rate_bps=700, months=36), Rate(from_on=FIRST, rate_bps=750, months=60)),
)
FDR = replace(
    VOLUNTARY,
    code="FDR",
    family=Family.LUMP,
    least_deposit=Paisa(2_000_000),
    term_months=(72, 84),
    maturities=(
        Maturity(amount=Paisa(100_000), months=84, value=Paisa(200_000)),
        Maturity(amount=Paisa(1_000_000), months=84, value=Paisa(2_000_000), bonus=Paisa(10_000)),
    ),
)


def test_the_newest_version_that_has_begun_is_in_force_while_it_is_offered():
    second = replace(VOLUNTARY, version=2, effective_on=date(2026, 7, 1))
    ended = second.ended(3, date(2027, 1, 1))
    versions = (second, ended, VOLUNTARY)
    assert savings_in_force(versions, date(2019, 12, 31)) is None
    assert savings_in_force(versions, date(2026, 6, 30)) == VOLUNTARY
    assert savings_in_force(versions, date(2026, 12, 31)) == second
    assert savings_in_force(versions, date(2027, 1, 1)) is None


def test_a_rate_holds_from_its_day_and_for_its_term():
    later = replace(VOLUNTARY, rates=(Rate(from_on=date(2026, 7, 1), rate_bps=650), *VOLUNTARY.rates))
    assert [later.rate_on(day) for day in (date(2019, 1, 1), date(2026, 6, 30), date(2026, 7, 1))] == [
        0,
        600,
        650,
    ]
    assert later.lowest_rate_bps == 600
    assert [DPS.rate_on(FIRST, months) for months in (36, 60)] == [700, 750]


def test_the_greatest_row_that_fits_pays_for_each_of_its_amounts():
    """৳ 25,000 are 25 of ৳ 1,000; ৳ 30,000 are 3 of ৳ 10,000, each with its bonus of ৳ 100."""
    assert maturity_value(FDR, Wanted(amount=Paisa(2_500_000), months=84)) == 5_000_000
    assert maturity_value(FDR, Wanted(amount=Paisa(3_000_000), months=84)) == 3 * (2_000_000 + 10_000)
    assert maturity_value(FDR, Wanted(amount=Paisa(2_500_000), months=72)) is None
    assert maturity_value(DPS, Wanted(amount=Paisa(50_000), months=60)) is None


def test_an_amount_that_no_row_names_needs_a_formula():
    with pytest.raises(AmountNotOffered) as refusal:
        check_wanted(FDR, Wanted(amount=Paisa(2_500_000), months=72))
    assert refusal.value.facts["least"] == "20000.00"
    check_wanted(replace(FDR, formula=Formula.SIMPLE), Wanted(amount=Paisa(2_500_000), months=72))
    check_wanted(DPS, Wanted(amount=Paisa(12_345), months=36))
