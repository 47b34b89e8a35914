"""The one runner of an installation: a lock that the living hold, and what it tells the other commands."""

import fcntl
import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.private_files import read_json, write_private

STOP_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Report:
    """What the runner tells: who it is, whether all is ready, where things are."""

    pid: int
    ready: bool
    base_url: str
    processes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, places: Places) -> "Report | None":
        """Return the last report, whoever wrote it; None where there is none."""
        content: dict[str, Any] = read_json(places.run / "runner.json")
        return cls(**content) if content else None

    def write(self, places: Places) -> None:
        """Tell the other commands."""
        content = {
            "pid": self.pid,
            "ready": self.ready,
            "base_url": self.base_url,
            "processes": self.processes,
        }
        write_private(places.run / "runner.json", content)


@contextmanager
def only_runner(places: Places) -> Iterator[None]:
    """Hold the installation for the block; the kernel lets go of it however we end.

    Raises:
        LauncherError: another runner holds it.
    """
    places.run.mkdir(parents=True, exist_ok=True)
    handle = os.open(places.run / "runner.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report = Report.read(places)
            where = f" at {report.base_url}" if report else ""
            raise LauncherError(f"It is running already{where}. `./mikrof down` stops it.") from None
        (places.run / "runner.json").unlink(missing_ok=True)
        yield
        (places.run / "runner.json").unlink(missing_ok=True)
    finally:
        os.close(handle)


def is_running(places: Places) -> bool:
    """Tell whether a runner holds the installation."""
    file = places.run / "runner.lock"
    if not file.exists():
        return False
    with file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def stop_runner(places: Places) -> bool:
    """Stop the runner and wait until all of it has ended; tell whether there was one.

    Raises:
        LauncherError: it runs, but has not said who it is, or it does not end.
    """
    if not is_running(places):
        return False
    report = Report.read(places)
    if report is None:
        raise LauncherError(
            "Something holds .run/runner.lock without a report: is `up` just starting? Try again."
        )
    deadline = time.monotonic() + STOP_SECONDS
    with suppress(ProcessLookupError), _handle_of(report.pid) as runner:
        signal.pidfd_send_signal(runner, signal.SIGTERM)
        # The lock alone would not do: it is let go of a moment before the process is gone.
        select.select([runner], [], [], STOP_SECONDS)
    while is_running(places):
        if time.monotonic() > deadline:
            raise LauncherError(
                f"The runner (process {report.pid}) has not ended after {STOP_SECONDS} seconds."
            )
        time.sleep(0.1)
    return True


@contextmanager
def _handle_of(pid: int) -> Iterator[int]:
    """Yield a handle that stands for this process alone, even when another one gets its number."""
    handle = os.pidfd_open(pid)
    try:
        yield handle
    finally:
        os.close(handle)
