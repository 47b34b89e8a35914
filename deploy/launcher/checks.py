"""`./mikrof check`: all that can be said about the sources without running the system."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from launcher import database
from launcher.frontend import install_node_packages
from launcher.locks import stale_locks
from launcher.packages import sync_packages
from launcher.places import SERVICES, Places
from launcher.scratch import scratch_server
from launcher.services import project_environment
from launcher.sources import make_service_databases
from launcher.steps import Step, Steps

SIDE_BY_SIDE = 2


class CheckFailed(Exception):
    """One check found something; the text is what its tool said."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check and what it is called."""

    title: str
    run: Callable[[Step], None]


def check(places: Places) -> int:
    """Run every check, print what the failed ones found; return how many failed."""
    steps = Steps()
    with steps.step("Python packages") as step:
        uv = sync_packages(places, step)
    with steps.step("Node packages") as step:
        node = install_node_packages(places, uv, step)
    checks = [
        *_source_checks(places),
        *_frontend_checks(places, node),
        Check("locks", lambda _: _locks(places.root)),
    ]
    checks.append(Check("migrations equal models", lambda step: _migrations(places, step)))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        failures = [failure for failure in pool.map(lambda one: _attempt(steps, one), checks) if failure]
    for failure in failures:
        sys.stdout.write(f"\n{failure}\n")
    sys.stdout.write(f"\n{len(checks) - len(failures)} of {len(checks)} checks passed.\n")
    return len(failures)


def _attempt(steps: Steps, one: Check) -> str | None:
    try:
        with steps.step(one.title) as step:
            one.run(step)
    except CheckFailed as error:
        return f"── {one.title} ──\n{error}"
    return None


def _source_checks(places: Places) -> list[Check]:
    programs = places.venv / "bin"
    python = str(places.python)
    commands = {
        "ruff": (str(programs / "ruff"), "check", "--quiet"),
        "format": (str(programs / "ruff"), "format", "--check", "--quiet"),
        "types": (python, "-m", "mypy", "--no-error-summary"),
        "import rules": (str(programs / "lint-imports"), "--no-cache"),
        "contract export": (python, "-m", "contracts.export", "--check"),
    }
    environment = project_environment(places)
    return [_command(title, words, places.root, environment) for title, words in commands.items()]


def _frontend_checks(places: Places, node: Path) -> list[Check]:
    path = f"{node}:{project_environment(places).get('PATH', '')}"
    environment = project_environment(places, PATH=path, NO_COLOR="1")
    npm = str(node / "npm")
    return [
        _command(title, (npm, "run", "--silent", script), places.frontend, environment)
        for title, script in {"front end types": "types", "front end lint": "lint"}.items()
    ]


def _command(title: str, words: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Check:
    return Check(title, lambda _: _expect_success(words, folder, environment))


def _expect_success(words: tuple[str, ...], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CheckFailed(done.stdout.strip() or f"exit code {done.returncode}")


def _locks(root: Path) -> None:
    stale = stale_locks(root)
    if stale:
        raise CheckFailed(f"older than what they are made from: {', '.join(stale)}. Run ./mikrof lock.")


def _migrations(places: Places, step: Step) -> None:
    """Migrate four empty databases and compare what came out with the models."""
    with scratch_server(places) as (server, settings):
        urls = make_service_databases(places, settings, server)
        for service in SERVICES:
            _migrate_and_compare(places, service, urls[service])
    step.result = f"{len(SERVICES)} services"


def _migrate_and_compare(places: Places, service: str, urls: database.DatabaseUrls) -> None:
    environment = project_environment(places, MIKROF_DATABASE_OWNER_URL=urls.owner)
    for words in ((service,), (service, "--check")):
        _expect_success((str(places.python), "-m", "chassis.migrate", *words), places.root, environment)
