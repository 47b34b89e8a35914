"""A provider's statement as a file: its columns found by their names, every wrong cell named. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from contracts.digits import to_latin
from contracts.money import NotMoney, Paisa, format_taka, parse_taka
from gateway.portal.dates import typed_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS: Mapping[str, Sequence[str]] = json.loads(
    files("gateway.portal").joinpath("statement_columns.json").read_text(encoding="utf-8")
)
"""By which headings providers call each column, in small letters."""

NEEDED = ("provider_id", "paid_on", "amount")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that cannot be read; `row` counts as a spreadsheet does, `column` is what should stand there."""

    row: int
    column: str


class UnreadableStatement(Exception):
    """The file is none: no text, no headings that are known, or wrong cells."""

    def __init__(self, cells: Sequence[WrongCell] = ()) -> None:
        super().__init__("unreadable statement")
        self.cells = tuple(cells)


def read_statement(content: bytes) -> list[dict[str, Any]]:
    """Return the lines of a provider's CSV file, as `import_statement` takes them.

    Commas or semicolons, UTF-8 with or without its mark, Bangla or Latin digits, days with or without a time.
    Rows without any text are left out.

    Raises:
        UnreadableStatement: it has no lines, lacks a column, or has cells that say nothing: all are named.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableStatement from None
    try:
        return _lines(text)
    except csv.Error:
        raise UnreadableStatement from None


def _lines(text: str) -> list[dict[str, Any]]:
    first, _, _ = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places = _places(next(rows, []))
    wrong: list[WrongCell] = []
    lines = [_line(row, number, places, wrong) for number, row in _filled(rows)]
    if wrong or not lines:
        raise UnreadableStatement(wrong)
    return lines


def _places(headings: Sequence[str]) -> dict[str, int]:
    said = {heading.strip().lower(): place for place, heading in enumerate(headings)}
    found = {
        column: next(said[name] for name in names if name in said)
        for column, names in COLUMNS.items()
        if any(name in said for name in names)
    }
    missing = [WrongCell(1, column) for column in NEEDED if column not in found]
    if missing:
        raise UnreadableStatement(missing)
    return found


def _filled(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            yield number, row


def _line(
    row: Sequence[str], number: int, places: Mapping[str, int], wrong: list[WrongCell]
) -> dict[str, Any]:
    cells = {column: row[place].strip() if place < len(row) else "" for column, place in places.items()}
    read: dict[str, Any] = {}
    for column in COLUMNS:
        try:
            read[column] = _READERS[column](cells.get(column, ""))
        except ValueError:
            wrong.append(WrongCell(number, column))
    return read


def _id(cell: str) -> str:
    if not cell:
        raise ValueError(cell)
    return to_latin(cell)


def _day(cell: str) -> str:
    return typed_day(_TIME.sub("", cell)).isoformat()


def _amount(cell: str) -> str:
    plain = to_latin(cell).replace(",", "").removeprefix("+").strip()
    try:
        amount = parse_taka(plain)
    except NotMoney:
        raise ValueError(cell) from None
    if amount <= 0:
        raise ValueError(cell)
    return format_taka(Paisa(amount))


def _words(cell: str) -> str | None:
    return to_latin(cell) or None


_READERS: Mapping[str, Any] = {
    "provider_id": _id,
    "paid_on": _day,
    "amount": _amount,
    "reference": _words,
    "payer": _words,
}
