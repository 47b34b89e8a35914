"""What the strict content policy forbids, or htmx would silently get wrong, is not in a template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.house.house import ROOT, named

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = sorted((ROOT / "gateway/src/gateway").rglob("*.html"))
JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline handler": re.compile(r"\son[a-z]+\s*=|\shx-on"),
    "an evaluated value": re.compile(r"hx-vals\s*=\s*['\"]js:|hx-trigger\s*=\s*['\"][^'\"]*\["),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a foreign host": re.compile(r"(?:src|href)\s*=\s*['\"](?:https?:)?//"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_keeps_the_content_policy(path: Path) -> None:
    text = JINJA.sub("", path.read_text())

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []
