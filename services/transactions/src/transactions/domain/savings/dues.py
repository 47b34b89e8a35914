"""A monthly term account: what is due, what was missed, and what lateness costs (domain §3). Pure.

Nothing is stored but the terms and the postings. An instalment is paid when all money valued up to a day
covers it and those before it; it is late when that day is not before the next instalment's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from contracts.money import NOTHING, Paisa
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.months import add_months, whole_months


@dataclass(frozen=True, slots=True)
class Movement:
    """What one day's money did to an account: paisa, more or less."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPlan:
    """What a member promised to pay every month, and what was agreed about it.

    Attributes:
        begins_on: When the first instalment is due.
        amount: Each instalment, in paisa.
        late_penalty: For each instalment that is late, in paisa.
        missing_limit: How many may be missing at most; None is no limit.
    """

    begins_on: date
    amount: Paisa
    months: int
    late_penalty: Paisa = NOTHING
    missing_limit: int | None = None

    @property
    def matures_on(self) -> date:
        """When the term is over."""
        return add_months(self.begins_on, self.months)

    def due_on(self, number: int) -> date:
        """Return when an instalment is due, counted from 1."""
        return add_months(self.begins_on, number - 1)

    def due_count(self, on: date) -> int:
        """Return how many instalments are due on a day."""
        if on < self.begins_on:
            return 0
        return min(self.months, whole_months(self.begins_on, on) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One month of the plan.

    Attributes:
        paid: What of it is paid, in paisa.
        late: It was covered late, or is not yet though the next one is due.
    """

    number: int
    due_on: date
    amount: Paisa
    paid: Paisa
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStanding:
    """How a term account stands on a day.

    Attributes:
        due: What should have been paid and is not, in paisa.
        advance: What is paid of later months, in paisa.
        missed: How many instalments are late and not paid.
        penalty: For all that were or are late, in paisa.
    """

    on: date
    due: Paisa
    advance: Paisa
    missed: int
    limit_passed: bool
    penalty: Paisa
    instalments: tuple[Instalment, ...]


def plan_of(agreement: Agreement) -> TermPlan | None:
    """Return the plan that an account's terms say; None where they say none."""
    amount, months = agreement.money("amount"), agreement.terms.get("months")
    if amount is None or months is None or agreement.opened_on is None:
        return None
    return TermPlan(
        begins_on=agreement.opened_on,
        amount=amount,
        months=int(months),
        late_penalty=agreement.money("late_penalty") or Paisa(0),
        missing_limit=agreement.share("missing_limit"),
    )


def standing_of(plan: TermPlan, paid: Sequence[Movement], on: date) -> TermStanding:
    """Return how an account stands on a day.

    Args:
        plan: What was promised.
        paid: Her money by value date, without interest and penalties.
        on: The day; what is valued later does not count.
    """
    known = sorted((movement for movement in paid if movement.on <= on), key=lambda movement: movement.on)
    total = sum(movement.amount for movement in known)
    instalments = tuple(_instalments(plan, known, on))
    wanted = plan.amount * plan.due_count(on)
    missed = sum(1 for each in instalments if each.late and each.paid < each.amount)
    return TermStanding(
        on=on,
        due=Paisa(max(0, wanted - total)),
        advance=Paisa(max(0, total - wanted)),
        missed=missed,
        limit_passed=plan.missing_limit is not None and missed > plan.missing_limit,
        penalty=Paisa(plan.late_penalty * sum(each.late for each in instalments)),
        instalments=instalments,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOnSheet:
    """What a sheet asks for on a monthly term account; amounts in paisa, before the meeting's are booked.

    Attributes:
        number: Which instalment is due by the meeting; `instalments` is how many there are.
        opening_due: What fell due earlier and is not paid; `opening_advance` what is paid of later ones.
        recoverable: What the meeting's own instalment still asks for.
        due: All that should have been paid by the end of the day and is not.
        penalty: What lateness has cost so far; it is taken when she closes the account, not at the meeting.
    """

    number: int
    instalments: int
    opening_due: Paisa
    opening_advance: Paisa
    recoverable: Paisa
    due: Paisa
    penalty: Paisa


def on_sheet(plan: TermPlan, paid: Sequence[Movement], on: date) -> TermOnSheet:
    """Return what the sheet of a day asks for on an account (domain §5).

    Args:
        plan: What was promised.
        paid: Her money by value date, without interest and penalties.
        on: The day of the meeting.
    """
    total = sum(movement.amount for movement in paid)
    before = plan.amount * plan.due_count(on - timedelta(days=1))
    due = max(0, plan.amount * plan.due_count(on) - total)
    opening_due = max(0, before - total)
    return TermOnSheet(
        number=max(1, plan.due_count(on)),
        instalments=plan.months,
        opening_due=Paisa(opening_due),
        opening_advance=Paisa(max(0, total - before)),
        recoverable=Paisa(due - opening_due),
        due=Paisa(due),
        penalty=standing_of(plan, paid, on).penalty,
    )


def _instalments(plan: TermPlan, known: Sequence[Movement], on: date) -> Iterator[Instalment]:
    totals = list(accumulate(movement.amount for movement in known))
    total = totals[-1] if totals else 0
    for number in range(1, plan.months + 1):
        before = plan.amount * (number - 1)
        yield Instalment(
            number=number,
            due_on=plan.due_on(number),
            amount=plan.amount,
            paid=Paisa(min(plan.amount, max(0, total - before))),
            late=_is_late(plan, number, known, totals, on),
        )


def _is_late(plan: TermPlan, number: int, known: Sequence[Movement], totals: Sequence[int], on: date) -> bool:
    last_on = plan.due_on(number + 1)
    covered = (
        movement.on for movement, total in zip(known, totals, strict=True) if total >= plan.amount * number
    )
    return next(covered, on) >= last_on
