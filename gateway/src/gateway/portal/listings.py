"""Lists that are drawn page by page, and taken along whole: what is shown is what the file has.

A file of a list leaves the system as one of a report does: for what and to whom is asked first, it stands in
the register of exports, and rows about members stay back where nobody agreed to it (rules P10, P12).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.transactions.reports import RECORD_LIST_EXPORT
from contracts.transactions.reports_words import ColumnKind, ReportFormat, RowKind
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.exports import asking, leaving, taken
from gateway.rendering.files import TAKEN_AS_LISTS, send
from gateway.rendering.labels import label
from gateway.rendering.table import Column, Line, Table, head_of_export, mark_of
from gateway.words import language, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method
    from contracts.transactions.reports_words import ListName

LONGEST = 5_000
"""Of how many rows a file is made while somebody waits; the largest branches have about as many members."""
NOTHING: dict[str, Any] = {"items": [], "next": None}


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a list: under which words of the portal it stands, and how it is read from an item.

    Attributes:
        heading: Its words in the portal's catalogue.
        key: In the item; of a name without `_bn` and `_en`.
        said: How it is said to people, where the wire's form says nothing to them.
    """

    heading: str
    key: str
    kind: ColumnKind = ColumnKind.TEXT
    said: Callable[[Any], str] | None = None

    def column(self) -> Column:
        """Return it as tables have it."""
        return Column(self.key, self.kind, t(self.heading))

    def read(self, item: Mapping[str, Any]) -> Any:
        """Return what stands in the cell, in the wire's form or as it is said to people."""
        if self.kind is ColumnKind.NAME:
            names = item[f"{self.key}_bn"], item[f"{self.key}_en"]
            return dict(zip(("bn", "en"), names, strict=True)) if any(names) else None
        found = item[self.key]
        return found if found is None or self.said is None else self.said(found)


def name(heading: str, key: str = "name") -> Cell:
    """Return a column of names in both languages."""
    return Cell(heading, key, ColumnKind.NAME)


def code(heading: str, key: str = "code") -> Cell:
    """Return a column of codes and numbers that are no amounts."""
    return Cell(heading, key, ColumnKind.CODE)


def text(heading: str, key: str) -> Cell:
    """Return a column of what people wrote."""
    return Cell(heading, key)


def word(heading: str, key: str, words: str) -> Cell:
    """Return a column of words of a closed list, said with the portal's words: `loan_state.approved`."""
    return Cell(heading, key, said=lambda found: t(f"{words}.{found}"))


def money(heading: str, key: str = "amount") -> Cell:
    """Return a column of amounts."""
    return Cell(heading, key, ColumnKind.MONEY)


def count(heading: str, key: str) -> Cell:
    """Return a column of whole numbers."""
    return Cell(heading, key, ColumnKind.COUNT)


def date(heading: str, key: str) -> Cell:
    """Return a column of dates."""
    return Cell(heading, key, ColumnKind.DATE)


def instant(heading: str, key: str) -> Cell:
    """Return a column of instants."""
    return Cell(heading, key, ColumnKind.INSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of the portal.

    Attributes:
        name: By which the register of exports knows it.
        method: What answers with a page of it.
        asked: Reads from the address what is asked for; None where there is no office to ask about.
        columns: From left to right, in a file.
    """

    name: ListName
    method: Method
    asked: Callable[[], dict[str, Any] | None]
    columns: tuple[Cell, ...]

    def page(self) -> dict[str, Any]:
        """Return the page that the address asks for."""
        asked = self.asked()
        after = request.args.get("after") or None
        return NOTHING if asked is None else ask(self.method, {**asked, "after": after})

    def items(self) -> Iterator[dict[str, Any]]:
        """Yield all items, asked page by page; a page that leads back to itself is the last."""
        asked = self.asked()
        if asked is None:
            return
        after, come_from = None, None
        while come_from is None or after not in {None, come_from}:
            page = ask(self.method, {**asked, "after": after})
            yield from page["items"]
            after, come_from = page["next"], after or ""

    def register(self, blueprint: Blueprint, path: str) -> None:
        """Hang its files beside its page, which stands at `path` under the list's name."""
        endpoint = f"{blueprint.name}.{self.name}"

        @requires(str(self.method.permission))
        def file(wanted: str) -> ResponseReturnValue:
            address: dict[str, Any] = request.args.to_dict()
            back = url_for(endpoint, **address)
            return taken(lambda: self._file(ReportFormat(wanted), back), back)

        blueprint.add_url_rule(
            f"{path}/file.<any(csv, xlsx):wanted>", endpoint=f"{self.name}_file", view_func=file
        )

    def _file(self, wanted: ReportFormat, back: str) -> ResponseReturnValue:
        rows = [tuple(each.read(item) for each in self.columns) for item in islice(self.items(), LONGEST + 1)]
        if len(rows) > LONGEST:
            flash(t("list.too_long", most=LONGEST), "warning")
            return redirect(back, 303)
        said = {"list": self.name, "export": wanted, "rows": len(rows), **leaving()}
        export = ask(RECORD_LIST_EXPORT, said)
        return send(self._table([] if export["left_out"] else rows, export), wanted, f"{self.name}.{wanted}")

    def _table(self, rows: list[tuple[Any, ...]], export: Mapping[str, Any]) -> Table:
        reader = language()
        title = label("report", f"list_{self.name}")
        return Table(
            name=title,
            language=reader,
            title=title,
            head=tuple(head_of_export(export, reader)),
            columns=tuple(each.column() for each in self.columns),
            lines=[Line(RowKind.ROW, cells) for cells in rows],
            mark=mark_of(export, reader),
        )


def taking_along(name: str) -> dict[str, Any] | None:
    """Return what the form for taking a page's list along is drawn with; None to whom no file is made."""
    if not may(str(RECORD_LIST_EXPORT.permission)):
        return None
    files = {kind: url_for(f"portal.{name}_file", wanted=kind) for kind in TAKEN_AS_LISTS}
    return {"files": files, "label": label, **asking(request.args.to_dict())}
