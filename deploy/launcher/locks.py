"""The locks of Python packages: one for everything, one for each deployable (style §3.5, mechanics S5)."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from launcher.packages import MEMBERS
from launcher.places import SERVICES, Places
from launcher.stamps import fingerprint
from launcher.tools import run_tool

HEADER = "# inputs: "
ADVICE = "Check the network; a conflict between packages is named below."
SHARED = ("services/shared/contracts", "services/shared/chassis")
NAMES = tuple(f"mikrof-{Path(member).name}" for member in MEMBERS)


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock and the project files from which it is made."""

    file: str
    project: str
    inputs: tuple[str, ...]
    words: tuple[str, ...]


def all_locks() -> tuple[Lock, ...]:
    """Return the root's lock, which constrains the others, then one for each deployable."""
    projects = tuple(f"{member}/pyproject.toml" for member in MEMBERS)
    root = Lock("requirements.lock", "pyproject.toml", ("pyproject.toml", *projects), ("--group", "dev"))
    return (root, *(_service_lock(service) for service in SERVICES), _lock("gateway", SHARED[:1]))


def _service_lock(service: str) -> Lock:
    return _lock(f"services/{service}", SHARED)


def _lock(member: str, needs: tuple[str, ...]) -> Lock:
    project = f"{member}/pyproject.toml"
    inputs = (project, *(f"{need}/pyproject.toml" for need in needs), "requirements.lock")
    return Lock(f"{member}/requirements.lock", project, inputs, ("--constraint", "requirements.lock"))


def stale_locks(root: Path) -> list[str]:
    """Return the locks whose header does not hold the hash of their inputs."""
    return [lock.file for lock in all_locks() if not _is_fresh(root, lock)]


def make_locks(places: Places, uv: str, *, upgrade: bool) -> None:
    """Make every lock again; versions stay as they are unless an upgrade is wanted."""
    for lock in all_locks():
        _make(places, uv, lock, upgrade=upgrade)


def _make(places: Places, uv: str, lock: Lock, *, upgrade: bool) -> None:
    target = places.root / lock.file
    hidden = [word for name in NAMES for word in ("--no-emit-package", name)]
    words = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet")
    more = ("--upgrade",) if upgrade else ()
    command = (uv, "pip", "compile", lock.project, *lock.words, *words, *more, *hidden, "-o", lock.file)
    run_tool(places, "lock", command, advice=ADVICE)
    text = "".join(
        line
        for line in target.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith(HEADER)
    )
    target.write_text(f"{HEADER}{_inputs(places.root, lock)}\n{text}", encoding="utf-8")


def _inputs(root: Path, lock: Lock) -> str:
    """Hash what the projects ask for; how they configure their linters changes no lock."""
    return fingerprint(
        _demands(root / name) if name.endswith(".toml") else root / name for name in lock.inputs
    )


def _demands(project: Path) -> str:
    content = tomllib.loads(project.read_text(encoding="utf-8"))
    asked = {
        key: content["project"].get(key)
        for key in ("requires-python", "dependencies", "optional-dependencies")
    }
    return json.dumps([asked, content.get("dependency-groups")], sort_keys=True)


def _is_fresh(root: Path, lock: Lock) -> bool:
    file = root / lock.file
    if not file.exists():
        return False
    return file.read_text(encoding="utf-8").startswith(f"{HEADER}{_inputs(root, lock)}\n")
