"""uv, which installs our packages: the machine's own, else the one on PyPI whose hash we have."""

import hashlib
import json
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.tools import Say, run_tool

UV_LOCK = Path(__file__).with_name("uv.lock.txt")
DEFAULT_INDEX = "INDEX"
SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"


def find_uv(places: Places, say: Say) -> str:
    """Return a uv: the machine's, else the one fetched from PyPI into `.run/tools`."""
    installed = shutil.which("uv")
    if installed:
        return installed
    own = places.tools / "uv" / "bin" / "uv"
    if not own.exists():
        say("fetching uv from PyPI")
        unfinished = places.tools / "uv.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        if _has_pip():
            _pip_install(places, unfinished)
        else:
            unpack_uv(unfinished, _index())
        shutil.rmtree(own.parent.parent, ignore_errors=True)
        unfinished.rename(own.parent.parent)
    return str(own)


def _has_pip() -> bool:
    command = (sys.executable, "-m", "pip", "--version")
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _pip_install(places: Places, folder: Path) -> None:
    words = (
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--target",
        str(folder),
        "-r",
        str(UV_LOCK),
    )
    advice = "PyPI could not be reached: check the network and run the command again."
    run_tool(places, "uv", (sys.executable, "-m", "pip", *words), advice=advice)


def _index() -> str:
    return os.environ.get("UV_INDEX_URL") or os.environ.get("PIP_INDEX_URL") or DEFAULT_INDEX


def unpack_uv(folder: Path, index: str) -> None:
    """Fetch uv's wheel without pip (Debian's bare python3 has none) and unpack its program.

    Raises:
        LauncherError: no network, or no wheel whose hash is in our lock.
    """
    request = urllib.request.Request(f"{index.rstrip('/')}/uv/", headers={"Accept": SIMPLE_JSON})  # noqa: S310  # the index is configured
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # as above
            address, digest = _choose_wheel(json.load(answer)["files"])
        wheel = folder / "uv.whl"
        folder.mkdir(parents=True)
        urllib.request.urlretrieve(urljoin(request.full_url, address), wheel)  # noqa: S310  # as above
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise LauncherError(
            f"uv could not be fetched from {index}: {error}. Check the network, or install uv."
        ) from error
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
        raise LauncherError(f"The wheel of uv at {index} is not the one that {UV_LOCK.name} names.")
    _unpack_program(wheel, folder / "bin" / "uv")
    wheel.unlink()


def _choose_wheel(files: list[dict[str, object]]) -> tuple[str, str]:
    known = set(re.findall(r"sha256:([0-9a-f]{64})", UV_LOCK.read_text(encoding="utf-8")))
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = libc if sys.platform == "linux" else "macosx"
    for file in files:
        digest = dict(file["hashes"])["sha256"]  # type: ignore[call-overload]  # the index's answer is untyped
        name = str(file["filename"])
        if digest in known and system in name and name.endswith(f"{platform.machine()}.whl"):
            return str(file["url"]), digest
    raise LauncherError(f"There is no uv for {system} on {platform.machine()}: install uv by hand.")


def _unpack_program(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        target.parent.mkdir(parents=True)
        target.write_bytes(archive.read(member))
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
