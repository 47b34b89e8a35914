"""`./mikrof test`: the tests, on private parts that do not touch a running `up`."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher import broker
from launcher.container import docker_answers
from launcher.failures import LauncherError
from launcher.frontend import build_frontend, npm
from launcher.node import find_node
from launcher.packages import sync_packages
from launcher.places import Places
from launcher.services import project_environment
from launcher.sources import BROKER_ADVICE
from launcher.steps import Step, Steps
from launcher.tools import install_debian_package

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_PACKAGES = ("chromium", "fonts-liberation")
"""Bangla is drawn with the font that our own pages bring; a bare Debian has none for Latin letters."""
FAST = ("tests/unit", "tests/house")
FAST_WORDS = ("-q", "--hypothesis-profile=fast", "-p", "no:schemathesis")
NO_TESTS = 5
"""pytest's word for having found nothing to run."""
MOST_WORKERS = 4
"""Each has a database server and a broker of its own: about 1 GiB."""
GIVEN = ("MIKROF_TEST_DATABASE_URL", "MIKROF_TEST_AMQP_URI")
"""Parts that are given are one for all: two workers would meet there."""
PASSED_ON = ("CI", "MIKROF_TEST_", "HYPOTHESIS_")


@dataclass(frozen=True, slots=True)
class TestWishes:
    """Which tests, and what pytest is told besides."""

    __test__ = False

    fast: bool
    rules: bool
    pytest: tuple[str, ...]


def test(places: Places, wishes: TestWishes) -> int:
    """Run the tests and return pytest's exit code."""
    steps = Steps()
    with steps.step("Python packages") as step:
        uv = sync_packages(places, step)
    if wishes.rules:
        return _pytest(places, ("--rules", "--collect-only", "-q", *wishes.pytest))
    if wishes.fast:
        return _side_by_side(places, wishes.pytest)
    with steps.step("Front end") as step:
        build_frontend(places, uv, step)
    _make_sure_of_parts(places, steps)
    if not wishes.pytest:
        _test_frontend(places, uv, steps)
    return _pytest(places, (*workers(places.root, wishes.pytest), *wishes.pytest))


def workers(root: Path, words: tuple[str, ...]) -> tuple[str, ...]:
    """Use every core for the whole run; a part of it is quicker without starting everything several times."""
    picked = any((root / word.partition("::")[0]).exists() for word in words)
    given = any(os.environ.get(part) for part in GIVEN)
    count = 1 if picked or given else min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    return ("-n", str(count)) if count > 1 else ()


def _make_sure_of_parts(places: Places, steps: Steps) -> None:
    """Install what may be installed; what may not is a skipped test with its reason (in CI a failure)."""
    if not (os.environ.get("MIKROF_TEST_AMQP_URI") or docker_answers() or broker.is_installed()):
        with steps.step("Broker") as step:
            _try_to_install(places, "rabbitmq-server", BROKER_ADVICE, step)
    if not any(shutil.which(browser) for browser in BROWSERS):
        with steps.step("Browser") as step:
            for package in BROWSER_PACKAGES:
                _try_to_install(places, package, "Install Chromium for the browser tests.", step)


def _try_to_install(places: Places, package: str, otherwise: str, step: Step) -> None:
    try:
        install_debian_package(places, package, otherwise=otherwise, say=step.say)
        step.result = "installed"
    except LauncherError as error:
        step.say(str(error))
        step.result = "its tests are skipped"


def _test_frontend(places: Places, uv: str, steps: Steps) -> None:
    with steps.step("Front end tests") as step:
        npm(places, find_node(places, uv, step.say), "test")


def _side_by_side(places: Places, words: tuple[str, ...]) -> int:
    """Run each folder of the fast tier in a process of its own: a machine with two cores uses both."""
    running = [
        subprocess.Popen(
            _command(places, (folder, *FAST_WORDS, *words)),
            cwd=places.root,
            env=_environment(places),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for folder in FAST
    ]
    for process in running:
        output, _ = process.communicate()
        sys.stdout.buffer.write(output)
        sys.stdout.flush()
    ends = {process.returncode for process in running}
    return max(ends - {NO_TESTS}, default=NO_TESTS)


def _pytest(places: Places, words: tuple[str, ...]) -> int:
    sys.stdout.flush()
    environment = _environment(places)
    return subprocess.run(_command(places, words), cwd=places.root, env=environment, check=False).returncode


def _command(places: Places, words: tuple[str, ...]) -> tuple[str, ...]:
    return (str(places.python), "-m", "pytest", *words)


def _environment(places: Places) -> dict[str, str]:
    asked = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    return project_environment(places) | asked
