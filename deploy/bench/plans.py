"""How the database answers the hot questions: each statement of a deed explained, condensed to its scans."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bench.interest import books_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg2.extensions import cursor

    from bench.installation import Installation
    from contracts.actor import Actor
    from transactions.repository import Books

LARGE = (
    "postings",
    "entries",
    "accounts",
    "account_terms",
    "members",
    "vouchers",
    "day_totals",
    "sheet_rows",
)
SHORT = 0.05
"""Milliseconds under which a statement is not worth a line."""

NEARLY_NOTHING = 100
WIDTH = 110
"""How much of a statement is shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement as it was carried out: how long it took, and how it reached its rows.

    Attributes:
        scans: Each table or index that was read, how, and how many rows it gave.
        reads_whole: Large tables of which every row was read.
    """

    said: str
    milliseconds: float
    scans: tuple[str, ...]
    reads_whole: tuple[str, ...]


@contextmanager
def heard() -> Iterator[list[tuple[str, Any]]]:
    """Hear every statement that is sent to the database meanwhile, with its parameters."""
    statements: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        statements.append((statement, parameters))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)


def plans_of(installation: Installation, actor: Actor, act: Callable[[Books], object]) -> list[Plan]:
    """Do something in the books as a service would, then explain each of its questions."""
    with books_of(installation) as opening, heard() as statements, opening(actor=actor) as books:
        act(books)
    found = []
    ledger = installation.database("transactions")
    with ledger.cursor() as asked:
        for statement, parameters in statements:
            if statement.lstrip()[:6].upper() in {"SELECT", "WITH M"} and "FOR " not in statement[-20:]:
                found.append(explain(asked, statement, parameters))
    ledger.close()
    return [plan for plan in found if plan.milliseconds >= SHORT]


def explain(asked: cursor, statement: str, parameters: Any) -> Plan:
    """Carry a question out and return how it was done."""
    asked.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
    ((answer,),) = asked.fetchall()
    top = answer[0]
    nodes = list(nodes_of(top["Plan"]))
    return Plan(
        said=" ".join(statement.split()),
        milliseconds=float(top["Execution Time"]),
        scans=tuple(scans_of(nodes)),
        reads_whole=tuple(sorted({name for name in map(read_whole, nodes) if name})),
    )


def nodes_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All nodes of a plan, the outer ones first."""
    yield node
    for below in node.get("Plans", ()):
        yield from nodes_of(below)


def scans_of(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """How rows were reached: partitions of a table are told together, those never looked at not at all."""
    sums: dict[str, float] = {}
    for node in nodes:
        name = node.get("Index Name") or node.get("Relation Name")
        if name is None or "Scan" not in node["Node Type"] or not node["Actual Loops"]:
            continue
        what = f"{node['Node Type']} {family(name)}"
        sums[what] = sums.get(what, 0) + node["Actual Rows"] * node["Actual Loops"]
    sums = {what: rows for what, rows in sums.items() if rows or "Index" in what}
    yield from (f"{what}: {rows:,.0f} rows" for what, rows in sums.items())


def family(name: str) -> str:
    """The name of a partition's table or index without its month."""
    if not name.startswith("postings_2"):
        return name
    return f"postings{name[len('postings_2026_11') :]}"


def read_whole(node: dict[str, Any]) -> str | None:
    """The name of a large table that was read from end to end, unless there was nearly nothing in it."""
    name = family(node.get("Relation Name", ""))
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return name if node["Node Type"] == "Seq Scan" and name in LARGE and rows > NEARLY_NOTHING else None


def told(title: str, plans: list[Plan]) -> str:
    """The plans as Markdown."""
    lines = [f"### {title}", "", "| ms | statement | how its rows were reached |", "|---|---|---|"]
    for plan in plans:
        said = plan.said if len(plan.said) <= WIDTH else f"{plan.said[:WIDTH]} …"
        scans = "; ".join(plan.scans) or "no table"
        whole = f" **reads all of {', '.join(plan.reads_whole)}**" if plan.reads_whole else ""
        lines.append(f"| {plan.milliseconds:,.1f} | `{said.replace('|', '¦')}` | {scans}{whole} |")
    return "\n".join(lines)
