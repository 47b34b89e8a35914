"""A package imports only what its own pyproject declares: the shared environment hides the rest."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest

from tests.house.house import PACKAGES, nodes_of, source_files

if TYPE_CHECKING:
    from pathlib import Path

TYPES_ONLY = {"_typeshed"}
"""Known to type checkers, never imported by a running program."""
DISTRIBUTIONS = packages_distributions()


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_imports_only_what_it_declares(package: str) -> None:
    undeclared = {
        module
        for module in imported_modules(package)
        if module not in sys.stdlib_module_names | TYPES_ONLY
        and module != package
        and not declared(package)
        & {canonical(name) for name in DISTRIBUTIONS.get(module, [f"mikrof-{module}"])}
    }

    assert undeclared == set()


def imported_modules(package: str) -> set[str]:
    return {module.split(".")[0] for path in source_files(package) for module in modules_of(path)}


def modules_of(path: Path) -> list[str]:
    names: list[str] = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return names


def declared(package: str) -> set[str]:
    project = tomllib.loads((PACKAGES[package] / "pyproject.toml").read_text())["project"]
    return {canonical(requirement) for requirement in project["dependencies"]}


def canonical(requirement: str) -> str:
    name = requirement.split(";", maxsplit=1)[0]
    for mark in "[<>=!~ ":
        name = name.split(mark)[0]
    return name.lower().replace("_", "-")
