"""Processes whose parent has died: they come to the runner, not to an init that may not bury them.

RabbitMQ, for one, leaves two short-lived helpers when it starts; in a container nobody would wait for them.
"""

import contextlib
import ctypes
import os
import signal
from collections.abc import Collection
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def bury_orphans(own: Collection[int]) -> None:
    """Wait for adopted children that have ended; our own are waited for where they were started."""
    for pid in _children() - set(own):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def end_orphans(own: Collection[int]) -> None:
    """Kill adopted children that still live, and wait for them."""
    for pid in _children() - set(own):
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _children() -> set[int]:
    lists = Path("/proc/self/task").glob("*/children")
    return {int(pid) for listing in lists for pid in listing.read_text(encoding="ascii").split()}
