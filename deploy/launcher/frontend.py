"""The built front end: portal assets and the mobile app."""

import os
from pathlib import Path

from launcher.node import find_node
from launcher.places import Places
from launcher.processes import clean_environment
from launcher.stamps import Stamp, fingerprint
from launcher.steps import Step
from launcher.tools import run_tool

MADE = frozenset({"node_modules", "dist"})


def install_node_packages(places: Places, uv: str, step: Step) -> Path:
    """Run `npm ci` where the lock has changed; return the folder of Node's programs."""
    node = find_node(places, uv, step.say)
    stamp = Stamp(places.stamps, "node-packages")
    inputs = fingerprint([places.frontend / "package-lock.json", places.frontend / "package.json", str(node)])
    if not (stamp.matches(inputs) and (places.frontend / "node_modules").is_dir()):
        stamp.clear()
        step.say("installing Node packages")
        npm(places, node, "ci", "--no-audit", "--no-fund")
        stamp.put(inputs)
    return node


def build_frontend(places: Places, uv: str, step: Step) -> None:
    """Build what is out of date."""
    node = install_node_packages(places, uv, step)
    stamp = Stamp(places.stamps, "frontend")
    sources = [path for path in sorted(places.frontend.iterdir()) if path.name not in MADE]
    inputs = fingerprint([*sources, str(node)])
    if stamp.matches(inputs) and (places.frontend / "dist").is_dir():
        step.result = "up to date"
        return
    stamp.clear()
    step.say("building")
    npm(places, node, "run", "build")
    stamp.put(inputs)
    step.result = "built"


def npm(places: Places, node: Path, *words: str) -> None:
    """Run npm in the front end's folder, with the Node beside it first on the path."""
    environment = clean_environment() | {
        "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}",
        "NO_COLOR": "1",
    }
    advice = "Check the network where packages were fetched; else the text below says what is wrong."
    command = (str(node / "npm"), *words)
    run_tool(places, "frontend", command, folder=places.frontend, environment=environment, advice=advice)
