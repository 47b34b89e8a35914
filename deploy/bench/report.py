"""The figures as a table: on the screen and in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.figures import Figure

HEAD = """# Benchmarks

Written by `./mikrof bench`; measured in one run on one machine, services, broker, database and load together.
Ratios compare with figures of the same run, so that the machine drops out; nothing asserts a time.
"""
MANY = "## Books of many branches\n"
PLANS = """Read through HTTP by an auditor of the head office; every branch has an open day whose totals are
not written yet. Each statement of a deed, explained on the same data (scans with the rows that they gave;
partitions of postings told together):
"""
PARTS = ("nameko", "kombu", "eventlet", "sqlalchemy", "flask")
MARKS = {True: "reached", False: "missed", None: ""}


def table(figures: Iterable[Figure]) -> str:
    """The figures as Markdown."""
    lines = ["| what | measured | goal | |", "|---|---|---|---|"]
    lines += [f"| {one.what} | {one.measured} | {one.goal} | {MARKS[one.reached]} |" for one in figures]
    return "\n".join(lines)


def machine() -> str:
    """On what, with what, and when it was measured."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    parts = ", ".join(f"{name} {version(name)}" for name in PARTS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return " · ".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"commit {commit()}",
            f"{os.cpu_count()} cores of {processor}, {memory} GiB",
            f"{platform.system()} {platform.release()}",
            f"Python {platform.python_version()}, {parts}",
        )
    )


def commit() -> str:
    """The commit that was measured."""
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "unknown"


def write(file: Path, figures: list[Figure], many: list[Figure], how: str) -> None:
    """Keep the figures with the sources; of what was not measured the page keeps its last figures.

    Args:
        file: The page.
        figures: Of everything but the books of many branches; none where that alone was measured.
        many: Of the books of many branches.
        how: How the database answered there.
    """
    first = f"{HEAD}\n{machine()}\n\n{table(figures)}\n"
    if not figures:
        first = file.read_text(encoding="utf-8").partition(MANY)[0].rstrip("\n") + "\n"
    second = f"{MANY}\n{machine()}\n\n{table(many)}\n\n{PLANS}\n{how}\n"
    file.write_text(f"{first}\n{second}", encoding="utf-8")
