"""The trial balance: every ledger's balance on one side, both sides equal to the paisa. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.money import NOTHING, Paisa
from transactions.domain.chart import CHART, Ledger


@dataclass(frozen=True, slots=True)
class LedgerTotal:
    """What one ledger moved, in paisa."""

    code: str
    debits: int
    credits: int


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """One ledger with its balance on the side where it stands, in paisa."""

    ledger: Ledger
    debit: Paisa
    credit: Paisa


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All ledgers of an office that ever moved, by code."""

    rows: tuple[TrialBalanceRow, ...]

    @property
    def debit_total(self) -> Paisa:
        """What stands on the debit side."""
        return Paisa(sum(row.debit for row in self.rows))

    @property
    def credit_total(self) -> Paisa:
        """What stands on the credit side."""
        return Paisa(sum(row.credit for row in self.rows))

    @property
    def balanced(self) -> bool:
        """Whether the two sides are equal."""
        return self.debit_total == self.credit_total


def trial_balance(*totals: Iterable[LedgerTotal]) -> TrialBalance:
    """Add up totals of closed and open days; each ledger's difference stands on one side."""
    held: defaultdict[str, int] = defaultdict(int)
    for part in totals:
        for total in part:
            held[total.code] += total.debits - total.credits
    return TrialBalance(
        tuple(
            TrialBalanceRow(CHART[code], Paisa(max(held[code], NOTHING)), Paisa(max(-held[code], NOTHING)))
            for code in sorted(held)
        )
    )
