"""What a branch comes to, before and after: the file, the old general ledger, the book. Pure (rule P13)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.domain.cut_over.branch import OldBranch
from contracts.accounts.cut_over_words import CutOverSheet
from contracts.money import NOTHING, Paisa


@dataclass(frozen=True, slots=True)
class Sum:
    """How many accounts of a product there are, and what they hold, in paisa."""

    accounts: int = 0
    amount: Paisa = NOTHING


Key = tuple[CutOverSheet, str]
"""Savings or loans, and of which product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A product in the old general ledger, in the file and in the book; None where one is not known yet.

    Attributes:
        ledger: What the old general ledger says, as somebody typed it from its last trial balance.
    """

    sheet: CutOverSheet
    product: str
    accounts: int
    file: Paisa
    ledger: Paisa | None = None
    booked_accounts: int | None = None
    booked: Paisa | None = None

    @property
    def difference(self) -> Paisa | None:
        """What the old ledger has more than its members' accounts: it stays in suspense."""
        return None if self.ledger is None else Paisa(self.ledger - self.file)

    @property
    def is_whole(self) -> bool:
        """Whether the book took in exactly what the file says."""
        return (self.booked_accounts, self.booked) == (self.accounts, self.file)


def totals_of(branch: OldBranch) -> dict[Key, Sum]:
    """Return what the file says of each product: savings by balance, loans by principal outstanding."""
    found: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for sheet, product, amount in _amounts(branch):
        found[sheet, product][0] += 1
        found[sheet, product][1] += amount
    return {key: Sum(accounts, Paisa(amount)) for key, (accounts, amount) in sorted(found.items())}


def _amounts(branch: OldBranch) -> Iterable[tuple[CutOverSheet, str, int]]:
    for account in branch.savings:
        yield CutOverSheet.SAVINGS, account.product, account.balance
    for loan in branch.loans:
        yield CutOverSheet.LOANS, loan.product, loan.outstanding


def compare(
    file: Mapping[Key, Sum], ledger: Mapping[Key, Paisa], book: Mapping[Key, Sum] | None
) -> tuple[Compared, ...]:
    """Return every product that any of the three knows, side by side.

    Args:
        file: What the file says.
        ledger: What the old general ledger says; a product that nobody typed is not compared with it.
        book: What the book took in; None before that.
    """
    keys = sorted({*file, *ledger, *(book or ())})
    return tuple(
        Compared(
            sheet=sheet,
            product=product,
            accounts=file.get((sheet, product), Sum()).accounts,
            file=file.get((sheet, product), Sum()).amount,
            ledger=ledger.get((sheet, product)),
            booked_accounts=None if book is None else book.get((sheet, product), Sum()).accounts,
            booked=None if book is None else book.get((sheet, product), Sum()).amount,
        )
        for sheet, product in keys
    )


def left_in_suspense(compared: Iterable[Compared]) -> Paisa:
    """Return what the differences leave on the debit side of suspense, in paisa (rule P13).

    Where the old ledger owed members more than their accounts say, that stays as a credit; loans the reverse.
    """
    amounts = (
        (one.difference if one.sheet is CutOverSheet.LOANS else -one.difference)
        for one in compared
        if one.difference is not None
    )
    return Paisa(sum(amounts))
