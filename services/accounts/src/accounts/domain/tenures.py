"""Who keeps a samity, and on which day it meets, from a date on. Pure.

A tenure begins on its date and lasts until the next one; none is ever changed or taken away, so what was
in force on any day can be told for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from contracts.accounts.errors import ChangeBackdated

Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Tenure(Generic[Held]):
    """Something in force from a date on: an officer's id, or a weekday."""

    from_on: date
    held: Held


def in_force(tenures: Sequence[Tenure[Held]], on: date) -> Held:
    """Return what is in force on a day; before the first tenure, what the first one brings.

    Raises:
        ValueError: there are no tenures.
    """
    if not tenures:
        raise ValueError("a samity has an officer and a day from its opening")
    ordered = sorted(tenures, key=lambda tenure: tenure.from_on)
    begun = [tenure for tenure in ordered if tenure.from_on <= on]
    return (begun[-1] if begun else ordered[0]).held


def check_change(tenures: Sequence[Tenure[Held]], *, from_on: date, today: date) -> None:
    """Refuse a change that would rewrite the past.

    Raises:
        ChangeBackdated: it would begin before today, or not after the last change; `first_on` is the first
            day on which it could.
    """
    after_the_last = (tenure.from_on + timedelta(days=1) for tenure in tenures)
    first_on = max((today, *after_the_last))
    if from_on < first_on:
        raise ChangeBackdated(field="from_on", first_on=first_on.isoformat())
