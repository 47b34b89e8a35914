"""Regulators' forms: laid out in files of data, so that a form is put right without code. Pure.

A file of `layouts/` says the form's code, how many months it covers, its columns (which of a line's figures,
of which sexes) and its lines (number, words, and for each figure the name of an indicator). What a file says
that nobody knows is refused when the program starts, by its name.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from contracts.transactions.reports_words import ColumnKind, ReportSubject
from transactions.domain.reports.definitions import ON, Column, Definition, code, day, name, word
from transactions.domain.reports.funds import ALL_FUNDS
from transactions.domain.reports.indicators import INDICATORS, Facts, Period, Told, funds_of
from transactions.domain.reports.lines import Row

SEXES = ("female", "male", "other")
"""As members' files know them."""
COVERED = (1, 3, 6)
"""How many months a form may cover."""
FORM_KEYS = frozenset({"code", "months", "by_fund", "columns", "lines"})
COLUMN_KEYS = frozenset({"key", "kind", "figure", "sexes"})
LINE_WORDS = frozenset({"number", "bn", "en"})
UNITS = (ColumnKind.COUNT, ColumnKind.MONEY)


class LayoutWrong(ValueError):
    """A form's file says what nobody knows; the message says where and what."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: a figure of each line, of some sexes or of all."""

    key: str
    kind: ColumnKind
    figure: str
    sexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line: its number, its words, and by figure the name of an indicator."""

    number: str
    bn: str
    en: str
    figures: Mapping[str, str]

    @property
    def by_fund(self) -> bool:
        """Whether anything of it is told apart by fund."""
        return any(INDICATORS[indicator].by_fund for indicator in self.figures.values())


@dataclass(frozen=True, slots=True)
class Form:
    """A regulator's form.

    Attributes:
        months: How many months it covers.
        by_fund: Whether it is repeated for each fund below the whole.
    """

    code: str
    months: int
    by_fund: bool
    columns: tuple[FormColumn, ...]
    lines: tuple[FormLine, ...]

    @property
    def definition(self) -> Definition:
        """It as a report."""
        fund = (word("fund"),) if self.by_fund else ()
        shown = (Column(column.key, column.kind) for column in self.columns)
        return Definition(
            code=self.code,
            subject=ReportSubject.REGULATOR,
            permission="book:read",
            parameters=(ON,),
            key={"position": "bigint"},
            columns=(*fund, code("line_number"), name("item"), *shown, day("month_end")),
            by_branch=False,
        )

    def rows(self, facts: Facts, period: Period) -> list[Row]:
        """Return its lines, filled; below the whole again for each fund, where it is told apart so."""
        funds = funds_of(facts[Told.LOANS] + facts[Told.SAVINGS]) if self.by_fund else ()
        return [
            self._row(line, facts, period, fund)
            for fund in (None, *funds)
            for line in self.lines
            if fund is None or line.by_fund
        ]

    def _row(self, line: FormLine, facts: Facts, period: Period, fund: str | None) -> Row:
        cells = {
            column.key: INDICATORS[line.figures[column.figure]].of(facts, period, column.sexes, fund)
            if column.figure in line.figures
            else None
            for column in self.columns
        }
        head = {"line_number": line.number, "item_bn": line.bn, "item_en": line.en, "fund": fund or ALL_FUNDS}
        return {**head, **cells, "month_end": period.until}


def form_of(said: Mapping[str, Any]) -> Form:
    """Return a form as its file says it.

    Raises:
        LayoutWrong: it names an indicator, a column or a word that is none, or calls an amount a count.
    """
    where = str(said.get("code"))
    _require_only(where, said, FORM_KEYS)
    if said.get("months") not in COVERED:
        raise LayoutWrong(f"{where}: months {said.get('months')!r}")
    columns = tuple(_column(where, each) for each in said["columns"])
    units = {column.figure: column.kind for column in columns}
    lines = tuple(_line(where, each, units) for each in said["lines"])
    for names in ([column.key for column in columns], [line.number for line in lines]):
        twice = sorted({each for each in names if names.count(each) > 1})
        if twice:
            raise LayoutWrong(f"{where}: twice {twice}")
    return Form(where, int(said["months"]), bool(said.get("by_fund", False)), columns, lines)


def _require_only(where: str, said: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(said.keys() - known)
    if unknown:
        raise LayoutWrong(f"{where}: unknown {unknown}")


def _column(where: str, said: Mapping[str, Any]) -> FormColumn:
    _require_only(where, said, COLUMN_KEYS)
    sexes = tuple(said.get("sexes", ()))
    unknown = sorted(set(sexes) - set(SEXES))
    if unknown or said["kind"] not in UNITS:
        raise LayoutWrong(f"{where}: column {said['key']}: {unknown or said['kind']}")
    return FormColumn(said["key"], ColumnKind(said["kind"]), said["figure"], sexes)


def _line(where: str, said: Mapping[str, Any], units: Mapping[str, ColumnKind]) -> FormLine:
    _require_only(where, said, LINE_WORDS | units.keys())
    missing = sorted(LINE_WORDS - said.keys())
    if missing:
        raise LayoutWrong(f"{where}: a line without {missing}")
    figures = {figure: str(said[figure]) for figure in units if figure in said}
    for figure, name_of in figures.items():
        indicator = INDICATORS.get(name_of)
        if indicator is None:
            raise LayoutWrong(f"{where}: line {said['number']}: unknown indicator {name_of!r}")
        if indicator.unit is not units[figure]:
            raise LayoutWrong(f"{where}: line {said['number']}: {name_of!r} is no {units[figure]}")
    return FormLine(str(said["number"]), said["bn"], said["en"], figures)


def _shipped() -> Iterator[Form]:
    folder = files("transactions.domain.reports").joinpath("layouts")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield form_of(tomllib.loads(file.read_text("utf-8")))


FORMS: tuple[Form, ...] = tuple(_shipped())
"""The forms as they are delivered."""

REPORTS = tuple(form.definition for form in FORMS)
