"""What she puts her mark to: the schedule for a day, its yearly rate, and what the law says of it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from accounts.domain.calendar import FRIDAY, weekday_of
from accounts.domain.lending.calendar import months_after
from accounts.domain.lending.law import Law, breaches
from accounts.domain.lending.overrides import Override, not_covered
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.schedule import Schedule, make_schedule
from accounts.domain.lending.terms import Amortization, FlatSplit, Frequency, LoanTerms, Method
from accounts.domain.tenures import Tenure, in_force
from contracts.accounts.law_words import BreachKind
from contracts.accounts.lending_errors import OnlyHolidays
from contracts.accounts.loan_errors import FeeNotAllowed, FirstDueTooEarly, YearlyRateOverCap
from contracts.money import Paisa
from contracts.transactions.lending_words import Split

_DAYS_A_WEEK = 7
_DAYS_A_MONTH = 31
_FARTHEST = 400
"""So many days in a row without a meeting are nobody's purpose."""
_TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Meetings:
    """When a samity meets.

    Attributes:
        weekdays: From which day on, on which weekday, 1 for Saturday.
        holidays: Days on which it does not.
    """

    weekdays: Sequence[Tenure[int]]
    holidays: Collection[date] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPayout:
    """What would be paid out to whom on which day; `principal` is in paisa."""

    loan_id: str
    product: LoanProduct
    plan_code: str
    principal: Paisa
    samity_id: str
    branch_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """A schedule with its yearly rate in percent, not rounded."""

    schedule: Schedule
    apr_percent: Decimal

    @property
    def shown_percent(self) -> str:
        """The yearly rate as people read it."""
        return f"{self.apr_percent.quantize(_TWO_DECIMALS, ROUND_HALF_UP):f}"


def first_due_on(plan: InstalmentPlan, disbursed_on: date, meetings: Meetings) -> date:
    """Return the first day on which something is due (domain 4.3).

    It is the first samity day that is no holiday, at the least a whole period and the days of grace after the
    payout; daily instalments are not bound to meetings.

    Raises:
        OnlyHolidays: the samity does not meet in reach.
    """
    earliest = max(disbursed_on + timedelta(days=plan.grace_days), _one_period_after(plan, disbursed_on))
    for day in (earliest + timedelta(days=number) for number in range(_FARTHEST)):
        if day in meetings.holidays:
            continue
        if plan.frequency is Frequency.DAILY and weekday_of(day) != FRIDAY:
            return day
        if plan.frequency is not Frequency.DAILY and weekday_of(day) == in_force(meetings.weekdays, day):
            return day
    raise OnlyHolidays


def _one_period_after(plan: InstalmentPlan, day: date) -> date:
    if plan.frequency is Frequency.MONTHLY:
        return months_after(day, plan.every)
    days = _DAYS_A_WEEK if plan.frequency is Frequency.WEEKLY else 1
    return day + timedelta(days=days * plan.every)


def reaches_to(plan: InstalmentPlan, disbursed_on: date) -> date:
    """Return a day after which no instalment can be due, so that holidays are looked up to there."""
    period = {Frequency.DAILY: 1, Frequency.WEEKLY: _DAYS_A_WEEK, Frequency.MONTHLY: _DAYS_A_MONTH}
    days = plan.instalments * plan.every * period[plan.frequency] + plan.grace_days + _FARTHEST
    return disbursed_on + timedelta(days=days)


def agree(payout: PlannedPayout, plan: InstalmentPlan, meetings: Meetings, law: Law) -> Agreed:
    """Return what would be agreed for a payout, whether or not the law of its day allows it.

    Raises:
        ScheduleImpossible: no schedule can be made from these terms.
    """
    schedule = make_schedule(
        payout.product.terms(payout.principal, plan),
        disbursed_on=payout.on,
        first_due_on=first_due_on(plan, payout.on, meetings),
        holidays=_closed_days(plan, payout.on, meetings),
        same_weekday=True,
    )
    return Agreed(schedule, law.yearly_rate(schedule, payout.product))


def _closed_days(plan: InstalmentPlan, on: date, meetings: Meetings) -> Collection[date]:
    """Return the holidays; daily instalments rest on the weekly one as well."""
    if plan.frequency is not Frequency.DAILY:
        return meetings.holidays
    days = (reaches_to(plan, on) - on).days
    reach = (on + timedelta(days=number) for number in range(days))
    return {*meetings.holidays, *(day for day in reach if weekday_of(day) == FRIDAY)}


def check_law(agreed: Agreed, payout: PlannedPayout, law: Law, standing: Collection[Override]) -> None:
    """Refuse what the law of the payout's day forbids and nobody let pass (rule L2, domain 4.2).

    The principal is paid out whole. Each refusal names `breach` and exact `figure`, by which an override
    is asked for.

    Raises:
        FirstDueTooEarly, YearlyRateOverCap, FeeNotAllowed: as named.
    """
    for breach in not_covered(breaches(agreed.schedule, payout.product, law), standing):
        exact = {"breach": str(breach.kind), "figure": breach.exact}
        limit = f"{breach.limit.normalize():f}"
        if breach.kind is BreachKind.YEARLY_RATE:
            raise YearlyRateOverCap(apr_percent=breach.shown, cap_percent=limit, **exact)
        if breach.kind is BreachKind.FIRST_DUE:
            raise FirstDueTooEarly(days=int(breach.figure), least=int(breach.limit), **exact)
        raise FeeNotAllowed(**exact)


def split_of(terms: LoanTerms) -> Split:
    """Return how payments are told apart (rule L1): in proportion where the schedule itself is so."""
    in_proportion = (
        terms.method is Method.FLAT
        and terms.amortization is Amortization.EQUAL_INSTALMENTS
        and terms.flat_split is FlatSplit.PROPORTIONAL
        and not terms.principal_grace
        and not terms.interest_grace
    )
    return Split.PROPORTIONAL if in_proportion else Split.BY_INSTALMENT
