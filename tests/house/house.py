"""What the house tests read: the project's own source files, as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("identity", "accounts", "transactions", "notifications")
PACKAGES = {
    "contracts": ROOT / "services/shared/contracts",
    "chassis": ROOT / "services/shared/chassis",
    **{name: ROOT / "services" / name for name in SERVICES},
    "gateway": ROOT / "gateway",
}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, so that a new file is judged before it is committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / line for line in listing.stdout.splitlines())
    return tuple(path for path in paths if path.is_file())


def source_files(*packages: str) -> Iterator[Path]:
    """The Python sources of the named packages; of all of them when none is named."""
    for name in packages or PACKAGES:
        yield from sorted((PACKAGES[name] / "src").rglob("*.py"))


def product_files() -> Iterator[Path]:
    """Python sources of packages and launcher: what runs in the product, tests left out."""
    yield from source_files()
    yield from sorted((ROOT / "deploy").rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of one source file."""
    return ast.parse(path.read_text(), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of one source file; kept, because nearly every rule looks at all of them."""
    return tuple(ast.walk(tree_of(path)))


def named(path: Path) -> str:
    """How a failure names a file: relative to the project."""
    return str(path.relative_to(ROOT))
