"""What is wrong with a cell: which sheet, which row as a spreadsheet counts, which column, and why. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.accounts.cut_over_words import CutOverSheet

_ORDER = {sheet: place for place, sheet in enumerate(CutOverSheet)}


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong cell.

    Attributes:
        row: As a spreadsheet counts: the headings are row 1.
        code: A code, with figures after colons where it needs some: `LENGTH:1:60`.
    """

    sheet: CutOverSheet
    row: int
    column: str
    code: str


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults as somebody mends them: sheet by sheet, row by row, each once."""
    return tuple(sorted(set(faults), key=lambda one: (_ORDER[one.sheet], one.row, one.column, one.code)))
