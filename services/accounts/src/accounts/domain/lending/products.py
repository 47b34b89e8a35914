"""Loan products: versions of what is lent on which terms, each in force from a date on. Pure.

A version is never changed; a loan keeps the one that it was proposed under.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from accounts.domain.lending.terms import (
    ONE_TAKA,
    Amortization,
    DayCount,
    FlatSplit,
    Frequency,
    HolidayRule,
    InterestBasis,
    LoanTerms,
    Method,
    MultipleRounding,
    Rounding,
)
from contracts.money import NOTHING, Paisa

WHOLE_BPS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPlan:
    """One way in which a product may be repaid: rate and method belong to it (domain 4.1).

    Attributes:
        code: By which a proposal names it, such as `W46`.
        annual_rate_percent: With at most four decimals.
        instalments: How many.
        grace_days: Days between payout and first instalment at the least; the law may ask for more.
        principal_grace: How many first instalments pay no principal.
        interest_grace: How many first instalments pay no charge.
    """

    code: str
    frequency: Frequency
    instalments: int
    annual_rate_percent: Decimal
    every: int = 1
    method: Method = Method.DECLINING
    amortization: Amortization = Amortization.EQUAL_INSTALMENTS
    interest_basis: InterestBasis = InterestBasis.PERIOD
    day_count: DayCount = DayCount.ACTUAL_365
    flat_split: FlatSplit = FlatSplit.PROPORTIONAL
    grace_days: int = 15
    principal_grace: int = 0
    interest_grace: int = 0

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return a plan from what was said of it, by the names of the fields."""
        words = {
            "frequency": Frequency(said["frequency"]),
            "method": Method(said["method"]),
            "amortization": Amortization(said["amortization"]),
            "interest_basis": InterestBasis(said["interest_basis"]),
            "day_count": DayCount(said["day_count"]),
            "flat_split": FlatSplit(said["flat_split"]),
        }
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in said.items() if name in known} | words)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanProduct:
    """One version of a loan product; amounts in paisa, shares in basis points.

    Attributes:
        code: The readable code, part of every loan's code: `JAG`.
        version: Counted from 1 within the product.
        effective_on: The first day on which loans are proposed under it.
        offered: Whether it is offered at all from that day on.
        category: Jagoron, agrosor, sufolon, buniad and so on, for reports.
        fund: From whose money it is lent.
        plans: The ways of repaying, each by its code.
        unit: What an instalment is a multiple of; None is to the paisa.
        savings_share_bps: What of the proposed principal she must have saved (domain 3).
        savings_share_later_bps: The same from her second loan on.
        first_loan_after_days: How long she must be a member before her first loan.
        first_cycle: From which of her loans on it is lent; `last_cycle` up to which, None is any.
        cycle_growth_bps: The most that a loan may exceed her last one by; None is no limit.
        several: Whether it may run beside another loan of hers.
        form_fee: Collected at the counter, like the risk fund's share and its most; never kept from the loan.
        prepayable_instalments: How many may be paid ahead; more is a settlement. None is no limit.
        allows_rebate: Whether charge not yet earned is given back at settlement.
        guarantors: How many must stand in for her.
    """

    code: str
    version: int
    effective_on: date
    name_bn: str
    name_en: str
    category: str
    fund: str
    least: Paisa
    most: Paisa
    plans: tuple[InstalmentPlan, ...]
    offered: bool = True
    unit: Paisa | None = ONE_TAKA
    multiple_rounding: MultipleRounding = MultipleRounding.UP
    rounding: Rounding = Rounding.HALF_UP
    round_last: bool = True
    holiday_rule: HolidayRule = HolidayRule.SKIP_EXTEND
    savings_share_bps: int = 0
    savings_share_later_bps: int = 0
    first_loan_after_days: int = 7
    first_cycle: int = 1
    last_cycle: int | None = None
    cycle_growth_bps: int | None = None
    several: bool = False
    form_fee: Paisa = NOTHING
    risk_fund_bps: int = 0
    risk_fund_most: Paisa | None = None
    prepayable_instalments: int | None = None
    allows_rebate: bool = True
    guarantors: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.least <= self.most:
            raise ValueError("the least is something, and no more than the most")
        if not self.plans or len({plan.code for plan in self.plans}) != len(self.plans):
            raise ValueError("a product is repaid in at least one way, each with a code of its own")

    @classmethod
    def of(
        cls, code: str, version: int, effective_on: date, said: Mapping[str, Any], *, offered: bool
    ) -> Self:
        """Return a version from what was said of its terms, by the names of the fields."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in said.items() if name in known} | {
            "plans": tuple(InstalmentPlan.of(plan) for plan in said["plans"]),
            "multiple_rounding": MultipleRounding(said["multiple_rounding"]),
            "rounding": Rounding(said["rounding"]),
            "holiday_rule": HolidayRule(said["holiday_rule"]),
        }
        return cls(code=code, version=version, effective_on=effective_on, offered=offered, **plain)

    def ended(self, version: int, effective_on: date) -> Self:
        """Return the version that takes it off the list from a day on; the terms are as they were."""
        return replace(self, version=version, effective_on=effective_on, offered=False)

    def plan(self, code: str) -> InstalmentPlan:
        """Return one way of repaying.

        Raises:
            LookupError: the product has no such plan.
        """
        found = [plan for plan in self.plans if plan.code == code]
        if not found:
            raise LookupError(code)
        return found[0]

    def terms(self, principal: Paisa, plan: InstalmentPlan) -> LoanTerms:
        """Return the terms from which the schedule of a loan of this product is made."""
        return LoanTerms(
            principal=principal,
            annual_rate_percent=plan.annual_rate_percent,
            instalments=plan.instalments,
            frequency=plan.frequency,
            every=plan.every,
            method=plan.method,
            amortization=plan.amortization,
            interest_basis=plan.interest_basis,
            day_count=plan.day_count,
            rounding=self.rounding,
            instalment_multiple=self.unit,
            multiple_rounding=self.multiple_rounding,
            round_last=self.round_last,
            flat_split=plan.flat_split,
            principal_grace=plan.principal_grace,
            interest_grace=plan.interest_grace,
            holiday_rule=self.holiday_rule,
        )


def product_in_force(versions: Sequence[LoanProduct], on: date) -> LoanProduct:
    """Return the version under which a loan is proposed on a day.

    Raises:
        LookupError: the product is not offered then.
    """
    begun = [product for product in versions if product.effective_on <= on]
    newest = max(begun, key=lambda product: (product.effective_on, product.version), default=None)
    if newest is None or not newest.offered:
        raise LookupError("the product is not offered on that day")
    return newest
