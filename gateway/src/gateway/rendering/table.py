"""A report as a table with its head: columns with their words, and lines as they came over the wire."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from contracts.transactions.reports_words import ColumnKind, RowKind
from gateway.rendering.labels import label, word
from gateway.words import formats

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIGURES = frozenset({ColumnKind.MONEY, ColumnKind.COUNT, ColumnKind.PERCENT})
"""What stands on the right."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading."""

    key: str
    kind: ColumnKind
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: a row, or the total of a group or of all; cells in the wire's form.

    `lead` says where a row's figures come from, where its report knows; a screen leads on, paper does not.
    """

    kind: RowKind
    cells: tuple[Any, ...]
    lead: Mapping[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A report to be written.

    Attributes:
        title: What it is.
        head: Labels and what they say: of which office, of which day, for what and to whom, by whom and when.
        mark: The line by which a file is known wherever it turns up (rule P12); none on the screen.
        lines: Read once, while it is written: so that no report is ever held whole.
    """

    name: str
    language: str
    title: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    lines: Iterable[Line]
    mark: str = ""


def table_of(first: Mapping[str, Any], following: Iterable[Mapping[str, Any]], language: str) -> Table:
    """Return the table of a report that comes in pages.

    Args:
        first: The first page, whose head is the table's.
        following: The pages after it.
        language: In which it is written.
    """
    report = str(first["report"])
    return Table(
        name=report,
        language=language,
        title=label("report", report, language=language),
        head=tuple(head_of(first, language)),
        columns=columns_of(first, language),
        lines=_lines(first, following),
        mark=mark_of(first["leaving"], language),
    )


def columns_of(page: Mapping[str, Any], language: str) -> tuple[Column, ...]:
    """Return the columns of a page with their headings."""
    return tuple(
        Column(one["key"], ColumnKind(one["kind"]), label("column", one["key"], language=language))
        for one in page["columns"]
    )


def head_of(page: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """Yield what a report was asked for, by whom and when, each with its label."""
    asked = page["asked"]
    yield label("head.office", language=language), formats.pick(asked, "office", language)
    if asked["on"]:
        yield label("head.on", language=language), formats.day(asked["on"], language)
    if asked["from_on"]:
        period = f"{formats.day(asked['from_on'], language)} – {formats.day(asked['to_on'], language)}"
        yield label("head.period", language=language), period
    if asked["product_code"]:
        yield label("head.product", language=language), formats.digits(asked["product_code"], language)
    for name in ("officer", "samity", "member"):
        if asked[f"{name}_id"]:
            yield label("head", name, language=language), formats.pick(asked, name, language)
    if asked.get("known_at"):
        yield label("head.known_at", language=language), formats.instant(asked["known_at"], language)
    yield from _behind(page, language)
    if page.get("leaving"):
        yield from head_of_export(page["leaving"], language)
    yield label("head.made_by", language=language), formats.pick(page, "made_by", language)
    yield label("head.made_at", language=language), formats.instant(page["made_at"], language)


def _behind(page: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """Yield which branches are behind the calendar, each with the day that it still keeps open (M17)."""
    late = page.get("behind") or []
    named = [
        f"{formats.pick(one, 'office_name', language)} ({formats.day(one['on'], language)})" for one in late
    ]
    if named and (others := page["behind_in_all"] - len(named)):
        more = label("head.behind_others", language=language)
        named.append(more.format(others=formats.number(others, language)))
    if named:
        yield label("head.behind", language=language), ", ".join(named)


def head_of_export(leaving: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """Yield what the register of exports says of a file, each with its label."""
    number = formats.digits(leaving["number"], language)
    yield label("head.export", language=language), number
    for name in ("purpose", "recipient"):
        yield label("head", name, language=language), _named(leaving, name, language)
    if leaving["left_out"]:
        yield label("head.left_out", language=language), formats.number(leaving["left_out"], language)


def _named(leaving: Mapping[str, Any], name: str, language: str) -> str:
    words = [word(name, leaving[name], language), leaving[f"{name}_words"]]
    return " – ".join(filter(None, words))


def mark_of(leaving: Mapping[str, Any] | None, language: str) -> str:
    """Return the line that every page of a file bears: its number in the register, for what and to whom.

    Where rows were left out for want of consent, it says how many (rule P10).
    """
    if leaving is None:
        return ""
    facts = {
        "number": formats.digits(leaving["number"], language),
        "purpose": word("purpose", leaving["purpose"], language),
        "recipient": _named(leaving, "recipient", language),
        "by": formats.pick(leaving, "exported_by", language),
        "at": formats.instant(leaving["exported_at"], language),
    }
    mark = label("foot.mark", language=language).format(**facts)
    if not leaving["left_out"]:
        return mark
    count = formats.number(leaving["left_out"], language)
    return f"{mark} · {label('foot.left_out', language=language).format(count=count)}"


def _lines(first: Mapping[str, Any], following: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    for page in chain([first], following):
        yield from lines_of(page)


def lines_of(page: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the lines of a page."""
    for row in page["rows"]:
        yield Line(RowKind(row["kind"]), tuple(row["cells"]), row.get("lead"))


def shown(column: Column, cell: Any, language: str | None = None) -> str:
    """Return a cell for people: digits and grouping of the language, names and words in it."""
    if cell is None:
        return ""
    if column.kind is ColumnKind.NAME:
        return str(formats.pick({f"name_{each}": cell[each] for each in cell}, "name", language))
    if column.kind is ColumnKind.WORD:
        return word(column.key, str(cell), language)
    if column.kind is ColumnKind.MONEY:
        return formats.number(cell, language)
    return _FORMS[column.kind](cell, language)


def _code(cell: Any, language: str | None) -> str:
    """Return a code in the language's digits; an id of the system as it is, to be searched for."""
    return str(cell) if UUID.fullmatch(str(cell)) else formats.digits(cell, language)


_FORMS: dict[ColumnKind, Callable[[Any, str | None], str]] = {
    ColumnKind.TEXT: lambda cell, _: str(cell),
    ColumnKind.CODE: _code,
    ColumnKind.COUNT: formats.number,
    ColumnKind.PERCENT: formats.digits,
    ColumnKind.DATE: formats.day,
    ColumnKind.INSTANT: formats.instant,
}


def row_label(kind: RowKind, language: str) -> str:
    """Return what stands before a total."""
    return label("row", kind, language=language)
