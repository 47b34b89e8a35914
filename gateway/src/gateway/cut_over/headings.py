"""How sheets and columns are called in both languages, and how a heading is known again. Pure."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from contracts.accounts.cut_over_words import COLUMNS, CutOverSheet

_SAID: Mapping[str, Any] = json.loads(
    files("gateway.cut_over").joinpath("headings.json").read_text(encoding="utf-8")
)
SHEETS: Mapping[str, Mapping[str, str]] = _SAID["sheets"]
HEADINGS: Mapping[str, Mapping[str, str]] = _SAID["columns"]
BETWEEN = " / "
"""Between the Bangla and the English name in a heading of the template."""


def heading_of(column: str) -> str:
    """Return what stands at the head of a column: both languages, Bangla first."""
    return BETWEEN.join((HEADINGS[column]["bn"], HEADINGS[column]["en"]))


def title_of(sheet: CutOverSheet) -> str:
    """Return what a sheet of the template is called."""
    return f"{SHEETS[sheet]['bn']} - {SHEETS[sheet]['en']}"


def sheet_of(title: str) -> CutOverSheet | None:
    """Return which sheet a title names, in either language or both; None where it names none."""
    said = _plain(title)
    for sheet in CutOverSheet:
        names = (sheet.value, *SHEETS[sheet].values(), title_of(sheet))
        if said in {_plain(name) for name in names}:
            return sheet
    return None


def column_of(sheet: CutOverSheet, heading: str) -> str | None:
    """Return which column of a sheet a heading names, in either language, both, or by its own name."""
    said = _plain(heading)
    for column in COLUMNS[sheet]:
        names = (column.name, *HEADINGS[column.name].values(), heading_of(column.name))
        if said in {_plain(name) for name in names}:
            return column.name
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("*", " ").split())
