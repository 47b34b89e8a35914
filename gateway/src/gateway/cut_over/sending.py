"""Handing the rows of a file to accounts, a chunk after the other; numbers leave only sealed (T1, P13)."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from contracts.accounts.cut_over_words import ROWS_A_CHUNK, SEALED_COLUMNS
from contracts.accounts.cut_overs import ADD_CUT_OVER_ROWS
from gateway.asking import ask
from gateway.cut_over.files import FileRow

_NUMBERS = ("nid", "mobile")


def send_rows(cut_over_id: str, rows: Sequence[FileRow]) -> dict[str, Any]:
    """Send all rows; sent again, the same ones change nothing.

    Returns:
        Where the cut-over stands after the last chunk.

    Raises:
        ServiceError: as accounts refuses.
    """
    answer: dict[str, Any] = {}
    for chunk in chunks(cut_over_id, rows):
        answer = ask(ADD_CUT_OVER_ROWS, chunk)
    return answer


def chunks(cut_over_id: str, rows: Sequence[FileRow]) -> Iterator[dict[str, Any]]:
    """Yield what is sent: texts as they are, a chunk's identity and telephone numbers apart."""
    left = iter(rows)
    while part := list(islice(left, ROWS_A_CHUNK)):
        numbers = [
            "\t".join((str(one.row), *(one.cells.get(name, "") for name in _NUMBERS)))
            for one in part
            if not SEALED_COLUMNS.isdisjoint(one.cells)
        ]
        said = [
            {
                "sheet": one.sheet.value,
                "row": one.row,
                "cells": {name: text for name, text in one.cells.items() if name not in SEALED_COLUMNS},
            }
            for one in part
        ]
        yield {"id": cut_over_id, "rows": said, "row_numbers": "\n".join(numbers) or None}
