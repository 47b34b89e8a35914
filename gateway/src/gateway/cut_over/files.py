"""A branch's old books as a file: a workbook with its sheets, or one sheet as CSV. Every cell is a text.

What a text means, and whether it is wrong, accounts says (rule P13); here only what is no row is refused.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from contracts.accounts.cut_over_words import COLUMNS, ROWS_MOST, SOURCE_ID, CutOverSheet
from contracts.accounts.cut_overs import CELL_LONGEST
from gateway.cut_over.headings import column_of, sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

BYTES_MOST = 20 * 1024 * 1024
UNPACKED_MOST = 400 * 1024 * 1024
COLUMNS_READ = 80
FILE_CODES = (
    *("COLUMNS_MISSING", "COLUMN_TWICE", "EMPTY", "NO_SHEET", "NO_TEXT", "NO_WORKBOOK", "TOO_LARGE"),
)
"""Why a file is none."""
DIGITS_LOST = 10**15
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row with some text in it, by its number as a spreadsheet counts; its texts by column."""

    sheet: CutOverSheet
    row: int
    cells: Mapping[str, str]


class UnreadableBooks(Exception):
    """The file is none: `code` says why; `sheet` and `columns` where they are known."""

    def __init__(self, code: str, sheet: str | None = None, columns: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.sheet, self.columns = code, sheet, tuple(columns)


def read_books(content: bytes, name: str) -> list[FileRow]:
    """Return the rows of a file.

    Args:
        content: A workbook, or CSV in UTF-8 with commas or semicolons.
        name: What the file is called: of CSV it names the sheet.

    Raises:
        UnreadableBooks: it is too large, no such file, has no known sheet, lacks a column, or is empty.
    """
    if len(content) > BYTES_MOST:
        raise UnreadableBooks("TOO_LARGE")
    rows = list(_workbook(content) if content.startswith(ZIP) else _csv(content, name))
    if not rows:
        raise UnreadableBooks("EMPTY")
    return rows


def _workbook(content: bytes) -> Iterator[FileRow]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MOST:
                raise UnreadableBooks("TOO_LARGE")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableBooks("NO_WORKBOOK") from error
    try:
        known = [(sheet_of(sheet.title), sheet) for sheet in book.worksheets]
        if not any(found for found, _ in known):
            raise UnreadableBooks("NO_SHEET")
        for found, sheet in known:
            if found is not None:
                yield from _rows(found, sheet.iter_rows(values_only=True, max_col=COLUMNS_READ))
    finally:
        book.close()


def _csv(content: bytes, name: str) -> Iterator[FileRow]:
    sheet = sheet_of(name.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if sheet is None:
        raise UnreadableBooks("NO_SHEET")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableBooks("NO_TEXT") from None
    first, _, _ = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from _rows(sheet, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableBooks("NO_TEXT") from None


def _rows(sheet: CutOverSheet, rows: Iterable[Sequence[Any]]) -> Iterator[FileRow]:
    lines = iter(rows)
    places = _places(sheet, [text_of(cell) for cell in next(lines, ())])
    for number, line in enumerate(lines, start=2):
        if number > ROWS_MOST:
            raise UnreadableBooks("TOO_LARGE", sheet.value)
        texts = {
            column: text_of(line[place]) if place < len(line) else "" for column, place in places.items()
        }
        if any(texts.values()):
            yield FileRow(sheet, number, {column: text for column, text in texts.items() if text})


def _places(sheet: CutOverSheet, headings: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; only needed columns must be there, of others none is missed."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = column_of(sheet, heading) if heading else None
        if column is not None and column in found:
            raise UnreadableBooks("COLUMN_TWICE", sheet.value, [column])
        if column is not None:
            found[column] = place
    missing = [column.name for column in COLUMNS[sheet] if column.required and column.name not in found]
    if SOURCE_ID not in found or missing:
        raise UnreadableBooks("COLUMNS_MISSING", sheet.value, missing)
    return found


def text_of(cell: object) -> str:
    """Return a cell as the text that a person would have typed: days as ISO, numbers without a float's tail.

    What is longer than any column takes is cut, so that accounts can still name the cell as too long.
    """
    for kinds, said in _SAID:
        if isinstance(cell, kinds):
            return said(cell)
    return "" if cell is None else " ".join(str(cell).split())[:CELL_LONGEST]


def _number(cell: float) -> str:
    """Return a number as it is shown: a workbook keeps binary fractions of at most fifteen true digits.

    What has more has lost its end, an identity number typed as a number: it is left as no number at all.
    """
    if abs(cell) >= DIGITS_LOST:
        return f"{cell:E}"
    plain = Decimal(f"{cell:.15g}")
    return f"{plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain.normalize():f}"


_SAID: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda cell: "yes" if cell else "no"),
    (datetime, lambda cell: cell.date().isoformat()),
    (date, date.isoformat),
    (time, lambda cell: cell.isoformat("minutes")),
    (int, str),
    (float, _number),
)
"""The first kind that fits says it: what is true or false is a number too, a moment is a day too."""
