"""The commands of `./mikrof`, one function each."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from launcher.checks import check
from launcher.container import remove_volume
from launcher.deployment import write_secrets
from launcher.detach import bring_up_detached
from launcher.failures import LauncherError
from launcher.locks import make_locks
from launcher.packages import sync_packages
from launcher.places import Places
from launcher.runner import is_running, stop_runner
from launcher.services import project_environment
from launcher.steps import Steps
from launcher.testing import TestWishes, test
from launcher.up import Up, Wishes, interruptible
from launcher.verifying import verify
from launcher.watching import logs, status

Command = Callable[[Places, argparse.Namespace], int]


def run_up(places: Places, wanted: argparse.Namespace) -> int:
    """Start everything and stay; Ctrl-C stops it."""
    if wanted.detach:
        words = [word for word in sys.argv[2:] if word not in {"--detach", "-d"}]
        return bring_up_detached(places, words)
    return interruptible(Up(places, Wishes(port=wanted.port, demo=not wanted.no_demo)).run)


def run_down(places: Places, _wanted: argparse.Namespace) -> int:
    """Stop everything."""
    sys.stdout.write("Stopped.\n" if stop_runner(places) else "It was not running.\n")
    return 0


def run_status(places: Places, _wanted: argparse.Namespace) -> int:
    """Tell what runs, where, and how much memory it takes."""
    for line in status(places):
        sys.stdout.write(f"{line}\n")
    return 0 if is_running(places) else 1


def run_logs(places: Places, wanted: argparse.Namespace) -> int:
    """Show the end of the logs."""
    try:
        for line in logs(places, wanted.name, follow=wanted.follow):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 0
    return 0


def run_reset(places: Places, wanted: argparse.Namespace) -> int:
    """Remove all data and keys of this installation."""
    if not wanted.yes:
        sys.stdout.write(f"All data, keys and sign-ins in {places.run} will be removed. Type yes to go on: ")
        sys.stdout.flush()
        if sys.stdin.readline().strip() != "yes":
            sys.stdout.write("Nothing was removed.\n")
            return 1
    stop_runner(places)
    for item in places.data:
        if item.is_dir():
            shutil.rmtree(item)
        else:
            item.unlink(missing_ok=True)
    remove_volume()
    sys.stdout.write("Removed. `./mikrof up` begins anew.\n")
    return 0


def run_check(places: Places, _wanted: argparse.Namespace) -> int:
    """Lint, format, types, import rules, contract export, locks, migrations."""
    return min(check(places), 1)


def run_test(places: Places, wanted: argparse.Namespace) -> int:
    """Run the tests; what pytest knows may follow."""
    return test(places, TestWishes(fast=wanted.fast, rules=wanted.rules, pytest=tuple(wanted.pytest)))


def run_bench(places: Places, wanted: argparse.Namespace) -> int:
    """Measure speed and size, and print the figures."""
    with Steps().step("Python packages") as step:
        sync_packages(places, step)
    command = (str(places.python), "-m", "bench", *wanted.words)
    return subprocess.run(command, cwd=places.root, env=project_environment(places), check=False).returncode


def run_verify(places: Places, _wanted: argparse.Namespace) -> int:
    """Prove that the books agree with themselves and with the seals that were published."""
    return verify(places)


def run_secrets(_places: Places, wanted: argparse.Namespace) -> int:
    """Write what a deployment by containers needs (deploy/runbooks/deploy.md)."""
    for file in write_secrets(Path(wanted.folder)):
        sys.stdout.write(f"{file}\n")
    return 0


def run_lock(places: Places, wanted: argparse.Namespace) -> int:
    """Make the locks of Python packages again."""
    steps = Steps()
    with steps.step("Python packages") as step:
        uv = sync_packages(places, step)
    with steps.step("Locks") as step:
        make_locks(places, uv, upgrade=wanted.upgrade)
    return 0


def run_migrate(places: Places, _wanted: argparse.Namespace) -> int:
    """Bring the four databases to the newest schema, without starting the services."""
    if is_running(places):
        raise LauncherError("It is running, and `up` has migrated its databases: `./mikrof down` first.")
    return interruptible(Up(places, Wishes()).migrate)
