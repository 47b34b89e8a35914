"""Savings products: versions of terms, each in force from a date on. Pure.

A version is never changed; an account keeps a snapshot of the one it was opened under (mechanics B1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from contracts.accounts.product_words import Family, Formula, InterestMethod
from contracts.money import NOTHING, Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """From a day on, what is earned a year in basis points; with `months`, only by accounts of that term."""

    from_on: date
    rate_bps: int
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """What the table promises in paisa: for a monthly amount, or for each such amount in a lump deposit."""

    amount: Paisa
    months: int
    value: Paisa
    bonus: Paisa = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    """From how many whole months on a deposit that is closed early earns which rate."""

    from_month: int
    rate_bps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsProduct:
    """One version of a savings product; amounts in paisa, shares in basis points, None was not agreed.

    Attributes:
        code: The readable code, part of every account's code: `GS`.
        version: Counted from 1 within the product.
        effective_on: The first day on which accounts are opened under it.
        offered: Whether accounts are opened at all from that day on.
        compulsory: Every member has one from her approval on; the law says what it earns at least.
        fund: From whose money it is run, for reports.
        floor: The balance below which nothing is withdrawn.
        least_deposit: The usual deposit at a meeting, or the least amount of a monthly or lump account.
        needs_approval: Whether the manager agrees to each account.
        rates: What is earned from which day on.
        interest_posting_months: In which months interest is credited; none are the institution's usual ones.
        counter_limit: Up to which amount the counter pays without an approval.
        term_months: The terms that may be chosen.
        missing_limit: How many instalments may be missed before it counts as ended early.
        maturities: What is paid at the end, before every formula.
    """

    code: str
    version: int
    effective_on: date
    name_bn: str
    name_en: str
    family: Family
    fund: str
    least_deposit: Paisa
    rates: tuple[Rate, ...]
    offered: bool = True
    compulsory: bool = False
    floor: Paisa = NOTHING
    most_deposit: Paisa | None = None
    deposit_step: Paisa | None = None
    needs_approval: bool = False
    interest_method: InterestMethod = InterestMethod.DAILY_PRODUCT
    interest_minimum_balance: Paisa = NOTHING
    interest_minimum_age_months: int = 0
    interest_withdrawal_stops: bool = False
    interest_dormant_eligible: bool = True
    interest_posting_months: tuple[int, ...] = ()
    withdraw_max_bps_with_loan: int | None = None
    withdraw_max_bps_without_loan: int | None = None
    counter_limit: Paisa | None = None
    closing_charge: Paisa | None = None
    dormant_after_months: int | None = None
    term_months: tuple[int, ...] = ()
    late_penalty: Paisa | None = None
    missing_limit: int | None = None
    formula: Formula | None = None
    maturities: tuple[Maturity, ...] = ()
    premature: tuple[Slab, ...] = ()

    @classmethod
    def of(
        cls, code: str, version: int, effective_on: date, said: Mapping[str, Any], *, offered: bool
    ) -> Self:
        """Return a version from what was said of its terms, by the names of the fields."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in said.items() if name in known} | {
            "family": Family(said["family"]),
            "interest_method": InterestMethod(said["interest_method"]),
            "formula": None if said["formula"] is None else Formula(said["formula"]),
            "term_months": tuple(said["term_months"]),
            "interest_posting_months": tuple(said["interest_posting_months"]),
            "rates": tuple(Rate(**rate) for rate in said["rates"]),
            "maturities": tuple(Maturity(**row) for row in said["maturities"]),
            "premature": tuple(Slab(**slab) for slab in said["premature"]),
        }
        return cls(code=code, version=version, effective_on=effective_on, offered=offered, **plain)

    def ended(self, version: int, effective_on: date) -> Self:
        """Return the version that takes it off the list from a day on; the terms are as they were."""
        return replace(self, version=version, effective_on=effective_on, offered=False)

    @property
    def has_term(self) -> bool:
        """Whether amount and term are agreed for each account: monthly and lump savings."""
        return self.family in {Family.TERM, Family.LUMP}

    @property
    def lowest_rate_bps(self) -> int:
        """The least that any of its rates ever pays."""
        return min(rate.rate_bps for rate in self.rates)

    def rates_for(self, months: int | None) -> tuple[Rate, ...]:
        """Return the rates of an account by their days: those of its own term, else the general ones."""
        own = [rate for rate in self.rates if months is not None and rate.months == months]
        general = [rate for rate in self.rates if rate.months is None]
        return tuple(sorted(own or general, key=lambda rate: rate.from_on))

    def rate_on(self, day: date, months: int | None = None) -> int:
        """Return what an account earns a year on a day, in basis points; before the first rate, nothing."""
        begun = [rate.rate_bps for rate in self.rates_for(months) if rate.from_on <= day]
        return begun[-1] if begun else 0


def savings_in_force(versions: Sequence[SavingsProduct], on: date) -> SavingsProduct | None:
    """Return the version under which an account is opened on a day; None where it is not offered then."""
    begun = [product for product in versions if product.effective_on <= on]
    newest = max(begun, key=lambda product: (product.effective_on, product.version), default=None)
    return newest if newest is not None and newest.offered else None
