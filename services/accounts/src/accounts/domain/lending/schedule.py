"""The schedule engine: what is due on which day, to the paisa (domain 4.4). Pure.

Everything is counted in integers; a rate is a fraction of two of them. The charge is fixed here, once:
lateness adds none (rule L1).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from accounts.domain.lending.calendar import Due, days_a_year, days_between, due_dates
from accounts.domain.lending.terms import (
    DAYS_A_YEAR,
    MEETINGS_A_YEAR,
    MONTHS_A_YEAR,
    RATE_UNITS,
    WEEKS_A_YEAR,
    Amortization,
    FlatSplit,
    Frequency,
    InterestBasis,
    LoanTerms,
    Method,
)
from contracts.accounts.lending_errors import (
    GraceTooLong,
    InstalmentBelowCharge,
    NothingInGrace,
    NothingPerInstalment,
)
from contracts.money import Paisa


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a schedule; amounts in paisa.

    Attributes:
        balance: The principal that is outstanding after it.
    """

    number: int
    due_on: date
    principal: Paisa
    charge: Paisa
    balance: Paisa

    @property
    def total(self) -> Paisa:
        """What is paid."""
        return Paisa(self.principal + self.charge)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rows of a loan; amounts in paisa."""

    terms: LoanTerms
    disbursed_on: date
    rows: tuple[Row, ...]

    @property
    def principal(self) -> Paisa:
        """What was paid out."""
        return self.terms.principal

    @property
    def charge(self) -> Paisa:
        """The whole service charge."""
        return Paisa(sum(row.charge for row in self.rows))

    @property
    def total(self) -> Paisa:
        """All that is paid back."""
        return Paisa(self.principal + self.charge)


Amounts = list[tuple[int, int]]
"""Principal and charge of each instalment, in paisa."""
Share = Callable[[int], int]
"""What of an instalment is principal, when its charge is so much."""


def make_schedule(
    terms: LoanTerms,
    *,
    disbursed_on: date,
    first_due_on: date | None = None,
    holidays: Collection[date] = (),
    same_weekday: bool = False,
) -> Schedule:
    """Return the schedule of a loan.

    Args:
        terms: The terms of the loan.
        disbursed_on: When it is paid out.
        first_due_on: The first meeting; None is one period after the payout.
        holidays: Days on which nothing is due.
        same_weekday: Whether monthly instalments keep the weekday of the first one, else its date.

    Raises:
        InvalidPayload: the first instalment would not be after the payout.
        ScheduleImpossible: in one of its kinds: no instalment fits.
    """
    _require_grace_within(terms)
    dues = due_dates(terms, disbursed_on, first_due_on, holidays, same_weekday=same_weekday)
    days = [disbursed_on, *(due.nominal_on for due in dues)]
    for instalments in range(terms.instalments, terms.principal_grace, -1):
        amounts = _amounts(terms, days[: instalments + 1])
        if amounts is not None:
            return Schedule(terms, disbursed_on, _rows(terms, dues, _deferred(terms, amounts)))
    raise NothingPerInstalment


def _require_grace_within(terms: LoanTerms) -> None:
    """Grace leaves something to pay, and never both kinds for one instalment.

    Raises:
        GraceTooLong, NothingInGrace: it does not.
    """
    if max(terms.principal_grace, terms.interest_grace) >= terms.instalments:
        raise GraceTooLong
    if terms.principal_grace and (terms.interest_grace or not terms.rate):
        raise NothingInGrace


def _amounts(terms: LoanTerms, days: Sequence[date]) -> Amounts | None:
    """Return the amounts of so many instalments; None where rounding left nothing for the last one."""
    if terms.method is Method.FLAT:
        return _flat(terms, days)
    factors, year = _factors(terms, days)
    if terms.amortization is Amortization.EQUAL_PRINCIPAL:
        return _equal_principal(terms, factors, year)
    return _level(terms, factors, year)


def _factors(terms: LoanTerms, days: Sequence[date]) -> tuple[list[int], int]:
    """Return the rate of each period as numerators over one denominator."""
    if terms.interest_basis is InterestBasis.DAILY:
        lengths = [days_between(before, after, terms.day_count) for before, after in pairwise(days)]
        return [terms.rate * length for length in lengths], RATE_UNITS * days_a_year(terms.day_count)
    return [terms.rate * terms.every] * (len(days) - 1), RATE_UNITS * _PERIODS_A_YEAR[terms.frequency]


_PERIODS_A_YEAR = {
    Frequency.MONTHLY: MONTHS_A_YEAR,
    Frequency.WEEKLY: WEEKS_A_YEAR,
    Frequency.DAILY: DAYS_A_YEAR,
}


def _level(terms: LoanTerms, factors: Sequence[int], year: int) -> Amounts | None:
    paying = factors[terms.principal_grace :]
    discounted, whole = 0, 1
    for factor in reversed(paying):
        discounted, whole = year * (discounted + whole), (year + factor) * whole
    instalment = terms.to_unit(terms.principal * whole, discounted)
    return _declining(terms, factors, year, lambda charge: instalment - charge)


def _equal_principal(terms: LoanTerms, factors: Sequence[int], year: int) -> Amounts | None:
    share = terms.rounded(terms.principal, len(factors) - terms.principal_grace)
    return _declining(terms, factors, year, lambda _charge: share)


def _declining(terms: LoanTerms, factors: Sequence[int], year: int, principal_of: Share) -> Amounts | None:
    """Pay the charge on what is outstanding, and principal as the share says; the last takes the rest."""
    balance = int(terms.principal)
    amounts: Amounts = []
    for number, factor in enumerate(factors[:-1], start=1):
        charge = terms.rounded(balance * factor, year)
        principal = principal_of(charge) if number > terms.principal_grace else 0
        if principal + charge <= 0:
            raise NothingPerInstalment
        if number > terms.principal_grace and principal <= 0:
            raise InstalmentBelowCharge
        balance -= principal
        if balance <= 0:
            return None
        amounts.append((principal, charge))
    amounts.append(_last(terms, balance, terms.rounded(balance * factors[-1], year)))
    return amounts


def _last(terms: LoanTerms, principal: int, charge: int) -> tuple[int, int]:
    """Return the last instalment; rounded to the unit, the charge takes the difference, never below 0."""
    equal_principal = terms.amortization is Amortization.EQUAL_PRINCIPAL
    if not terms.round_last or equal_principal or not terms.rate:
        return principal, charge
    total = terms.rounded(principal + charge, terms.unit) * terms.unit
    return principal, (total if total >= principal else total + terms.unit) - principal


def flat_charge(terms: LoanTerms, days: Sequence[date]) -> int:
    """Return the whole charge of a flat loan, in paisa.

    A weekly year has 46 instalments; by days, the days from the payout to the last instalment count.
    """
    if terms.interest_basis is InterestBasis.DAILY:
        length, year = days_between(days[0], days[-1], terms.day_count), days_a_year(terms.day_count)
    else:
        length, year = terms.instalments * terms.every, _FLAT_YEAR[terms.frequency]
    return terms.rounded(terms.principal * terms.rate * length, RATE_UNITS * year)


_FLAT_YEAR = {
    Frequency.MONTHLY: MONTHS_A_YEAR,
    Frequency.WEEKLY: MEETINGS_A_YEAR,
    Frequency.DAILY: DAYS_A_YEAR,
}


def _flat(terms: LoanTerms, days: Sequence[date]) -> Amounts | None:
    charge, instalments = flat_charge(terms, days), len(days) - 1
    if terms.amortization is Amortization.EQUAL_PRINCIPAL:
        return _flat_evenly(terms, charge, terms.rounded(terms.principal, instalments), instalments)
    if terms.principal_grace or terms.flat_split is FlatSplit.EVEN:
        paying = instalments - terms.principal_grace
        share = charge // instalments if terms.principal_grace else terms.rounded(charge, instalments)
        level = terms.to_unit(terms.principal + charge - share * terms.principal_grace, paying)
        return _flat_evenly(terms, charge, level - share, instalments)
    return _flat_in_proportion(terms, charge, instalments)


def _flat_evenly(terms: LoanTerms, charge: int, principal: int, instalments: int) -> Amounts | None:
    """The same charge in each instalment; the last takes what is left of both."""
    share = terms.rounded(charge, instalments)
    if share * (instalments - 1) > charge:
        share = charge // instalments
    grace = terms.principal_grace
    if principal <= 0 and instalments > grace + 1:
        raise InstalmentBelowCharge
    left = terms.principal - principal * (instalments - grace - 1)
    if left <= 0:
        return None
    if grace and not share:
        raise NothingInGrace
    last = _last(terms, left, charge - share * (instalments - 1))
    return [(0, share)] * grace + [(principal, share)] * (instalments - grace - 1) + [last]


def _flat_in_proportion(terms: LoanTerms, charge: int, instalments: int) -> Amounts | None:
    """Each payment is principal and charge in the proportion of the whole, without drift (rule L1)."""
    level = terms.to_unit(terms.principal + charge, instalments)
    if level <= 0:
        raise NothingPerInstalment
    before = level * (instalments - 1)
    if before >= terms.principal + charge:
        return None
    rest = terms.principal + charge - before
    last = sum(_last(terms, max(rest - charge, 0), min(rest, charge)))
    if last <= 0:
        return None
    total = before + last
    paid = [level * number for number in range(1, instalments)] + [total]
    principal = [terms.rounded(amount * terms.principal, total) for amount in paid]
    parts = [after - earlier for earlier, after in pairwise([0, *principal])]
    return [
        (part, amount - part)
        for part, amount in zip(parts, [level] * (instalments - 1) + [last], strict=True)
    ]


def _deferred(terms: LoanTerms, amounts: Amounts) -> Amounts:
    """Let the charge of a grace be paid with the first instalment after it."""
    grace = terms.interest_grace
    if not grace:
        return amounts
    owed = sum(charge for _, charge in amounts[:grace])
    free = [(principal, 0) for principal, _ in amounts[:grace]]
    principal, charge = amounts[grace]
    return [*free, (principal, charge + owed), *amounts[grace + 1 :]]


def _rows(terms: LoanTerms, dues: Sequence[Due], amounts: Amounts) -> tuple[Row, ...]:
    """Put amounts on their days; what is paid on the same day is one row."""
    by_day: dict[date, list[int]] = {}
    for due, (principal, charge) in zip(dues, amounts, strict=False):
        of_day = by_day.setdefault(due.due_on, [0, 0])
        of_day[0] += principal
        of_day[1] += charge
    rows, balance = [], int(terms.principal)
    for number, (due_on, (principal, charge)) in enumerate(by_day.items(), start=1):
        balance -= principal
        rows.append(Row(number, due_on, Paisa(principal), Paisa(charge), Paisa(balance)))
    return tuple(rows)
