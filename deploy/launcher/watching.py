"""`status` and `logs`: what the running installation says of itself."""

import time
from collections.abc import Iterator
from pathlib import Path

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.processes import tail
from launcher.runner import Report, is_running

KIB_PER_MIB = 1024
LAST_LINES = 20


def status(places: Places) -> Iterator[str]:
    """Tell line by line what runs, and how much memory it takes."""
    report = Report.read(places) if is_running(places) else None
    if report is None:
        yield "Not running. `./mikrof up` starts it."
        return
    yield f"Ready at {report.base_url}" if report.ready else "Starting …"
    total = 0.0
    for name, pid in report.processes.items():
        family = family_of(pid)
        memory = sum(memory_mib(member) for member in family)
        total += memory
        yield f"  {name:<22} {_state(family):<22} process {pid:<8} {memory:6.0f} MiB"
    own = memory_mib(report.pid)
    yield f"  {'runner':<22} {'running':<22} process {report.pid:<8} {own:6.0f} MiB"
    yield f"  {'together':<22} {'':<22} {'':<16} {total + own:6.0f} MiB"


def _state(family: list[int]) -> str:
    if not family:
        return "ended"
    return "running" if len(family) == 1 else f"running ({len(family)} processes)"


def family_of(pid: int) -> list[int]:
    """Return a living process and all its descendants."""
    if not Path(f"/proc/{pid}").exists():
        return []
    children = [
        int(child)
        for listing in Path(f"/proc/{pid}/task").glob("*/children")
        for child in _read(listing).split()
    ]
    return [pid, *(member for child in children for member in family_of(child))]


def memory_mib(pid: int) -> float:
    """Return the memory that is due to a process, shared pages counted in part (PSS)."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / KIB_PER_MIB
    return 0.0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def logs(places: Places, name: str | None, *, follow: bool) -> Iterator[str]:
    """Give the last lines of one log or of all, each with its name before it; then what comes.

    Raises:
        LauncherError: there is no such log.
    """
    files = sorted(places.logs.glob(f"{name}.log" if name else "*.log"))
    if not files:
        known = ", ".join(sorted(file.stem for file in places.logs.glob("*.log"))) or "none yet"
        raise LauncherError(f"There is no log {name or ''}. Logs: {known}.")
    for file in files:
        yield from (f"{file.stem:<22} | {line.strip()}" for line in tail(file, LAST_LINES).splitlines())
    if follow:
        yield from _follow(files)


def _follow(files: list[Path]) -> Iterator[str]:
    opened = {file: file.open(encoding="utf-8", errors="replace") for file in files}
    for reader in opened.values():
        reader.seek(0, 2)
    try:
        while True:
            for file, reader in opened.items():
                yield from (f"{file.stem:<22} | {line.rstrip()}" for line in reader)
            time.sleep(0.3)
    finally:
        for reader in opened.values():
            reader.close()
