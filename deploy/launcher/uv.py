"""uv, which installs our packages: the machine's own, else the one on PyPI whose hash we have."""

import shutil
import subprocess
import sys
from pathlib import Path

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.tools import Say, install_debian_package, run_tool

UV_LOCK = Path(__file__).with_name("uv.lock.txt")
NETWORK_ADVICE = "Check that PyPI can be reached, then run the command again."
PIP_ADVICE = "Install pip (on Debian: apt-get install python3-pip) or uv, then run the command again."


def find_uv(places: Places, say: Say) -> str:
    """Return a uv: the machine's, else the one fetched from PyPI into `.run/tools`."""
    installed = shutil.which("uv")
    if installed:
        return installed
    own = places.tools / "uv"
    if not (own / "bin" / "uv").exists():
        python = _python_with_pip(places, say)
        say("fetching uv from PyPI")
        _fetch(places, python, own)
    return str(own / "bin" / "uv")


def _fetch(places: Places, python: str, own: Path) -> None:
    unfinished = own.with_name("uv.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    words = ("install", "--quiet", "--no-deps", "--require-hashes", "--target", str(unfinished))
    run_tool(places, "uv", (python, "-m", "pip", *words, "-r", str(UV_LOCK)), advice=NETWORK_ADVICE)
    shutil.rmtree(own, ignore_errors=True)
    unfinished.rename(own)


def _python_with_pip(places: Places, say: Say) -> str:
    """Return a Python that has pip: ours, else a virtual environment's, else ours with Debian's package."""
    if _has_pip(sys.executable):
        return sys.executable
    folder = places.tools / "pip"
    try:
        run_tool(places, "pip", (sys.executable, "-m", "venv", "--clear", str(folder)), advice=PIP_ADVICE)
    except LauncherError:  # Debian leaves the makings of pip out of its bare python3
        install_debian_package(places, "python3-pip", otherwise=PIP_ADVICE, say=say)
        return sys.executable
    return str(folder / "bin" / "python")


def _has_pip(python: str) -> bool:
    return (
        subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )
