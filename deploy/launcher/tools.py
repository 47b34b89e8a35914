"""Programs that fetch, build and install; their output goes to a log, its end to the person if they fail."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.processes import Program, clean_environment, run, tail

INSTALL_SCRIPT = Path(__file__).with_name("install.sh")
QUIET = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "NO_COLOR": "1"}
Say = Callable[[str], None]


def run_tool(
    places: Places,
    name: str,
    argv: tuple[str, ...],
    *,
    advice: str,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a program to its end; its output goes to a log.

    Raises:
        LauncherError: it failed; the text has the advice and the end of its output.
    """
    log = places.logs / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    variables = environment or clean_environment("VIRTUAL_ENV", "PYTHON") | QUIET
    code = run(Program(name=name, argv=argv, environment=variables, folder=folder or places.root, log=log))
    if code:
        words = " ".join(Path(word).name if word.startswith("/") else word for word in argv[:4])
        raise LauncherError(f"`{words} …` failed. {advice}\nThe end of {log}:\n{tail(log, 12)}")


def install_debian_package(places: Places, package: str, *, otherwise: str, say: Say) -> None:
    """Install a Debian package as root or with sudo; its services stay off, since we run our own.

    Raises:
        LauncherError: we may not, or it failed; the text says what to do instead.
    """
    if shutil.which("apt-get") is None or not (os.geteuid() == 0 or _may_sudo()):
        raise LauncherError(f"{package} is missing and cannot be installed from here. {otherwise}")
    say(f"installing Debian's package {package} on this machine")
    sudo = () if os.geteuid() == 0 else ("sudo",)
    run_tool(places, "apt", (*sudo, "sh", str(INSTALL_SCRIPT), package), advice=otherwise)


def _may_sudo() -> bool:
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
