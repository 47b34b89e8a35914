"""Loans as they were agreed, computed anew from `domain.md` §4: no engine of the product is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

FIRST_DUE_AFTER = timedelta(days=15)


@dataclass(frozen=True)
class Agreed:
    """A loan's rows in paisa: (due on, principal, service charge)."""

    split: str
    rows: tuple[tuple[date, int, int], ...]

    @property
    def principal(self) -> int:
        return sum(principal for _, principal, _ in self.rows)

    @property
    def charge(self) -> int:
        return sum(charge for _, _, charge in self.rows)

    def due_by(self, on: date) -> tuple[int, int]:
        """Return principal and charge that have fallen due by the end of a day."""
        fallen = [row for row in self.rows if row[0] <= on]
        return sum(row[1] for row in fallen), sum(row[2] for row in fallen)

    def told_apart(self, total: int) -> tuple[int, int]:
        """Return what of all that was paid is principal and charge (rule L1), row by row."""
        if self.split == "proportional":
            principal = half_up(Fraction(total * self.principal, self.principal + self.charge))
            return principal, total - principal
        principal = charge = 0
        for _, of_principal, of_charge in self.rows:
            taken = min(of_charge, total - principal - charge)
            charge += taken
            principal += min(of_principal, total - principal - charge)
        return principal, charge

    def moved(self, days: int, *, after: date) -> Agreed:
        """Return the same loan with all later rows moved."""
        rows = tuple(
            (on + timedelta(days=days) if on > after else on, principal, charge)
            for on, principal, charge in self.rows
        )
        return Agreed(self.split, rows)


def half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def taka_up(value: Fraction) -> int:
    """Round an amount in paisa up to whole taka."""
    return -int(-value // 100) * 100


def weekly(begins_on: date, count: int) -> list[date]:
    return [begins_on + FIRST_DUE_AFTER + timedelta(weeks=week) for week in range(count)]


def declining(paid_out_on: date, taka: int = 10_000, count: int = 46) -> Agreed:
    """Return example A: 24 % a year, weekly, a 52nd of the rate a period, whole taka (domain 4.5)."""
    rate, left = Fraction(24, 5200), taka * 100
    level = taka_up(left * rate / (1 - (1 + rate) ** -count))
    rows = []
    for on in weekly(paid_out_on, count)[:-1]:
        charge = half_up(left * rate)
        rows.append((on, level - charge, charge))
        left -= level - charge
    last = half_up((left + left * rate) / 100) * 100
    rows.append((weekly(paid_out_on, count)[-1], left, last - left))
    return Agreed("by_instalment", tuple(rows))


def flat(paid_out_on: date, taka: int = 10_000, count: int = 46) -> Agreed:
    """Return example C: 12.5 % flat for a year, told apart in proportion (domain 4.7)."""
    principal = taka * 100
    whole = principal + half_up(Fraction(principal * 125, 1000))
    level = taka_up(Fraction(whole, count))
    paid = [*(level * number for number in range(count)), whole]
    shares = [half_up(Fraction(total * principal, whole)) for total in paid]
    rows = [
        (on, second - first, (after - before) - (second - first))
        for on, (first, second), (before, after) in zip(
            weekly(paid_out_on, count), pairwise(shares), pairwise(paid), strict=True
        )
    ]
    return Agreed("proportional", tuple(rows))
