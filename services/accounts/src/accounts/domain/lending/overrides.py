"""What two people let pass of the law: bound to one subject, one kind of breach and its figure. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.domain.lending.law import Breach
from contracts.accounts.law_words import BreachKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One that was proposed; `figure` is the breach's exact one."""

    id: str
    subject_id: str
    breach: BreachKind
    figure: str
    reason: str
    fingerprint: str

    def covers(self, breach: Breach) -> bool:
        """Tell whether it is for this very breach: another figure is another breach."""
        return self.breach is breach.kind and self.figure == breach.exact


def not_covered(found: Sequence[Breach], standing: Collection[Override]) -> tuple[Breach, ...]:
    """Return the breaches that nobody let pass."""
    return tuple(breach for breach in found if not any(one.covers(breach) for one in standing))
