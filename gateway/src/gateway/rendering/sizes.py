"""How wide columns are on paper, how large the paper and its letters: every word has its room. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.transactions.reports_words import ColumnKind
from gateway.rendering.table import Column
from gateway.words.formats import digits

PORTRAIT_COLUMNS = 7
"""More columns lie across."""
PAPERS = (("A4", 7.0), ("A4", 6.0), ("A4", 5.5), ("A3", 7.0), ("A3", 6.0), ("A3", 5.0))
"""Papers with the size of the letters on them in points, the first that holds the table is taken."""
LONG_SIDE = {"A4": 297.0, "A3": 420.0}
SHORT_SIDE = {"A4": 210.0, "A3": 297.0}
SHARES = {
    ColumnKind.NAME: 2.3,
    ColumnKind.TEXT: 2.3,
    ColumnKind.CODE: 1.9,
    ColumnKind.WORD: 1.2,
    ColumnKind.MONEY: 1.6,
    ColumnKind.COUNT: 1.0,
    ColumnKind.PERCENT: 1.0,
    ColumnKind.DATE: 1.35,
    ColumnKind.INSTANT: 1.9,
}
"""How wide columns are, each against the others, where there is room."""
LONGEST = {
    ColumnKind.NAME: "Chattopadhyay",
    ColumnKind.TEXT: "Chattopadhyay",
    ColumnKind.CODE: "101.0001.00001",
    ColumnKind.WORD: "sub-standard",
    ColumnKind.MONEY: "-9,99,99,999.99",
    ColumnKind.COUNT: "9,99,999",
    ColumnKind.PERCENT: "-1,000.00",
    ColumnKind.DATE: "31-12-2026",
    ColumnKind.INSTANT: "31-12-2026",
}
"""A word as long as any that is common in a column of a kind."""

ACCOUNT = "JAG.101.0001.00001.01"
KNOWN = {
    "account_code": (ACCOUNT, 2.3),
    "item": ("Chattopadhyay", 4.6),
    "ledger": ("1310", 0.8),
    "line_number": ("99", 0.6),
    "loan_code": (ACCOUNT, 2.3),
    "part": ("sub-standard", 2.0),
    "product_code": ("JAGORON", 1.1),
}
"""The longest word and the share of columns that are no usual ones of their kind: codes, lines of forms."""

Orientation = Literal["portrait", "landscape"]


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide a text is: by text, style and size; the styles of headings and of cells, the usual size."""

    width_of: Callable[[str, str, float], float]
    heading: str
    cell: str
    size: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The paper, how it lies, the size of letters in points, and the columns' widths in millimetres."""

    paper: str
    orientation: Orientation
    size: float
    widths: tuple[float, ...]


def fit(columns: Sequence[Column], language: str, measure: Measure, *, beside: float, within: float) -> Fit:
    """Return how a table is laid out so that no heading and no usual cell is cut or runs over its edge.

    Args:
        columns: What is written.
        language: In whose digits.
        measure: How wide texts are.
        beside: What the page keeps free on both sides together, in millimetres.
        within: What a cell keeps free on both sides together, in millimetres.
    """
    needed = [_needed(column, language, measure) for column in columns]
    across = len(columns) > PORTRAIT_COLUMNS
    sides = LONG_SIDE if across else SHORT_SIDE
    for paper, size in PAPERS:
        room = sides[paper] - beside
        least = [width * size / measure.size + within for width in needed]
        if sum(least) <= room:
            break
    widths = tuple(_shared(columns, least, room))
    return Fit(paper, "landscape" if across else "portrait", size, widths)


def _needed(column: Column, language: str, measure: Measure) -> float:
    """Return how wide the longest word of a column is at the usual size."""
    longest, _ = _known(column)
    cell = digits(longest, language)
    return max(
        measure.width_of(cell, measure.cell, measure.size),
        measure.width_of(cell, measure.heading, measure.size),
        *(measure.width_of(word, measure.heading, measure.size) for word in column.heading.split(" ")),
    )


def _known(column: Column) -> tuple[str, float]:
    """Return a word as long as any that is common in a column, and its share."""
    return KNOWN.get(column.key, (LONGEST[column.kind], SHARES[column.kind]))


def _shared(columns: Sequence[Column], least: Sequence[float], room: float) -> Iterator[float]:
    """Yield widths by the shares where each is enough; else what each needs, with its share of the rest."""
    shares = [_known(column)[1] for column in columns]
    whole = sum(shares)
    if all(room * share / whole >= width for share, width in zip(shares, least, strict=True)):
        yield from (room * share / whole for share in shares)
    else:
        rest = room - sum(least)
        yield from (width + rest * share / whole for share, width in zip(shares, least, strict=True))
