"""`python -m launcher …`: read the command line, run one command, tell people's errors in one sentence."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import commands
from launcher.failures import LauncherError
from launcher.places import Places

ROOT = Path(__file__).resolve().parents[2]
HALF_MADE = (
    "If .run/ is half made or belongs to somebody else, remove what is named and run the command again."
)
COMMANDS: dict[str, tuple[commands.Command, str]] = {
    "up": (commands.run_up, "start everything and stay; Ctrl-C stops it (--detach, --no-demo, --port N)"),
    "down": (commands.run_down, "stop everything"),
    "status": (commands.run_status, "tell what runs, where, and how much memory it takes"),
    "logs": (commands.run_logs, "show the end of the logs, or of one (--follow)"),
    "reset": (commands.run_reset, "remove all data, keys and sign-ins (--yes)"),
    "test": (commands.run_test, "run the tests (--fast, --rules, or what pytest knows)"),
    "check": (commands.run_check, "lint, format, types, import rules, contracts, locks, migrations"),
    "bench": (commands.run_bench, "measure speed and size, and print the figures"),
    "migrate": (commands.run_migrate, "bring the databases to the newest schema"),
    "verify": (commands.run_verify, "prove that the books are sound and agree with what was published"),
    "secrets": (commands.run_secrets, "write fresh passwords for a deployment by containers into a folder"),
    "lock": (commands.run_lock, "make the locks of Python packages again (--upgrade)"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if words is None else words)
    if not given or given[0] in {"help", "-h", "--help"}:
        sys.stdout.write(overview())
        return 0
    wanted = _parser().parse_args(given[:1] + _after_options(given))
    try:
        return COMMANDS[wanted.command][0](Places.of(ROOT, os.environ), wanted)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has seen enough
        return 0
    except LauncherError as error:
        sys.stderr.write(f"\nmikrof: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"\nmikrof: the machine refused: {error}.\n{HALF_MADE}\n")
        return 1


def overview() -> str:
    """Return the commands, a line each."""
    lines = (f"  ./mikrof {name:<9} {purpose}\n" for name, (_, purpose) in COMMANDS.items())
    return "Mikrof E-Passbook\n\n" + "".join(lines)


def _after_options(given: list[str]) -> list[str]:
    """Let what is meant for pytest or the benchmark pass untouched."""
    passed_on = {"test": ("--fast", "--rules"), "bench": ()}.get(given[0])
    if passed_on is None:
        return given[1:]
    ours = [word for word in given[1:] if word in passed_on]
    return [*ours, "--", *(word for word in given[1:] if word not in passed_on)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mikrof", usage="./mikrof <command> …")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="command")
    known = {name: subparsers.add_parser(name, help=purpose) for name, (_, purpose) in COMMANDS.items()}
    known["up"].add_argument("-d", "--detach", action="store_true", help="return when all is ready")
    known["up"].add_argument("--no-demo", action="store_true", help="do not load the demo")
    known["up"].add_argument("--port", type=int, help="the gateway's port (else 8000, or a free one)")
    known["logs"].add_argument("name", nargs="?", help="one log")
    known["logs"].add_argument("-f", "--follow", action="store_true", help="go on showing what comes")
    known["reset"].add_argument("--yes", action="store_true", help="do not ask")
    known["test"].add_argument("--fast", action="store_true", help="unit and house, no broker, no database")
    known["test"].add_argument("--rules", action="store_true", help="print each rule with its tests")
    known["test"].add_argument("pytest", nargs="*", help="passed on to pytest")
    known["bench"].add_argument("words", nargs="*", help="passed on to the benchmark")
    known["secrets"].add_argument("folder", help="for example deploy/secrets")
    known["lock"].add_argument("--upgrade", action="store_true", help="take the newest versions")
    return parser


if __name__ == "__main__":
    sys.exit(main())
