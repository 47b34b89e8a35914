"""What git keeps: no third-party code, no download addresses, no path of somebody's machine."""

import json
import re
from functools import cache

import pytest

from tests.house.house import PACKAGES, ROOT, named, tracked_files

BINARY = {".woff", ".woff2", ".ttf", ".otf", ".whl", ".zip", ".gz", ".br", ".jar", ".so", ".dll", ".exe"}
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
}
SELF = "tests/house/test_what_is_committed.py"
ADDRESS = re.compile(r"\w+://")
REGISTRY = re.compile(r"(?:index[-_]url|find[-_]links|registry)[\"']?\s*[=: ]\s*[\"']?\w+://", re.IGNORECASE)
MACHINE_PATH = re.compile(r"/(?:work|home|root)/[a-z.]")


@cache
def texts() -> tuple[tuple[str, str], ...]:
    return tuple(
        (named(path), path.read_text())
        for path in tracked_files()
        if path.suffix in TEXT | {"", ".txt"} and named(path) != SELF
    )


def test_no_fonts_bundles_or_binaries() -> None:
    assert [named(path) for path in tracked_files() if path.suffix in BINARY] == []


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["a registry", "a machine's path"])
def test_nothing_names(pattern: re.Pattern[str]) -> None:
    assert [name for name, text in texts() if pattern.search(text)] == []


def test_the_locks_of_python_packages_hold_hashes_and_no_addresses() -> None:
    locks = [(name, text) for name, text in texts() if name.endswith(("requirements.lock", ".lock.txt"))]

    assert len(locks) > len(PACKAGES) - 2
    assert [name for name, text in locks if ADDRESS.search(text) or "--hash=sha256:" not in text] == []


def test_the_npm_lock_records_no_addresses() -> None:
    lock = json.loads((ROOT / "gateway/frontend/package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_no_promise_without_an_issue() -> None:
    promise = re.compile(r"(?:#|//)\s*(?:TODO|FIXME|XXX|HACK)")

    assert [name for name, text in texts() if promise.search(text)] == []
