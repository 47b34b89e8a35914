"""The lines of a voucher as a person types them: a ledger and an amount on one of two sides. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contracts.digits import to_latin
from gateway.portal.money import typed_taka

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEWEST = 4
"""So many lines a new voucher shows; a filled one shows some empty ones more."""
MOST = 50
SPARE = 2
SIDES = ("debit", "credit")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What stands in one line of the form; `place` is a ledger, or one of its accounts at banks."""

    place: str = ""
    debit: str = ""
    credit: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.place or self.debit or self.credit)

    @property
    def is_wrong(self) -> bool:
        """Whether it says half of what a line says: no ledger, no amount, or one on each side."""
        return not self.is_empty and (not self.place or bool(self.debit) == bool(self.credit))

    @property
    def command(self) -> dict[str, Any]:
        """The line as the ledger takes it."""
        ledger, _, bank = self.place.partition("/")
        side = SIDES[0] if self.debit else SIDES[1]
        amount = typed_taka(to_latin(self.debit or self.credit))
        return {"ledger": ledger, "bank_account_id": bank or None, "side": side, "amount": amount}


def typed_lines(typed: Mapping[str, str]) -> tuple[TypedLine, ...]:
    """Return the lines of a form that was sent, in their order; empty ones are left out."""
    lines = (
        TypedLine(*(typed.get(f"{name}-{number}", "").strip() for name in ("place", *SIDES)))
        for number in range(MOST)
    )
    return tuple(line for line in lines if not line.is_empty)


def drawn(lines: tuple[TypedLine, ...]) -> tuple[TypedLine, ...]:
    """Return the lines with empty ones after them, so that there is always room for more."""
    room = max(FEWEST - len(lines), min(SPARE, MOST - len(lines)))
    return (*lines, *[TypedLine()] * room)


def places(
    ledgers: Iterable[Mapping[str, Any]], banks: Iterable[Mapping[str, Any]]
) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any] | None]]:
    """Return where a voucher may post: ledgers by code, under that of banks each account of the office.

    Returns:
        Tuples of what the form sends, the ledger, and the account at a bank, if any.
    """
    kept = list(banks)
    found: list[tuple[str, Mapping[str, Any], Mapping[str, Any] | None]] = []
    for ledger in ledgers:
        if ledger["by_hand"]:
            at_banks = kept if ledger["cash"] == "bank" else []
            found += [(f"{ledger['ledger']}/{bank['id']}", ledger, bank) for bank in at_banks]
            if not at_banks:
                found.append((ledger["ledger"], ledger, None))
    return found
