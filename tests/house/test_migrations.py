"""Migrations are one line, not a tree: two that follow the same one would be applied in any order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.house.house import PACKAGES, SERVICES, tree_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("service", SERVICES)
def test_each_migration_follows_the_one_before(service: str) -> None:
    files = sorted((PACKAGES[service] / "migrations/versions").glob("*.py"))
    revisions = [constant(path, "revision") for path in files]

    assert revisions
    assert [constant(path, "down_revision") for path in files] == [None, *revisions[:-1]]


def constant(path: Path, name: str) -> str | None:
    """What a migration says at its head under this name."""
    values = [
        ast.literal_eval(node.value)
        for node in tree_of(path).body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]
    ]
    assert len(values) == 1, path
    value: str | None = values[0]
    return value
