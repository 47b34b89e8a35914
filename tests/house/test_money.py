"""Money is integer paisa: no float can come near it."""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.house.house import PACKAGES, SERVICES, named, nodes_of, source_files

if TYPE_CHECKING:
    from pathlib import Path

GUARDED = ("domain", "models", "operations", "queries", "repository", "schemas")


def money_modules() -> list[Path]:
    inside = (
        path
        for path in source_files(*SERVICES)
        if any(part.removesuffix(".py") in GUARDED for part in path.relative_to(PACKAGES[owner(path)]).parts)
    )
    return sorted(chain(inside, source_files("contracts")))


def owner(path: Path) -> str:
    return next(name for name, folder in PACKAGES.items() if folder in path.parents)


@pytest.mark.parametrize("path", money_modules(), ids=named)
def test_no_float_where_money_is(path: Path) -> None:
    floats = [
        node.lineno
        for node in nodes_of(path)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (isinstance(node, ast.Attribute) and node.attr in {"Float", "REAL", "DOUBLE_PRECISION"})
    ]

    assert floats == []
