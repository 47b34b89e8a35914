"""Start a program that dies with its parent: `python -I tether.py <signal number> <parent pid> <program> …`.

A runner that is killed outright cannot stop its children, so the kernel is asked to. The request belongs to
the process that makes it and outlives exec, hence this file between the runner and every program.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def tether(signal_number: int, parent: int) -> None:
    """Ask the kernel for a signal at the parent's death; leave at once if it is dead already."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)
    except (OSError, AttributeError):
        return  # not Linux: the program is still stopped by every ordinary end of the runner
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    tether(int(sys.argv[1]), int(sys.argv[2]))
    os.execvp(sys.argv[3], sys.argv[3:])  # noqa: S606  # the program is the runner's own choice
