"""Programs as children: started in a session of their own, tethered, asked to stop, then made to."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from launcher.failures import LauncherError

TETHER = Path(__file__).with_name("tether.py")
TAIL_LINES = 15
LARGEST_LOG_BYTES = 20_000_000

# The kernel ties a child to the *thread* that started it, so all are started by one that lives to the end.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")
_running: set["Child"] = set()
_started: set[int] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """How one program is started and asked to stop."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    patience_seconds: float = 20
    advice: str = ""


class Child:
    """One running program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process = _starter.submit(_spawn, program).result()
        _started.add(self.pid)

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.exit_code is None

    def ask_to_stop(self) -> None:
        """Send the signal on which it finishes its work in hand and ends; do not wait."""
        if self.is_running:
            self._process.send_signal(self.program.stop_signal)

    def stop(self) -> None:
        """Ask it to stop, wait as long as it deserves, then kill what is left of its group."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.program.patience_seconds)
        self.kill()

    def kill(self) -> None:
        """Kill it and all its descendants at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        _started.discard(self.pid)

    def wait(self) -> int:
        """Wait for its end and return the exit code."""
        return self._process.wait()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Return when it is ready.

        Raises:
            LauncherError: it ended first, or took longer than allowed; the end of its log is in the text.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running:
                raise LauncherError(self._lament(f"ended at once (exit code {self.exit_code})"))
            if time.monotonic() > deadline:
                raise LauncherError(self._lament(f"was not ready after {seconds:.0f} seconds"))
            time.sleep(0.05)

    def _lament(self, what: str) -> str:
        log = self.program.log
        said = f"{self.program.name} {what}. {self.program.advice}".rstrip()
        return f"{said} The end of {log}:\n{tail(log, TAIL_LINES)}"


def run(program: Program) -> int:
    """Run a program to its end and return its exit code; `kill_running` may end it before."""
    child = Child(program)
    _running.add(child)
    try:
        return child.wait()
    finally:
        _running.discard(child)


def kill_running() -> None:
    """Kill what `run` is waiting for, in whatever thread: the launcher was told to stop."""
    for child in tuple(_running):
        child.kill()


def started() -> frozenset[int]:
    """The processes that this module has started and will wait for."""
    return frozenset(_started)


def tail(log: Path, lines: int) -> str:
    """Return the last lines of a log, indented."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def clean_environment(*dropped_prefixes: str) -> dict[str, str]:
    """Return our environment without the variables that would steer a program of another's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped_prefixes)}


def _make_room(log: Path) -> None:
    """Put a log that has grown large aside, in the place of the one put aside before."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.rename(log.with_suffix(".old"))


def _spawn(program: Program) -> subprocess.Popen[bytes]:
    _make_room(program.log)
    tethered = (sys.executable, "-I", str(TETHER), str(int(program.stop_signal)), str(os.getpid()))
    with program.log.open("ab") as log:
        return subprocess.Popen(
            tethered + program.argv,
            env=dict(program.environment),
            cwd=program.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
