"""New days and amounts for what is unpaid of a running loan; no charge is added (rule L1, domain 4.9). Pure.

What was paid becomes one row that is due on the day of the reschedule, so that the schedule still rises to
the same principal and charge, and nothing is due or paid ahead on that day.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from accounts.domain.lending.calendar import LONGEST_HOLIDAY, weekday_months_after, within_month
from accounts.domain.lending.redating import Pace
from accounts.domain.lending.schedule import Row
from accounts.domain.lending.terms import Frequency
from contracts.accounts.lending_errors import InstalmentBelowCharge, NothingPerInstalment, OnlyHolidays
from contracts.accounts.reschedule_errors import NothingToReschedule, RescheduleDayUnfit
from contracts.accounts.reschedule_words import INSTALMENTS_MAX
from contracts.money import NOTHING, PAISA_PER_TAKA, Paisa, round_half_up
from contracts.transactions.lending_words import Split


@dataclass(frozen=True, slots=True)
class Parts:
    """Principal and service charge, apart, in paisa."""

    principal: Paisa
    charge: Paisa

    @property
    def total(self) -> Paisa:
        """Both together."""
        return Paisa(self.principal + self.charge)


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a running loan has come.

    Attributes:
        whole: What it asks for from the first day to the last; it stays.
        paid: What was paid of it.
        split: How a payment is told apart; it stays.
    """

    whole: Parts
    paid: Parts
    split: Split

    @property
    def on_its_path(self) -> Parts:
        """What was paid as the loan tells it apart, where it does so in proportion to the whole."""
        if self.split is Split.BY_INSTALMENT:
            return self.paid
        principal = Paisa(round_half_up(self.paid.total * self.whole.principal, self.whole.total))
        return Parts(principal, Paisa(self.paid.total - principal))

    def told_apart(self, total: Paisa) -> Parts:
        """Return what of a sum since the first day is principal and what charge, once it is rescheduled."""
        begun = self.on_its_path
        if self.split is Split.PROPORTIONAL:
            principal = Paisa(round_half_up(total * self.whole.principal, self.whole.total))
        else:
            left, rest = self.whole.principal - begun.principal, self.whole.total - begun.total
            principal = Paisa(begun.principal + round_half_up((total - begun.total) * left, rest))
        return Parts(principal, Paisa(total - principal))


@dataclass(frozen=True, slots=True)
class Wish:
    """What she agreed to: the first new day, and either how many instalments or how much each is.

    Attributes:
        instalment: Paisa, whole taka; None where their number is said.
    """

    first_due_on: date
    instalments: int | None
    instalment: Paisa | None


def rescheduled(loan: Begun, wish: Wish, on: date, pace: Pace, holidays: Collection[date]) -> tuple[Row, ...]:
    """Return the schedule that asks for what is unpaid in new instalments of whole taka, the last the rest.

    Each instalment is principal and charge in proportion: of the whole loan where payments are told apart so,
    else of what is unpaid.

    Args:
        loan: How far it has come.
        wish: What she agreed to.
        on: The day of the reschedule, on which what was paid counts as due.
        pace: How often she pays; it stays.
        holidays: Days on which nothing is due.

    Raises:
        NothingToReschedule: no principal is unpaid.
        RescheduleDayUnfit: the first new day is a holiday, or not after the day of the reschedule.
        NothingPerInstalment: so many instalments leave less than a taka for each, or there would be too many.
        InstalmentBelowCharge: an instalment would pay no principal.
        OnlyHolidays: every meeting in reach is one.
    """
    whole, reached = loan.whole, loan.on_its_path
    if wish.first_due_on <= on or wish.first_due_on in holidays:
        raise RescheduleDayUnfit(field="first_due_on", first_on=(on + timedelta(days=1)).isoformat())
    if reached.principal >= whole.principal:
        raise NothingToReschedule
    totals = _totals(Paisa(whole.total - reached.total), wish)
    rows = [_row(1, on, reached, Parts(NOTHING, NOTHING), whole)] if reached.total else []
    for due_on, total in zip(_days(pace, wish.first_due_on, frozenset(holidays)), totals, strict=False):
        after = loan.told_apart(Paisa(reached.total + total))
        rows.append(_row(len(rows) + 1, due_on, after, reached, whole))
        if rows[-1].principal <= 0 or rows[-1].charge < 0:
            raise InstalmentBelowCharge
        reached = after
    if reached != whole:
        raise OnlyHolidays
    return tuple(rows)


def _row(number: int, due_on: date, after: Parts, before: Parts, whole: Parts) -> Row:
    """Return the instalment that brings a loan from one sum to another."""
    return Row(
        number,
        due_on,
        Paisa(after.principal - before.principal),
        Paisa(after.charge - before.charge),
        Paisa(whole.principal - after.principal),
    )


def new_rows(rows: tuple[Row, ...], on: date) -> tuple[Row, ...]:
    """Return the instalments that are still to come after the day of the reschedule."""
    return tuple(row for row in rows if row.due_on > on)


def _totals(rest: Paisa, wish: Wish) -> list[Paisa]:
    """Return what each new instalment asks for: the same whole taka, the last what is left."""
    if wish.instalment is not None:
        level, number = wish.instalment, -(-rest // wish.instalment)
    else:
        number = wish.instalments or 1
        level = Paisa(rest // number // PAISA_PER_TAKA * PAISA_PER_TAKA)
    if number > INSTALMENTS_MAX or (level <= 0 and number > 1):
        raise NothingPerInstalment
    return [*[level] * (number - 1), Paisa(rest - level * (number - 1))]


def _days(pace: Pace, first: date, closed: frozenset[date]) -> Iterator[date]:
    """Yield the days on which is paid from a first one on; a meeting on a holiday is dropped (domain 4.3)."""
    if pace.frequency is Frequency.MONTHLY:
        months = (weekday_months_after(first, number * pace.every) for number in count())
        yield from (within_month(day, closed) for day in months)
    skipped = 0
    for day in pace.meetings_from(first):
        skipped = skipped + 1 if day in closed else 0
        if skipped > LONGEST_HOLIDAY:
            return
        if not skipped:
            yield day
