"""One place commits: an operation that commits by itself could answer for half of its work."""

from __future__ import annotations

import ast

from tests.house.house import named, nodes_of, source_files


def test_only_the_chassis_commits() -> None:
    commits = [
        f"{named(path)}:{node.lineno}"
        for path in source_files("identity", "accounts", "transactions", "notifications", "gateway")
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]

    assert commits == []
