"""One row of an old system's file: every cell read, every wrong one named by its column. Pure (rule P13)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from accounts.domain.cut_over.faults import Fault
from contracts.accounts.cut_over_words import COLUMNS, CellKind, Column, CutOverSheet
from contracts.digits import to_latin
from contracts.money import NotMoney, format_taka, parse_taka

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_YES = frozenset({"yes", "y", "true", "1", "হ্যাঁ", "হাঁ"})
_NO = frozenset({"no", "n", "false", "0", "না"})


class Unreadable(ValueError):
    """A cell says nothing that its column takes; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_row(
    sheet: CutOverSheet, row: int, cells: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return what a row says, by column, and every cell of it that is wrong.

    Sealed columns are left out: they are opened elsewhere. A wrong or empty cell says None.

    Args:
        sheet: Which sheet it stands in.
        row: As a spreadsheet counts.
        cells: Its texts by column; a column that is not there is empty.
    """
    said: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in COLUMNS[sheet]:
        if column.kind is CellKind.SEALED:
            continue
        try:
            said[column.name] = read_cell(column, cells.get(column.name, ""))
        except Unreadable as wrong:
            said[column.name] = None
            faults.append(Fault(sheet, row, column.name, wrong.code))
    return said, tuple(faults)


def read_cell(column: Column, text: str) -> Any:
    """Return what a cell says: a text, a date, paisa, a count, a word, yes or no; None where it is empty.

    Bangla and Latin digits are taken, dates by year first or by day first, amounts with grouping commas.

    Raises:
        Unreadable: it is empty and may not be, or says nothing that the column takes.
    """
    plain = text.strip()
    if not plain:
        if column.required:
            raise Unreadable("REQUIRED")
        return None
    return _READERS[column.kind](column, plain)


def _text(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise Unreadable(f"LENGTH:1:{column.longest}")
    if _CONTROL.search(text):
        raise Unreadable("CONTROL_CHARACTERS")
    return text


def _date(column: Column, text: str) -> date:
    del column
    latin = to_latin(text)
    iso, day_first = _ISO.fullmatch(latin), _DAY_FIRST.fullmatch(latin)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
    except ValueError:
        pass
    raise Unreadable("NOT_A_DATE")


def _time(column: Column, text: str) -> time:
    del column
    latin = to_latin(text)
    if not _CLOCK.fullmatch(latin):
        raise Unreadable("NOT_A_TIME")
    return time.fromisoformat(latin.rjust(5, "0"))


def _money(column: Column, text: str) -> int:
    del column
    try:
        amount = parse_taka(to_latin(text).replace(",", ""))
    except NotMoney:
        raise Unreadable("NOT_TAKA") from None
    if amount < 0:
        raise Unreadable(f"AMOUNT_TOO_SMALL:{format_taka(parse_taka('0'))}")
    return amount


def _count(column: Column, text: str) -> int:
    latin = to_latin(text)
    if not _COUNT.fullmatch(latin):
        raise Unreadable("NOT_A_NUMBER")
    count = int(latin)
    if not column.least <= count <= column.most:
        raise Unreadable(f"RANGE:{column.least}:{column.most}")
    return count


def _word(column: Column, text: str) -> str:
    word = text.lower()
    if word not in column.words:
        raise Unreadable("NOT_ONE_OF:" + "/".join(column.words))
    return word


def _yes_no(column: Column, text: str) -> bool:
    del column
    word = to_latin(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("NOT_YES_OR_NO")


_READERS: Mapping[CellKind, Callable[[Column, str], Any]] = {
    CellKind.TEXT: _text,
    CellKind.DATE: _date,
    CellKind.TIME: _time,
    CellKind.MONEY: _money,
    CellKind.COUNT: _count,
    CellKind.WORD: _word,
    CellKind.YES_NO: _yes_no,
}
