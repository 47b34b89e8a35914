"""The age of loans: classes, what is set aside for them, and what a freeze keeps (domain 4.9). Pure.

A loan ages from the date of its oldest unpaid instalment. What is counted by class is its outstanding
principal (rule L1).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from contracts.money import Paisa, round_half_up

HALF_YEARLY = (6, 12)
_WHOLE = 10_000


class LoanClass(IntEnum):
    """From the best to the worst, so that classes can be compared."""

    REGULAR = 0
    WATCHFUL = 1
    SUB_STANDARD = 2
    DOUBTFUL = 3
    BAD = 4

    @property
    def word(self) -> str:
        """As it stands on the wire."""
        return self.name.lower()

    @classmethod
    def of_word(cls, word: str) -> "LoanClass":
        """Return the class that a word of the wire names."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class ClassRule:
    """One class of a set of rules.

    Attributes:
        from_days: The fewest days past the oldest unpaid instalment.
        provision_bps: What is set aside of the outstanding principal, in basis points.
    """

    loan_class: LoanClass
    from_days: int
    provision_bps: int


@dataclass(frozen=True, slots=True)
class ClassRules:
    """The classes in force from a date on: the law as data with a date.

    Attributes:
        provision_months: After which months what is to be set aside is put into the book.

    Raises:
        ValueError: a class is missing, or a worse one begins no later or sets no more aside.
    """

    effective_on: date
    rules: tuple[ClassRule, ...]
    provision_months: tuple[int, ...] = HALF_YEARLY

    def __post_init__(self) -> None:
        if [rule.loan_class for rule in self.rules] != list(LoanClass):
            raise ValueError("every class has its rule, from the best to the worst")
        if self.rules[0].from_days != 0:
            raise ValueError("the best class begins at once")
        for better, worse in zip(self.rules, self.rules[1:], strict=False):
            if worse.from_days <= better.from_days or worse.provision_bps < better.provision_bps:
                raise ValueError("a worse class begins later and sets no less aside")

    def class_after(self, days: int) -> LoanClass:
        """Return the class of a loan that many days past its oldest unpaid instalment."""
        return max(rule.loan_class for rule in self.rules if rule.from_days <= max(days, 0))

    @property
    def bad_after_days(self) -> int:
        """After how many days past its oldest unpaid instalment a loan is in the worst class."""
        return self.rules[LoanClass.BAD].from_days - 1

    def provision_of(self, loan_class: LoanClass, outstanding: Paisa) -> Paisa:
        """Return what is to be set aside for an amount of outstanding principal, in paisa."""
        return Paisa(round_half_up(outstanding * self.rules[loan_class].provision_bps, _WHOLE))


@dataclass(frozen=True, slots=True)
class Freeze:
    """Between two dates, both included, no loan's class becomes worse (as in 2020)."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise ValueError("a freeze ends after it begins")

    def covers(self, on: date) -> bool:
        """Tell whether a date is within the freeze."""
        return self.from_on <= on <= self.to_on


def rules_in_force(known: Iterable[ClassRules], on: date) -> ClassRules:
    """Return the rules for a date.

    Raises:
        LookupError: none were in force yet.
    """
    begun = [rules for rules in known if rules.effective_on <= on]
    if not begun:
        raise LookupError("no rules of classification are in force")
    return max(begun, key=lambda rules: rules.effective_on)


def freeze_over(freezes: Iterable[Freeze], on: date) -> Freeze | None:
    """Return the freeze that covers a date; of several, the one that began first."""
    covering = [freeze for freeze in freezes if freeze.covers(on)]
    return min(covering, key=lambda freeze: freeze.from_on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedLoan:
    """A running loan as of a date.

    Attributes:
        outstanding: Its principal that is not paid yet, in paisa.
        overdue: What of its principal was due before the date and is not paid, in paisa.
        days: Days past the oldest unpaid instalment; 0 when nothing is overdue.
        kept: The class that it keeps at least, after a reschedule; None where it keeps none.
        days_frozen: Its days on the eve of a freeze; None without one, or for a younger loan.
    """

    loan_id: str
    product_code: str
    fund: str
    sex: str
    outstanding: Paisa
    overdue: Paisa
    days: int
    kept: LoanClass | None = None
    days_frozen: int | None = None


def class_of(loan: AgedLoan, rules: ClassRules, *, frozen: bool) -> LoanClass:
    """Return a loan's class: by its days, never better than it keeps, in a freeze never worse than before."""
    days_frozen = (loan.days_frozen or 0) if frozen else None
    return class_at(loan.days, rules, kept=loan.kept, days_frozen=days_frozen)


def class_at(days: int, rules: ClassRules, *, kept: LoanClass | None, days_frozen: int | None) -> LoanClass:
    """Return the class of so many days past the oldest unpaid instalment.

    Args:
        days: How many.
        rules: Those of the day.
        kept: The class that a rescheduled loan keeps at least.
        days_frozen: How many days there were on the eve of a freeze; None where there is no freeze.
    """
    by_days = rules.class_after(days if days_frozen is None else min(days, days_frozen))
    return by_days if kept is None else max(by_days, kept)


@dataclass(frozen=True, slots=True)
class ClassedLoan:
    """A loan with its class."""

    loan: AgedLoan
    loan_class: LoanClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTotal:
    """The loans of one product, fund, sex and class; amounts in paisa.

    Attributes:
        overdue: What of their principal was due and is not paid.
        at_risk: The principal of those of them with anything overdue, whatever their class.
        provision: What is to be set aside for them.
    """

    product_code: str
    fund: str
    sex: str
    loan_class: LoanClass
    loans: int
    outstanding: Paisa
    overdue: Paisa
    at_risk: Paisa
    provision: Paisa


def classed(loans: Iterable[AgedLoan], rules: ClassRules, *, frozen: bool) -> tuple[ClassedLoan, ...]:
    """Return each loan with its class."""
    return tuple(ClassedLoan(loan, class_of(loan, rules, frozen=frozen)) for loan in loans)


def totals_of(loans: Iterable[ClassedLoan], rules: ClassRules) -> tuple[ClassTotal, ...]:
    """Return the totals by product, fund, sex and class, in that order; each is provided for as one."""
    groups: dict[tuple[str, str, str, LoanClass], list[AgedLoan]] = defaultdict(list)
    for one in loans:
        groups[one.loan.product_code, one.loan.fund, one.loan.sex, one.loan_class].append(one.loan)
    return tuple(_total(key, groups[key], rules) for key in sorted(groups))


def _total(key: tuple[str, str, str, LoanClass], loans: Sequence[AgedLoan], rules: ClassRules) -> ClassTotal:
    product_code, fund, sex, loan_class = key
    outstanding = Paisa(sum(loan.outstanding for loan in loans))
    return ClassTotal(
        product_code=product_code,
        fund=fund,
        sex=sex,
        loan_class=loan_class,
        loans=len(loans),
        outstanding=outstanding,
        overdue=Paisa(sum(loan.overdue for loan in loans)),
        at_risk=Paisa(sum(loan.outstanding for loan in loans if loan.days > 0)),
        provision=rules.provision_of(loan_class, outstanding),
    )


def par_bps(totals: Iterable[ClassTotal]) -> int:
    """Return portfolio at risk: principal of all loans with anything overdue against all, in basis points."""
    counted = tuple(totals)
    outstanding = sum(total.outstanding for total in counted)
    return round_half_up(sum(total.at_risk for total in counted) * _WHOLE, outstanding) if outstanding else 0
