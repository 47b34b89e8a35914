"""A loan's schedule in the ledger: days with cumulative amounts, never a paid-mark (mechanics D5). Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Self

from contracts.money import NOTHING, Paisa, round_half_up
from contracts.transactions.lending_words import Split


@dataclass(frozen=True, slots=True)
class Amounts:
    """Principal and service charge, apart, in paisa."""

    principal: Paisa = NOTHING
    charge: Paisa = NOTHING

    @property
    def total(self) -> Paisa:
        """Both together."""
        return Paisa(self.principal + self.charge)

    def __add__(self, other: Self) -> "Amounts":
        return Amounts(Paisa(self.principal + other.principal), Paisa(self.charge + other.charge))

    def __sub__(self, other: Self) -> "Amounts":
        return Amounts(Paisa(self.principal - other.principal), Paisa(self.charge - other.charge))


NONE = Amounts()


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a schedule: what it alone asks for."""

    number: int
    due_on: date
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is due by when, as it was agreed; its charge is fixed (rule L1).

    Attributes:
        begins_on: When the first period begins: the payout, or the day of a reschedule.
        split: How a payment is told apart into charge and principal.
        due_on: The days of the instalments, rising.
        due: What is due by each of those days, cumulative: it rises to the whole loan.
    """

    begins_on: date
    split: Split
    due_on: tuple[date, ...]
    due: tuple[Amounts, ...]

    def __post_init__(self) -> None:
        if not self.due_on or len(self.due_on) != len(self.due):
            raise ValueError("a schedule has a day for every instalment")
        if list(self.due_on) != sorted(set(self.due_on)):
            raise ValueError("instalments follow each other")

    @classmethod
    def of_rows(cls, begins_on: date, split: Split, rows: Sequence[tuple[date, Amounts]]) -> Self:
        """Return the schedule that asks for these amounts on these days."""
        return cls(
            begins_on=begins_on,
            split=split,
            due_on=tuple(on for on, _ in rows),
            due=tuple(accumulate(amounts for _, amounts in rows)),
        )

    @property
    def whole(self) -> Amounts:
        """All that the loan asks for."""
        return self.due[-1]

    @property
    def matures_on(self) -> date:
        """The day of the last instalment."""
        return self.due_on[-1]

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """Each row by itself."""
        before = (NONE, *self.due[:-1])
        return tuple(
            Instalment(number, on, after - earlier)
            for number, (on, after, earlier) in enumerate(
                zip(self.due_on, self.due, before, strict=True), start=1
            )
        )

    def fallen_due(self, on: date) -> int:
        """Return how many instalments are due by the end of a day."""
        return bisect_right(self.due_on, on)

    def due_by(self, on: date) -> Amounts:
        """Return what is due by the end of a day."""
        fallen = self.fallen_due(on)
        return self.due[fallen - 1] if fallen else NONE

    def earned(self, on: date) -> Paisa:
        """Return the service charge earned by a day: whole periods, and by days within one (rule L1)."""
        fallen = self.fallen_due(on)
        earned = self.due[fallen - 1].charge if fallen else NOTHING
        if fallen == len(self.due_on):
            return earned
        begins_on = self.due_on[fallen - 1] if fallen else self.begins_on
        days, length = (on - begins_on).days, (self.due_on[fallen] - begins_on).days
        running = self.due[fallen].charge - earned
        return Paisa(earned + round_half_up(running * max(0, days), length))

    def told_apart(self, total: Paisa) -> Amounts:
        """Return what of all that was paid is principal and what is charge (rule L1).

        Args:
            total: What was paid from the first day on, in paisa; never more than the whole loan.
        """
        if self.split is Split.PROPORTIONAL:
            principal = round_half_up(total * self.whole.principal, self.whole.total)
            return Amounts(Paisa(principal), Paisa(total - principal))
        full = bisect_right([due.total for due in self.due], total)
        before = self.due[full - 1] if full else NONE
        if full == len(self.due):
            return before
        charge = min(total - before.total, self.due[full].charge - before.charge)
        principal = total - before.total - charge
        return Amounts(Paisa(before.principal + principal), Paisa(before.charge + charge))
