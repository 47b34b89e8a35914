"""`pytest --rules`: each rule of docs/rules.md with the tests that prove it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

RULES_FILE = Path(__file__).parents[2] / "docs" / "rules.md"
ROW = re.compile(r"^\| ([MLP]\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def known_rules() -> dict[str, str]:
    """Return every rule's sentence by its name."""
    return {name: sentence for name, sentence, _ in ROW.findall(RULES_FILE.read_text(encoding="utf-8"))}


def tests_by_rule(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    """Return the tests that name each rule; several cases of one test count once."""
    tests: dict[str, list[str]] = defaultdict(list)
    for item in items:
        test = item.nodeid.partition("[")[0]
        for marker in item.iter_markers("rule"):
            for rule in marker.args:
                if test not in tests[rule]:
                    tests[rule].append(test)
    return tests


def report(items: Iterable[pytest.Item]) -> str:
    """Return the rules in their order, each followed by its tests."""
    tests = tests_by_rule(items)
    lines = []
    for rule, sentence in known_rules().items():
        lines.append(f"\n{rule}  {sentence}")
        lines += [f"      {test}" for test in tests.get(rule, [])] or ["      (no test yet)"]
    return "\n".join(lines)
