"""What a savings account earns by its own terms, and what has been put aside and posted of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from contracts.money import NOTHING, Paisa
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.dues import Movement, plan_of
from transactions.domain.savings.interest import (
    Account,
    InterestMethod,
    InterestRules,
    Rate,
    earned,
    posted,
)


def rules_of(agreement: Agreement) -> InterestRules:
    """Return what an account's terms say of interest; a daily product where they are silent."""
    method = agreement.terms.get("interest_method")
    return InterestRules(
        method=InterestMethod(method) if method else InterestMethod.DAILY_PRODUCT,
        rates=[Rate(from_on, bps) for from_on, bps in agreement.interest_rates],
        minimum_balance=agreement.money("interest_minimum_balance") or NOTHING,
        minimum_age_months=agreement.share("interest_minimum_age_months") or 0,
        withdrawal_stops_interest=bool(agreement.terms.get("interest_withdrawal_stops")),
        stops_on=agreement.interest_stops_on,
    )


def is_posted_by_runs(agreement: Agreement) -> bool:
    """Tell whether interest is credited as it is earned; a deposit for a term gets it when it is closed."""
    return agreement.is_free or plan_of(agreement) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earner:
    """An account as a run meets it.

    Attributes:
        opening: What was on it when interest was posted last, that interest included; in paisa.
        movements: What moved after that, by value date, the oldest first.
        counted_to: The last day for which interest has been posted; None where none has.
        provided: What was put aside for it since then, in paisa.
    """

    agreement: Agreement
    opening: int
    movements: Sequence[Movement]
    counted_to: date | None
    provided: Paisa

    @property
    def opened_on(self) -> date:
        """From when on it earns."""
        return self.agreement.opened_on or (self.movements[0].on if self.movements else date.max)

    def earned(self, through: date) -> Paisa:
        """Return what it earned since interest was posted last, up to a day, rounded once; in paisa."""
        if self.opened_on > through:
            return NOTHING
        since = self.counted_to
        before = (Movement(since, self.opening),) if since else ()
        account = Account(self.opened_on, (*before, *self.movements))
        return posted(earned(rules_of(self.agreement), account, since, through))

    def accrual(self, through: date) -> Paisa:
        """Return what must be added to what is put aside for it, in paisa; less than nothing takes away."""
        return Paisa(self.earned(through) - self.provided)


@dataclass(frozen=True, slots=True)
class BookedDay:
    """What a day did to an account: all of it, and what of that is interest; in paisa, more or less."""

    on: date
    total: int
    of_interest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The book of an account whose interest was posted already, and what came too late for that.

    Attributes:
        days: By value date, the oldest first; what came too late is in it.
        late: What is in the book now and was not when interest was counted.
        counted: Up to which days interest was posted, the oldest first.
    """

    agreement: Agreement
    days: Sequence[BookedDay]
    late: Sequence[Movement]
    counted: Sequence[date]

    def corrections(self) -> tuple[Movement, ...]:
        """Return by how much posted interest was wrong, for each posting that is past a late value date (M2).

        It is the difference between what is earned with the late money and without it, by the same terms:
        nothing else is counted anew. What one posting is put right by earns in the periods after it.
        """
        without = tuple(_without(self.days, self.late))
        found: tuple[Movement, ...] = ()
        before: date | None = None
        for through in self.counted:
            if through >= self.late[0].on:
                known = self._earned(without, (), before, through)
                right = self._earned(self.days, found, before, through)
                if right != known:
                    found = (*found, Movement(through, right - known))
            before = through
        return found

    def _earned(
        self, days: Sequence[BookedDay], more: Sequence[Movement], before: date | None, through: date
    ) -> Paisa:
        opening = sum(day.total for day in days if before and day.on <= before)
        opening += sum(movement.amount for movement in more)
        hers = [
            Movement(day.on, day.total - day.of_interest) for day in days if not before or day.on > before
        ]
        opened_on = self.agreement.opened_on or days[0].on
        moved = ([Movement(before, opening)] if before else []) + hers
        return posted(earned(rules_of(self.agreement), Account(opened_on, moved), before, through))


def _without(days: Sequence[BookedDay], late: Sequence[Movement]) -> list[BookedDay]:
    came: Mapping[date, int] = {
        on: sum(movement.amount for movement in moved) for on, moved in groupby(late, lambda each: each.on)
    }
    return [replace(day, total=day.total - came.get(day.on, 0)) for day in days]
