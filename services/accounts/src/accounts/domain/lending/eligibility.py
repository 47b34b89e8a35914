"""Who may have which loan (domain 4.1): the product's rules held against her and her samity. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.domain.lending.loans import LendingLimits
from accounts.domain.lending.products import WHOLE_BPS, InstalmentPlan, LoanProduct
from contracts.accounts.loan_errors import (
    AnotherLoanRuns,
    BorrowerNotActive,
    CycleNotServed,
    GrowthOverLimit,
    LoanOverdue,
    PlanNotOffered,
    PrincipalOutsideLimits,
    SamityWeekFull,
    SavingsBelowShare,
    TooNewForLoan,
)
from contracts.money import NOTHING, Paisa, format_taka

_SATURDAY_FROM_MONDAY = 5
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrower:
    """What of a member decides whether she may borrow.

    Attributes:
        admitted_on: When she became a member; None for an applicant.
        nid_index: The blind index of her identity number.
        branch_id: In whose book her loan will be.
        deceased_on: When she died; she stays a member until her case is settled (rule L5).
    """

    id: str
    status: str
    admitted_on: date | None
    samity_id: str
    branch_id: str
    code: str | None
    name_bn: str
    name_en: str
    sex: str
    nid_index: str
    deceased_on: date | None = None

    @property
    def is_active(self) -> bool:
        """Whether anything new may be begun with her."""
        return self.status == "active" and self.admitted_on is not None and self.deceased_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowingSoFar:
    """Her loans besides this one.

    Attributes:
        paid_out: How many were ever paid out and not undone.
        open: How many are running, being paid out, or asked for.
        last_principal: Of the one that was paid out last; None before her first.
        samity_that_week: How many other members of her samity get loans in the week of the payout.
    """

    paid_out: int
    open: int
    last_principal: Paisa | None
    samity_that_week: int

    @property
    def cycle(self) -> int:
        """Which of her loans this one is."""
        return self.paid_out + 1


@dataclass(frozen=True, slots=True)
class MoneyStanding:
    """How she stands in the book: what she has saved, and what of her loans is overdue, in paisa."""

    savings: Paisa
    overdue: Paisa


def saved_in(account_ids: Collection[str], balances: Iterable[Mapping[str, Any]]) -> Paisa:
    """Return what is hers on savings accounts and not promised away already, in paisa.

    Args:
        account_ids: Her savings accounts, as they were agreed.
        balances: All of hers in the book.
    """
    kept = (account for account in balances if account["account_id"] in account_ids)
    return Paisa(sum(account["balance"] - account["pending_out"] for account in kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What of a proposal, or of a payout, is held against the rules.

    Attributes:
        on: When it would be paid out.
    """

    principal: Paisa
    on: date


def plan_of(product: LoanProduct, code: str) -> InstalmentPlan:
    """Return the way of repaying that is asked for.

    Raises:
        PlanNotOffered: the product has no such plan.
    """
    try:
        return product.plan(code)
    except LookupError:
        raise PlanNotOffered(
            field="plan_code", plans=", ".join(plan.code for plan in product.plans)
        ) from None


def check_member(product: LoanProduct, borrower: Borrower, so_far: BorrowingSoFar, on: date) -> None:
    """Refuse who is no member, or not for long enough, or has other loans than the product is for.

    Raises:
        BorrowerNotActive, TooNewForLoan, CycleNotServed, AnotherLoanRuns: as named.
    """
    if not borrower.is_active or borrower.admitted_on is None:
        raise BorrowerNotActive(field="member_id")
    first_on = borrower.admitted_on + timedelta(days=product.first_loan_after_days)
    if so_far.cycle == 1 and on < first_on:
        raise TooNewForLoan(first_on=first_on.isoformat())
    if so_far.cycle < product.first_cycle or so_far.cycle > (product.last_cycle or so_far.cycle):
        raise CycleNotServed(cycle=so_far.cycle, first=product.first_cycle, last=product.last_cycle)
    if so_far.open and not product.several:
        raise AnotherLoanRuns(count=so_far.open)


def check_amount(product: LoanProduct, wish: Wish, so_far: BorrowingSoFar) -> None:
    """Refuse an amount that the product is not for, or that grows too fast from her last loan.

    Raises:
        PrincipalOutsideLimits, GrowthOverLimit: as named.
    """
    if not product.least <= wish.principal <= product.most:
        raise PrincipalOutsideLimits(
            field="principal", least=format_taka(product.least), most=format_taka(product.most)
        )
    if so_far.last_principal is None or product.cycle_growth_bps is None:
        return
    most = Paisa(so_far.last_principal * (WHOLE_BPS + product.cycle_growth_bps) // WHOLE_BPS)
    if wish.principal > most:
        raise GrowthOverLimit(field="principal", most=format_taka(most))


def savings_needed(product: LoanProduct, principal: Paisa, cycle: int) -> Paisa:
    """Return what she must have saved for an amount, a part of a paisa counted as one (domain 3)."""
    share = product.savings_share_bps if cycle == 1 else product.savings_share_later_bps
    return Paisa(-(-principal * share // WHOLE_BPS))


def check_money(product: LoanProduct, wish: Wish, cycle: int, standing: MoneyStanding) -> None:
    """Refuse who has saved too little, or owes what is overdue.

    Raises:
        SavingsBelowShare, LoanOverdue: as named.
    """
    needed = savings_needed(product, wish.principal, cycle)
    if standing.savings < needed:
        raise SavingsBelowShare(needed=format_taka(needed), saved=format_taka(standing.savings))
    if standing.overdue > NOTHING:
        raise LoanOverdue(overdue=format_taka(standing.overdue))


def week_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a week, which begins on Saturday."""
    first = day - timedelta(days=(day.weekday() - _SATURDAY_FROM_MONDAY) % _DAYS_A_WEEK)
    return first, first + timedelta(days=_DAYS_A_WEEK - 1)


def check_samity_week(so_far: BorrowingSoFar, limits: LendingLimits) -> None:
    """Refuse another loan where as many of her samity get one in that week as may.

    Raises:
        SamityWeekFull: with how many may.
    """
    if so_far.samity_that_week >= limits.samity_a_week:
        raise SamityWeekFull(most=limits.samity_a_week)


def check_borrower(
    product: LoanProduct,
    wish: Wish,
    borrower: Borrower,
    so_far: BorrowingSoFar,
    standing: MoneyStanding,
    limits: LendingLimits,
) -> None:
    """Hold a proposal, or a payout, against all rules about her.

    Raises:
        ServiceError: as the checks name it.
    """
    check_member(product, borrower, so_far, wish.on)
    check_amount(product, wish, so_far)
    check_money(product, wish, so_far.cycle, standing)
    check_samity_week(so_far, limits)
