"""The empty workbook that a branch fills in: a sheet for each kind of row, headings in both languages."""

from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contracts.accounts.cut_over_words import COLUMNS, CellKind, Column, CutOverSheet
from gateway.cut_over.headings import heading_of, title_of

OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
ROWS_PREPARED = 20_000
_WIDTH = 22
NEEDED = " *"
"""Behind the heading of a column that may not be empty."""


def write_template(out: IO[bytes]) -> None:
    """Write the workbook. Ids, numbers and texts are kept as texts, so that no zero in front is lost."""
    with Workbook(out, OPTIONS) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        as_day = book.add_format({"num_format": "dd-mm-yyyy"})
        for sheet in CutOverSheet:
            _sheet(book.add_worksheet(title_of(sheet)), sheet, heading, {False: as_text, True: as_day})


def _sheet(page: Worksheet, sheet: CutOverSheet, heading: Format, looks: dict[bool, Format]) -> None:
    for at, column in enumerate(COLUMNS[sheet]):
        page.set_column(at, at, _WIDTH, looks[column.kind is CellKind.DATE])
        page.write_string(0, at, heading_of(column.name) + (NEEDED if column.required else ""), heading)
        _offer_words(page, at, column)
    page.freeze_panes(1, 1)


def _offer_words(page: Worksheet, at: int, column: Column) -> None:
    """Let a cell that says one of some words be chosen, not typed."""
    words = ("yes", "no") if column.kind is CellKind.YES_NO else column.words
    if words:
        page.data_validation(1, at, ROWS_PREPARED, at, {"validate": "list", "source": list(words)})
