"""The project's Python packages: `.run/venv`, exactly as the locks say (style §3.5)."""

import sys
from pathlib import Path

from launcher.places import Places
from launcher.stamps import Stamp, fingerprint
from launcher.steps import Step
from launcher.tools import run_tool
from launcher.uv import find_uv

MEMBERS = (
    "services/shared/contracts",
    "services/shared/chassis",
    "services/identity",
    "services/accounts",
    "services/transactions",
    "services/notifications",
    "gateway",
)
ADVICE = "Check that the package registry can be reached, then run the command again: it goes on from here."


def sync_packages(places: Places, step: Step) -> str:
    """Bring `.run/venv` to what the lock says, unless it is there already; return the uv that was found."""
    uv = find_uv(places, step.say)
    stamp, inputs = Stamp(places.stamps, "packages"), _inputs(places)
    if stamp.matches(inputs) and _works(places):
        step.result = "up to date"
        return uv
    stamp.clear()
    if not _works(places):
        step.say("making .run/venv")
        words = ("venv", "--quiet", "--clear", "--python", sys.executable, str(places.venv))
        run_tool(places, "packages", (uv, *words), advice=ADVICE)
    step.say("installing packages by their hashes")
    python = ("--python", str(places.python))
    lock = str(places.root / "requirements.lock")
    run_tool(places, "packages", (uv, "pip", "sync", "--require-hashes", *python, lock), advice=ADVICE)
    editable = [word for member in MEMBERS for word in ("-e", member)]
    command = (uv, "pip", "install", "--no-deps", "--no-build-isolation", *python, *editable)
    run_tool(places, "packages", command, advice=ADVICE)
    stamp.put(inputs)
    return uv


def _inputs(places: Places) -> str:
    projects = [places.root / member / "pyproject.toml" for member in MEMBERS]
    return fingerprint([places.root / "requirements.lock", *projects, str(places.root)])


def _works(places: Places) -> bool:
    return Path(places.python).exists() and (places.venv / "pyvenv.cfg").exists()
