"""The figures of closed months that forms may call by name, by sex and fund (domain §6). Pure.

A form is a file of data (`layouts/`) that says which of them stands in which line and column.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from contracts.transactions.classes_words import LOAN_CLASSES
from contracts.transactions.reports_words import ColumnKind
from transactions.domain.chart import LEDGER_OF_FAMILY
from transactions.domain.days import first_of_month

LONG_AGO = date.min
"""The month under which everything stands that was before a period."""


class Told(StrEnum):
    """What a fact is about."""

    LOANS = "loans"
    CLASSES = "classes"
    SAVINGS = "savings"
    MEMBERS = "members"
    PLACES = "places"


class When(StrEnum):
    """Of which months of a period a figure is the sum.

    The first that a branch closed in it, all, its last, all that ever were.
    """

    BEGIN = "begin"
    IN_IT = "in_it"
    END = "end"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Period:
    """Months that a form covers, each by its first day."""

    first: date
    last: date

    @classmethod
    def ended_by(cls, on: date, months: int) -> Self:
        """Return the newest period that had ended by the end of a day; six months are a half of a year."""
        last = _before(first_of_month(on + timedelta(days=1)))
        while last.month % months:
            last = _before(last)
        first = last
        for _ in range(months - 1):
            first = _before(first)
        return cls(first, last)

    @property
    def until(self) -> date:
        """Its last day."""
        return first_of_month(self.last + timedelta(days=31)) - timedelta(days=1)

    def has(self, month: date, when: When) -> bool:
        """Return whether a month counts."""
        if when is When.END:
            return month == self.last
        return month <= self.last and (when is When.EVER or month >= self.first)


def _before(month: date) -> date:
    return first_of_month(month - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Sums of one month; amounts in paisa.

    Attributes:
        kind: The class of loans, or what kind of savings it is; else nothing.
        begins: Whether it is of the first month that branches closed in the period: a branch may begin later
            than the period.
    """

    month: date
    sums: Mapping[str, int]
    sex: str = ""
    fund: str = ""
    kind: str = ""
    begins: bool = False


Facts = Mapping[Told, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that a form may call by name.

    Attributes:
        sum: Which sum of the facts it is.
        kind: Only of the facts of a kind.
    """

    unit: ColumnKind
    told: Told
    when: When
    sum: str
    kind: str | None = None

    @property
    def by_sex(self) -> bool:
        """Whether it is told apart by sex."""
        return self.told is not Told.PLACES

    @property
    def by_fund(self) -> bool:
        """Whether it is told apart by fund: a member is of none."""
        return self.told not in {Told.PLACES, Told.MEMBERS}

    def of(self, facts: Facts, period: Period, sexes: tuple[str, ...], fund: str | None) -> int | None:
        """Return the figure.

        Args:
            facts: Those of all months that matter.
            period: What the form covers.
            sexes: Only of these; of everybody where there are none.
            fund: Only of this; None for all.

        Returns:
            None where it is not told apart so.
        """
        if (sexes and not self.by_sex) or (fund is not None and not self.by_fund):
            return None
        return sum(
            fact.sums[self.sum]
            for fact in facts[self.told]
            if self._counts(fact, period)
            and (not sexes or fact.sex in sexes)
            and fund in {None, fact.fund}
            and self.kind in {None, fact.kind}
        )

    def _counts(self, fact: Fact, period: Period) -> bool:
        return fact.begins if self.when is When.BEGIN else period.has(fact.month, self.when)


_STOCKS = {"opening": When.BEGIN, "closing": When.END}
_COUNT, _MONEY = ColumnKind.COUNT, ColumnKind.MONEY


def _people() -> Iterator[tuple[str, Indicator]]:
    for name in ("branches", "branches_missing", "staff", "officers"):
        yield name, Indicator(_COUNT, Told.PLACES, When.END, name)
    for name in ("members", "borrowers", "savers"):
        yield name, Indicator(_COUNT, Told.MEMBERS, When.END, name)
    yield "members_admitted", Indicator(_COUNT, Told.MEMBERS, When.IN_IT, "admitted")


def _loans() -> Iterator[tuple[str, Indicator]]:
    yield "loans", Indicator(_COUNT, Told.LOANS, When.END, "loans")
    yield "loans_with_dues", Indicator(_COUNT, Told.LOANS, When.END, "late")
    yield "loans_lent", Indicator(_COUNT, Told.LOANS, When.IN_IT, "lent")
    yield "loans_lent_ever", Indicator(_COUNT, Told.LOANS, When.EVER, "lent")
    yield "loans_ended", Indicator(_COUNT, Told.LOANS, When.IN_IT, "ended")
    for name, of in (("opening_outstanding", "opening"), ("opening_due",) * 2, ("opening_advance",) * 2):
        yield name, Indicator(_MONEY, Told.LOANS, When.BEGIN, of)
    for name in ("outstanding", "due", "advance"):
        yield name, Indicator(_MONEY, Told.LOANS, When.END, name)
    for name in ("disbursed", "recovered_principal", "recovered_charge", "written_off", "waived"):
        yield name, Indicator(_MONEY, Told.LOANS, When.IN_IT, name)
        yield f"{name}_ever", Indicator(_MONEY, Told.LOANS, When.EVER, name)
    for name in ("moved_in", "moved_out", "adjusted", "recoverable"):
        yield name, Indicator(_MONEY, Told.LOANS, When.IN_IT, name)
    for name in ("due_recovered", "regular_recovered", "advance_recovered"):
        yield name, Indicator(_MONEY, Told.LOANS, When.IN_IT, name)


def _classes() -> Iterator[tuple[str, Indicator]]:
    for name in ("outstanding", "overdue", "at_risk", "provision"):
        yield f"{name}_of_all_classes", Indicator(_MONEY, Told.CLASSES, When.END, name)
        for each in LOAN_CLASSES:
            yield f"{name}_{each}", Indicator(_MONEY, Told.CLASSES, When.END, name, each)
    for each in LOAN_CLASSES:
        yield f"loans_{each}", Indicator(_COUNT, Told.CLASSES, When.END, "loans", each)
    yield "loans_of_all_classes", Indicator(_COUNT, Told.CLASSES, When.END, "loans")


def _savings() -> Iterator[tuple[str, Indicator]]:
    for kind in (None, *sorted(LEDGER_OF_FAMILY)):
        of = kind or "savings"
        yield f"{of}_accounts", Indicator(_COUNT, Told.SAVINGS, When.END, "accounts", kind)
        for name, when in _STOCKS.items():
            yield f"{of}_{name}", Indicator(_MONEY, Told.SAVINGS, when, name, kind)
        for name in ("deposited", "withdrawn", "interest", "moved_in", "moved_out"):
            yield f"{of}_{name}", Indicator(_MONEY, Told.SAVINGS, When.IN_IT, name, kind)


INDICATORS: Mapping[str, Indicator] = dict(
    each for group in (_people(), _loans(), _classes(), _savings()) for each in group
)
"""By the names that the files of forms use; a name keeps its meaning."""


def funds_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the funds of some facts, in their order; what is of none stands in the whole only."""
    return tuple(sorted({fact.fund for fact in facts} - {""}))
