"""A report for other programs: UTF-8 with a byte order mark, one heading line, plain figures.

Amounts are `1234.50`, dates `2026-11-23`, whatever the language; only rows, since whoever adds them up would
count totals twice. The last line is the file's mark (rule P12): its first cell says for what and to whom it
left, the others are empty.
"""

import csv
import io
from typing import IO, Any

from contracts.transactions.reports_words import ColumnKind, RowKind
from gateway.rendering.table import Column, Table, shown

MARK = "\ufeff"
"""Without it a spreadsheet takes Bangla for something else."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
READ_BY_PEOPLE = frozenset({ColumnKind.NAME, ColumnKind.WORD})
FREE_TEXT = frozenset({ColumnKind.TEXT, ColumnKind.CODE, ColumnKind.NAME, ColumnKind.WORD})


def write_csv(table: Table, out: IO[bytes]) -> None:
    """Write a table, a line at a time."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    text.write(MARK)
    writer = csv.writer(text)
    writer.writerow(defused(column.heading) for column in table.columns)
    for line in table.lines:
        if line.kind is RowKind.ROW:
            writer.writerow(
                plain(column, cell, table.language)
                for column, cell in zip(table.columns, line.cells, strict=True)
            )
    if table.mark:
        writer.writerow([defused(table.mark), *[""] * (len(table.columns) - 1)])
    text.detach()


def plain(column: Column, cell: Any, language: str) -> str:
    """Return a cell for a program; what people wrote can begin no formula."""
    if cell is None:
        return ""
    text = shown(column, cell, language) if column.kind in READ_BY_PEOPLE else str(cell)
    return defused(text) if column.kind in FREE_TEXT else text


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
