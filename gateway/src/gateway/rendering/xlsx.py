"""A report as a workbook: figures as numbers with lakh grouping, texts as texts, totals in bold."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contracts.transactions.reports_words import ColumnKind, RowKind
from gateway.edge import DHAKA
from gateway.rendering.table import Column, Line, Table, row_label, shown

LAKH = "[>=10000000]##\\,##\\,##\\,##0{0};[>=100000]##\\,##\\,##0{0};#,##0{0}"
NUMBERS = {
    ColumnKind.MONEY: LAKH.format(".00"),
    ColumnKind.COUNT: LAKH.format(""),
    ColumnKind.PERCENT: "0.00",
    ColumnKind.DATE: "dd-mm-yyyy",
    ColumnKind.INSTANT: "dd-mm-yyyy hh:mm",
}
WIDTHS = {ColumnKind.NAME: 24, ColumnKind.TEXT: 24, ColumnKind.CODE: 18}
WIDTH = 15
LONGEST_SHEET_NAME = 31
LONGEST_FOOT = 200
"""What a workbook takes at the foot of a page; the head says it whole."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(table: Table, out: IO[bytes]) -> None:
    """Write a table; rows go to a temporary file of the library's as they come."""
    with Workbook(out, OPTIONS) as book:
        book.set_properties(
            {"title": table.title, "comments": "; ".join(": ".join(one) for one in table.head)}
        )
        sheet = book.add_worksheet(table.name[:LONGEST_SHEET_NAME])
        Writer(book, sheet, table).write()


class Writer:
    """Writes one sheet from the top: a library that keeps no row cannot go back."""

    def __init__(self, book: Workbook, sheet: Worksheet, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._bold = book.add_format({"bold": True})
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._rows = {column.key: _format(book, column, bold=False) for column in table.columns}
        self._totals = {column.key: _format(book, column, bold=True) for column in table.columns}

    def write(self) -> None:
        """Write everything."""
        for at, column in enumerate(self._table.columns):
            self._sheet.set_column(at, at, WIDTHS.get(column.kind, WIDTH))
        if self._table.mark:
            self._sheet.set_footer("&L" + self._table.mark[:LONGEST_FOOT].replace("&", "&&"))
        top = self._head()
        self._sheet.freeze_panes(top + 1, 0)
        self._sheet.repeat_rows(top)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        for below, line in enumerate(self._table.lines, start=top + 1):
            self._line(below, line)

    def _head(self) -> int:
        self._sheet.write_string(0, 0, self._table.title, self._bold)
        for at, (name, said) in enumerate(self._table.head, start=1):
            self._sheet.write_string(at, 0, f"{name}: {said}")
        top = len(self._table.head) + 2
        for at, column in enumerate(self._table.columns):
            self._sheet.write_string(top, at, column.heading, self._heading)
        return top

    def _line(self, row: int, line: Line) -> None:
        formats = self._rows if line.kind is RowKind.ROW else self._totals
        for at, (column, cell) in enumerate(zip(self._table.columns, line.cells, strict=True)):
            look = formats[column.key]
            if cell is not None:
                self._cell(row, at, column, cell, look)
            elif at == 0 and line.kind is not RowKind.ROW:
                self._sheet.write_string(row, at, row_label(line.kind, self._table.language), look)

    def _cell(self, row: int, at: int, column: Column, cell: Any, look: Format) -> None:
        if column.kind in {ColumnKind.MONEY, ColumnKind.COUNT, ColumnKind.PERCENT}:
            self._sheet.write_number(row, at, Decimal(cell), look)
        elif column.kind is ColumnKind.DATE:
            self._sheet.write_datetime(row, at, date.fromisoformat(cell), look)
        elif column.kind is ColumnKind.INSTANT:
            local = datetime.fromisoformat(cell).astimezone(DHAKA).replace(tzinfo=None)
            self._sheet.write_datetime(row, at, local, look)
        else:
            self._sheet.write_string(row, at, _text(column, cell, self._table.language), look)


def _text(column: Column, cell: Any, language: str) -> str:
    """Return a text for people; a code keeps its own digits, so that it can be searched for."""
    return str(cell) if column.kind is ColumnKind.CODE else shown(column, cell, language)


def _format(book: Workbook, column: Column, *, bold: bool) -> Format:
    look: dict[str, Any] = {"bold": True, "top": 1} if bold else {}
    if column.kind in NUMBERS:
        look["num_format"] = NUMBERS[column.kind]
    return book.add_format(look)
