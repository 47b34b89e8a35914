"""Books that are read together: one office's own, or a subtree's, in a period, as known at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from transactions.domain.periods import BETWEEN_OFFICES, CASH, Span, eve_of
from transactions.domain.statements import LedgerTotal, moved
from transactions.repository.totals import FOR_EVER, Base, Moment, Place, TotalStore


@dataclass(frozen=True, slots=True)
class Reading:
    """Some books, opened at the end of a period.

    Attributes:
        bases: From where each office's book is summed at the end of its last day.
    """

    totals: TotalStore
    place: Place
    span: Span
    known_at: datetime
    bases: tuple[Base, ...]

    @property
    def moment(self) -> Moment:
        """The end of its last day."""
        return Moment(on=self.span.on, known_at=self.known_at)

    @property
    def office_ids(self) -> list[str]:
        """Whose books they are, by their place in the tree."""
        return [base.office_id for base in self.bases]

    @property
    def netted(self) -> frozenset[str]:
        """The ledgers that come to nothing between offices that are read together."""
        return BETWEEN_OFFICES if len(self.bases) > 1 else frozenset()

    def until(self, on: date) -> tuple[LedgerTotal, ...]:
        """Return the totals of ledgers at the end of a day."""
        moment = Moment(on=on, known_at=self.known_at)
        return self.totals.totals(self._bases_at(moment), moment, CASH)

    def by_office(self, on: date) -> Mapping[str, tuple[LedgerTotal, ...]]:
        """Return them for each office apart."""
        moment = Moment(on=on, known_at=self.known_at)
        return self.totals.totals_by_office(self._bases_at(moment), moment, CASH)

    def earned(self, from_on: date) -> tuple[LedgerTotal, ...]:
        """Return what moved from a day on, without the entries that close a year: they earn nothing."""
        period = moved(self.until(self.span.on), self.until(eve_of(from_on)))
        return moved(period, self.totals.closing_of_years(self.office_ids, from_on, self.moment))

    def days(self, ledger: str) -> Mapping[date, tuple[int, int]]:
        """Return what a ledger was debited and credited on each day of the period."""
        return self.totals.days(self.bases, self.moment, self.span.from_on, [ledger])

    def cash_days(self, ledgers: tuple[str, ...]) -> Mapping[date, tuple[int, int]]:
        """Return what came into some cash ledgers and left them on each day, entry by entry."""
        return self.totals.cash_days(self.office_ids, self.span.from_on, self.span.on, ledgers)

    def _bases_at(self, moment: Moment) -> tuple[Base, ...]:
        return self.bases if moment == self.moment else self.totals.bases(self.place, moment)


def open_books(totals: TotalStore, place: Place, span: Span, known_at: datetime | None = None) -> Reading:
    """Return the books of a place in a period."""
    seen = known_at or FOR_EVER
    return Reading(totals, place, span, seen, totals.bases(place, Moment(on=span.on, known_at=seen)))
