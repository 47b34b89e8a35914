"""Small files, small functions: what no longer fits is two things."""

from __future__ import annotations

import ast

from tests.house.house import named, nodes_of, product_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def test_no_source_file_outgrows_400_lines() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in product_files()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_outgrows_40_lines() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in product_files()
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef) and body_length(node) > LONGEST_FUNCTION
    ]

    assert long == []


def body_length(function: ast.FunctionDef) -> int:
    """Lines from the signature to the end, the docstring not counted: prose must not cost code."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length
