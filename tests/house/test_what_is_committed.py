"""What git keeps: no third-party code, no download addresses, no path of somebody's machine."""

from __future__ import annotations

import json
import re

import pytest

from tests.house.house import ROOT, named, tracked_files

BINARY = {".woff", ".woff2", ".ttf", ".otf", ".whl", ".zip", ".gz", ".br", ".jar", ".so", ".dll", ".exe"}
REGISTRY_HOSTS = re.compile(
    r"|||", re.IGNORECASE
)
MACHINE_PATHS = re.compile(r"/(?:work|home|root)/[a-z.]")
TEXT = {
    ".py",
    ".ts",
    ".tsx",
    ".md",
    ".json",
    ".toml",
    ".yaml",
    ".yml",
    ".lock",
    ".html",
    ".css",
    ".sh",
    ".conf",
    "",
}
SELF = "tests/house/test_what_is_committed.py"


def texts() -> list[tuple[str, str]]:
    return [
        (named(path), path.read_text())
        for path in tracked_files()
        if path.suffix in TEXT and named(path) != SELF
    ]


def test_no_fonts_bundles_or_binaries() -> None:
    assert [named(path) for path in tracked_files() if path.suffix in BINARY] == []


@pytest.mark.parametrize("pattern", [REGISTRY_HOSTS, MACHINE_PATHS], ids=["registry hosts", "machine paths"])
def test_nothing_names(pattern: re.Pattern[str]) -> None:
    assert [name for name, text in texts() if pattern.search(text)] == []


def test_the_npm_lock_records_no_addresses() -> None:
    lock = json.loads((ROOT / "gateway/frontend/package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_no_promise_without_an_issue() -> None:
    promise = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)|//\s*(TODO|FIXME|XXX|HACK)")

    assert [name for name, text in texts() if promise.search(text)] == []
