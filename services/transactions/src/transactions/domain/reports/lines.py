"""From the rows of a question to the lines of a report: cells in the wire's form, totals of groups. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from contracts.money import Paisa, format_taka, round_half_up
from contracts.transactions.reports_words import ColumnKind, RowKind
from transactions.domain.reports.definitions import Column, Definition

Row = Mapping[Any, Any]
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Which rows one total is of: a branch, and the group in it."""

    branch_code: str
    group: str


def place_of(definition: Definition, row: Row) -> Place | None:
    """Return of which group a row is; None in a report without groups."""
    if definition.group is None:
        return None
    return Place(str(row.get("branch_code", "")), str(row[definition.group]))


def lines_of(
    definition: Definition,
    columns: Sequence[Column],
    rows: Sequence[Row],
    following: Row | None,
    totals: Mapping[Place, Row],
) -> Iterator[Line]:
    """Yield the lines of some rows, and the total of each group that ends among them.

    Args:
        definition: The report.
        columns: Those that are shown.
        rows: In the report's order.
        following: The row after the last one; None at the end.
        totals: The sums of whole groups.
    """
    for row, after in zip(rows, [*rows[1:], following], strict=False):
        yield row_line(definition, columns, row)
        place = place_of(definition, row)
        if place is not None and (after is None or place_of(definition, after) != place):
            yield total_line(columns, totals[place], RowKind.GROUP, row)


def row_line(definition: Definition, columns: Sequence[Column], row: Row) -> Line:
    """Return the line of a row, with where it leads on to where its report says so."""
    line: Line = {"kind": RowKind.ROW, "cells": [cell(column, row) for column in columns]}
    if definition.lead:
        line["lead"] = {
            name: None if row[column] is None else str(row[column])
            for name, column in definition.lead.items()
        }
    return line


def total_line(
    columns: Sequence[Column], sums: Row, kind: RowKind = RowKind.TOTAL, last: Row | None = None
) -> Line:
    """Return the line of a total: sums, what follows from them, and what the rows of a group share."""
    return {"kind": kind, "cells": [_total(column, sums, last) for column in columns]}


def _total(column: Column, sums: Row, last: Row | None) -> Any:
    if column.summed or column.ratio:
        return cell(column, sums)
    return cell(column, last) if last is not None and column.of_group else None


def cell(column: Column, row: Row) -> Any:
    """Return what stands in a cell, in the wire's form."""
    if column.kind is ColumnKind.NAME:
        return _name(row.get(f"{column.key}_bn"), row.get(f"{column.key}_en"))
    if column.ratio is not None:
        return _of_two(column, int(row[column.ratio[0]]), int(row[column.ratio[1]]))
    value = row[column.key]
    return None if value is None else _FORMS[column.kind](value)


def _of_two(column: Column, part: int, whole: int) -> Any:
    if column.kind is ColumnKind.PERCENT:
        return percent_text(part * column.times, whole)
    return _FORMS[column.kind](round_half_up(part, whole)) if whole > 0 else None


def _name(name_bn: str | None, name_en: str | None) -> dict[str, str] | None:
    if not name_bn and not name_en:
        return None
    return {"bn": name_bn or name_en or "", "en": name_en or name_bn or ""}


def percent_text(part: int, whole: int) -> str | None:
    """Return how much of a whole a part is, rounded half up: `98.46`; None of nothing."""
    if whole <= 0:
        return None
    hundredths = (abs(part) * 20_000 + whole) // (2 * whole)
    sign = "-" if part < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


def _day(value: date) -> str:
    return value.isoformat()


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_FORMS: dict[ColumnKind, Callable[[Any], Any]] = {
    ColumnKind.TEXT: str,
    ColumnKind.CODE: str,
    ColumnKind.WORD: str,
    ColumnKind.COUNT: int,
    ColumnKind.MONEY: lambda value: format_taka(Paisa(int(value))),
    ColumnKind.DATE: _day,
    ColumnKind.INSTANT: _instant,
}
