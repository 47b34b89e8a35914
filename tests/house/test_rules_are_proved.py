"""A rule of docs/rules.md that this release keeps has a test that names it."""

from __future__ import annotations

import ast
import re

from tests.house.house import ROOT, nodes_of

KEPT = {
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M14", "M15", "M16",
    "M17",
    "L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8",
    "P1", "P2", "P3", "P5", "P6", "P7",
}  # fmt: skip


def rules_listed() -> set[str]:
    return set(re.findall(r"^\W*\**([MLP]\d+)\b", (ROOT / "docs/rules.md").read_text(), re.MULTILINE))


def rules_standing() -> set[str]:
    rows = re.findall(r"^\| ([MLP]\d+) \|.*\| yes \|$", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)
    return set(rows)


def rules_proved() -> set[str]:
    proved: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in nodes_of(path):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "rule"
            ):
                proved |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    return proved


def test_every_kept_rule_is_proved() -> None:
    assert rules_proved() >= KEPT


def test_the_page_says_which_rules_stand() -> None:
    assert rules_standing() == KEPT


def test_no_test_proves_a_rule_that_is_not_listed() -> None:
    assert rules_proved() <= rules_listed()
