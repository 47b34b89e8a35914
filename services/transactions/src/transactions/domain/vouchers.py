"""Vouchers: which kind an entry is, and its number, given when the day is closed. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from transactions.domain.chart import SHIPPED

_MONEY = frozenset(ledger.code for ledger in SHIPPED if ledger.cash is not None)


class VoucherKind(StrEnum):
    """What an entry did to money, in hand or at a bank."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    JOURNAL = "journal"
    CONTRA = "contra"


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry moved on one ledger, in paisa."""

    entry_id: str
    ledger: str
    debits: int
    credits: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """One entry with its number."""

    entry_id: str
    kind: VoucherKind
    fiscal_year: str
    number: int


def kind_of(movements: Iterable[Movement]) -> VoucherKind:
    """Return what an entry did to money: it came in, went out, changed place, or was not moved."""
    moved = tuple(movements)
    money = sum(movement.debits - movement.credits for movement in moved if movement.ledger in _MONEY)
    if money > 0:
        return VoucherKind.RECEIPT
    if money < 0:
        return VoucherKind.PAYMENT
    touches_money = any(movement.ledger in _MONEY for movement in moved)
    return VoucherKind.CONTRA if touches_money else VoucherKind.JOURNAL


def numbered(
    movements: Iterable[Movement], last: Mapping[VoucherKind, int], fiscal_year: str
) -> Iterator[Voucher]:
    """Number entries in the order in which they come, each kind from where it stood.

    Args:
        movements: Of entries in posting order, one after the other.
        last: The last number given of each kind in the fiscal year.
        fiscal_year: `2026-27`.
    """
    by_entry: dict[str, list[Movement]] = {}
    for movement in movements:
        by_entry.setdefault(movement.entry_id, []).append(movement)
    given = dict(last)
    for entry_id, moved in by_entry.items():
        kind = kind_of(moved)
        given[kind] = given.get(kind, 0) + 1
        yield Voucher(entry_id, kind, fiscal_year, given[kind])


def voucher_text(kind: str, fiscal_year: str, number: int) -> str:
    """Return a voucher's number as it is printed: `R-2026-27-000123`."""
    return f"{kind[0].upper()}-{fiscal_year}-{number:06d}"
