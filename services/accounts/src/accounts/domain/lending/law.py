"""What the regulator says of loans and compulsory savings, as data with dates (domain 4.2, rule L2). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Protocol

from accounts.domain.lending.apr import annual_percentage_rate
from accounts.domain.lending.products import WHOLE_BPS, LoanProduct
from accounts.domain.lending.schedule import Schedule
from contracts.accounts.law_words import AprFormula, BreachKind, CashFlow, Fee
from contracts.money import NOTHING, PAISA_PER_TAKA, Paisa, round_half_up

_EXACT = Decimal("1e-12")
_TWO_DECIMALS = Decimal("0.01")
_HIGHEST_ALLOWED = {BreachKind.YEARLY_RATE, BreachKind.FEE_NOT_ALLOWED, BreachKind.DEDUCTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What holds from a date on.

    Attributes:
        cap_percent: The most that a loan may cost a year, in percent.
        formula: How the yearly rate is made from the daily internal rate of return.
        counted: Which cash flows count; principal and service charge always do.
        first_due_days: The fewest days between payout and first instalment.
        nothing_deducted: Whether the whole principal must be paid out.
        compulsory_savings_bps: The least interest a year on compulsory savings, in basis points.
        allowed_fees: What may be collected beside a loan.
    """

    effective_on: date
    cap_percent: Decimal
    first_due_days: int
    compulsory_savings_bps: int
    formula: AprFormula = AprFormula.DAILY_TIMES_365
    counted: frozenset[CashFlow] = frozenset({CashFlow.PRINCIPAL_AND_CHARGE})
    nothing_deducted: bool = True
    allowed_fees: frozenset[Fee] = frozenset(Fee)

    def yearly_rate(self, schedule: Schedule, product: "Charges | None" = None) -> Decimal:
        """Return what a loan costs a year by this law, in percent and unrounded.

        Args:
            schedule: The loan's.
            product: What is collected beside it, where this law counts that.
        """
        beside = NOTHING if product is None else _counted_beside(self, schedule.principal, product)
        return annual_percentage_rate(schedule, beside=beside, formula=self.formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One thing that the law forbids, with its figure and what would be allowed.

    The figure is percent a year for rates, days for dates, taka for money; never rounded for the comparison.
    """

    kind: BreachKind
    figure: Decimal
    limit: Decimal

    @property
    def exact(self) -> str:
        """The figure as an override names it: up to twelve decimals, without needless zeros."""
        text = f"{self.figure.quantize(_EXACT, ROUND_HALF_UP):f}"
        return text.rstrip("0").rstrip(".")

    @property
    def shown(self) -> str:
        """The figure with two decimals, rounded so that it never reads as what is allowed."""
        away = ROUND_CEILING if self.kind in _HIGHEST_ALLOWED else ROUND_FLOOR
        return f"{self.figure.quantize(_TWO_DECIMALS, away):f}"


class Charges(Protocol):
    """What a product collects beside its loans."""

    @property
    def form_fee(self) -> Paisa:
        """A fixed fee in paisa."""

    @property
    def risk_fund_bps(self) -> int:
        """A share of the principal, in basis points."""

    @property
    def risk_fund_most(self) -> Paisa | None:
        """The most of it, in paisa."""


def law_in_force(laws: Sequence[Law], day: date) -> Law:
    """Return the law of a day; before the first, the first; of two with one date, the later listed."""
    ordered = sorted(laws, key=lambda law: law.effective_on)
    begun = [law for law in ordered if law.effective_on <= day]
    return begun[-1] if begun else ordered[0]


def breaches(
    schedule: Schedule, product: LoanProduct, law: Law, *, paid_out: Paisa | None = None
) -> tuple[Breach, ...]:
    """Return everything that the law forbids of a loan, each with its figure (rule L2).

    Args:
        schedule: The loan's, for the very dates.
        product: Whose it is: fees and risk fund are collected beside it.
        law: Of the day of the payout.
        paid_out: What she gets in her hand, in paisa; None is the whole principal.
    """
    return tuple(_breaches(schedule, product, law, schedule.principal if paid_out is None else paid_out))


def savings_breach(lowest_rate_bps: int, law: Law) -> Breach | None:
    """Return that compulsory savings would earn less than the law says; None where they earn enough."""
    if lowest_rate_bps >= law.compulsory_savings_bps:
        return None
    return Breach(
        kind=BreachKind.COMPULSORY_SAVINGS,
        figure=Decimal(lowest_rate_bps) / 100,
        limit=Decimal(law.compulsory_savings_bps) / 100,
    )


def product_breaches(product: LoanProduct, law: Law) -> tuple[Breach, ...]:
    """Return what the law forbids of a product on whatever day it is lent: fees, and too little grace."""
    grace = min(plan.grace_days for plan in product.plans)
    early = (_first_due(grace, law),) if grace < law.first_due_days else ()
    return (*early, *_fees(product, law))


def risk_fund_of(product: Charges, principal: Paisa) -> Paisa:
    """Return what is collected for the risk fund, in whole taka, at most its ceiling; in paisa."""
    share = round_half_up(principal * product.risk_fund_bps, WHOLE_BPS * PAISA_PER_TAKA) * PAISA_PER_TAKA
    return Paisa(share if product.risk_fund_most is None else min(share, product.risk_fund_most))


def _breaches(schedule: Schedule, product: LoanProduct, law: Law, paid_out: Paisa) -> Iterator[Breach]:
    rate = law.yearly_rate(schedule, product)
    if rate > law.cap_percent:
        yield Breach(kind=BreachKind.YEARLY_RATE, figure=rate, limit=law.cap_percent)
    days = (schedule.rows[0].due_on - schedule.disbursed_on).days
    if days < law.first_due_days:
        yield _first_due(days, law)
    if law.nothing_deducted and paid_out < schedule.principal:
        yield Breach(
            kind=BreachKind.DEDUCTED, figure=_taka(Paisa(schedule.principal - paid_out)), limit=Decimal(0)
        )
    yield from _fees(product, law)


def _first_due(days: int, law: Law) -> Breach:
    return Breach(kind=BreachKind.FIRST_DUE, figure=Decimal(days), limit=Decimal(law.first_due_days))


def _fees(product: LoanProduct, law: Law) -> Iterator[Breach]:
    if product.form_fee and Fee.FORM not in law.allowed_fees:
        yield Breach(kind=BreachKind.FEE_NOT_ALLOWED, figure=_taka(product.form_fee), limit=Decimal(0))
    if product.risk_fund_bps and Fee.RISK_FUND not in law.allowed_fees:
        share = Decimal(product.risk_fund_bps) / 100
        yield Breach(kind=BreachKind.RISK_FUND_NOT_ALLOWED, figure=share, limit=Decimal(0))


def _counted_beside(law: Law, principal: Paisa, product: Charges) -> Paisa:
    fees = product.form_fee if CashFlow.FEES in law.counted else NOTHING
    insurance = risk_fund_of(product, principal) if CashFlow.INSURANCE in law.counted else NOTHING
    return Paisa(fees + insurance)


def _taka(amount: Paisa) -> Decimal:
    return Decimal(amount) / PAISA_PER_TAKA
