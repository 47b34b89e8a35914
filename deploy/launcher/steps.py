"""Steps as a person sees them: what is done, what it found, how long it took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TextIO

WIDTH = 34


class Step:
    """One step under way."""

    def __init__(self, title: str, write: Callable[[str], None]) -> None:
        self._title = title
        self._write = write
        self.result = "done"

    def say(self, text: str) -> None:
        """Tell what takes its time, or what the person should know."""
        self._write(f"  … {self._title}: {text}")


class Steps:
    """Prints steps as they end; they may run side by side."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._lock = Lock()
        self._began = time.monotonic()

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Run a block as a step and print its line: a tick with its time, or a cross before the error."""
        step = Step(title, self.line)
        began = time.monotonic()
        try:
            yield step
        except BaseException:
            self.line(f"  ✗ {title}")
            raise
        self.line(f"  ✓ {title:<{WIDTH}} {step.result:<22} {time.monotonic() - began:6.1f} s")

    def line(self, text: str) -> None:
        """Print one line whole, whoever else is printing."""
        with self._lock:
            self._out.write(f"{text}\n")
            self._out.flush()

    @property
    def seconds(self) -> float:
        """How long all of it has taken so far."""
        return time.monotonic() - self._began
