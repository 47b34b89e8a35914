"""Every report is counted again by a test that asks nothing of the product."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.house.house import ROOT, nodes_of
from tests.support.hand_reports import BY_HAND
from transactions.domain.reports.registry import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

READS = {"READ_REPORT", "READ_REPORT_RUN"}
"""The methods that answer a report's rows."""


@dataclass(frozen=True)
class Module:
    """The functions that a file of tests can call: its own, and those of `tests/support` that it imports."""

    functions: dict[str, ast.FunctionDef]
    imported: dict[str, Path] = field(default_factory=dict)

    def find(self, name: str) -> tuple[ast.FunctionDef, Module] | None:
        if name in self.functions:
            return self.functions[name], self
        there = module_of(self.imported[name]) if name in self.imported else None
        return (there.functions[name], there) if there and name in there.functions else None


@cache
def module_of(path: Path) -> Module:
    imported = {
        name.name: ROOT / f"{node.module.replace('.', '/')}.py"
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("tests.support.")
        for name in node.names
    }
    return Module(functions_of(nodes_of(path)), imported)


def functions_of(nodes: Iterable[ast.AST]) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


def counts(function: ast.FunctionDef) -> tuple[str, ...]:
    """The reports that a function's marks say it counts again."""
    return tuple(
        str(code.value)
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "counts"
        for code in mark.args
        if isinstance(code, ast.Constant)
    )


def reached_from(function: ast.FunctionDef, module: Module) -> list[ast.AST]:
    """All that a test does by itself and through functions that it calls; its `counts` say nothing."""
    seen: dict[int, ast.FunctionDef] = {}
    waiting = [(function, module)]
    while waiting:
        one, where = waiting.pop()
        if id(one) not in seen:
            seen[id(one)] = one
            names = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
            waiting += [found for found in map(where.find, sorted(names)) if found]
    marks = {id(mark) for mark in function.decorator_list if "counts" in ast.dump(mark)}
    parts = [part for one in seen.values() for part in (*one.body, *one.decorator_list)]
    return [node for part in parts if id(part) not in marks for node in ast.walk(part)]


def wanting(function: ast.FunctionDef, module: Module) -> Iterator[str]:
    """What a function lacks that says it counts reports again."""
    nodes = reached_from(function, module)
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    if not function.name.startswith("test_"):
        yield "is no test"
    for code in counts(function):
        by_method = code in texts and bool(names & READS)
        if not by_method and not any(text.endswith(f"/reports/{code}") for text in texts):
            yield f"does not read {code}"
    if not any(isinstance(node, ast.Assert) and compares_what_was_counted(node.test) for node in nodes):
        yield "compares nothing with what was counted"


def compares_what_was_counted(asserted: ast.expr) -> bool:
    """An equality of two things of which neither is written down beforehand."""
    return (
        isinstance(asserted, ast.Compare)
        and isinstance(asserted.ops[0], ast.Eq)
        and not any(isinstance(side, ast.Constant) for side in (asserted.left, *asserted.comparators))
    )


def marked() -> Iterator[tuple[str, ast.FunctionDef, Module]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "mark.counts(" in path.read_text():
            module = module_of(path)
            for function in module.functions.values():
                if counts(function):
                    yield f"{path.relative_to(ROOT)}::{function.name}", function, module


def test_a_report_is_counted_by_hand_or_by_a_test_of_its_own() -> None:
    elsewhere = {code for _, function, _ in marked() for code in counts(function)}

    told = 'count it in hand_reports.BY_HAND, or by a test with @pytest.mark.counts("its code")'
    assert {definition.code for definition in ALL} == BY_HAND.keys() | elsewhere, told
    assert BY_HAND.keys().isdisjoint(elsewhere)


def test_a_test_that_counts_a_report_reads_it_and_compares_it() -> None:
    found: Mapping[str, list[str]] = {
        place: list(wanting(function, module)) for place, function, module in marked()
    }
    assert {place: lacks for place, lacks in found.items() if lacks} == {}


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("def test_it(): assert read(READ_REPORT, 'audit') == counted()", []),
        ("def test_it(): assert rows(get('/reports/audit')) == counted()", []),
        (
            "def test_it(): assert asked('audit') == counted()\ndef asked(it): return read(READ_REPORT, it)",
            [],
        ),
        ("def test_it(): assert read(READ_REPORT, 'dues') == counted()", ["does not read audit"]),
        ("def test_it(): assert title('audit') == word()", ["does not read audit"]),
        ("def test_it(): read(READ_REPORT, 'audit')", ["compares nothing with what was counted"]),
        (
            "def test_it(): assert len(read(READ_REPORT, 'audit')) == 2",
            ["compares nothing with what was counted"],
        ),
        ("def it(): assert read(READ_REPORT, 'audit') == counted()", ["is no test"]),
    ],
)
def test_who_only_says_that_it_counts_is_found(said: str, lacks: list[str]) -> None:
    module = Module(functions_of(ast.walk(ast.parse(f'@pytest.mark.counts("audit")\n{said}'))))
    assert list(wanting(next(iter(module.functions.values())), module)) == lacks


def test_functions_of_others_are_followed() -> None:
    """`read` stands in tests/support, and there it asks for the report."""
    said = "def test_it(): assert rows(read(home, 'audit')) == counted()"
    functions = functions_of(ast.walk(ast.parse(f'@pytest.mark.counts("audit")\n{said}')))
    support = ROOT / "tests/support/recomputed_reports.py"

    assert list(wanting(functions["test_it"], Module(functions))) == ["does not read audit"]
    assert list(wanting(functions["test_it"], Module(functions, {"read": support}))) == []
