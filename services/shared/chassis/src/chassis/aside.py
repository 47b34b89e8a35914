"""Work that would stop every worker of a process, done in a few threads beside them (reliability R2.6)."""

from collections.abc import Callable
from typing import TypeVar

from eventlet import patcher, tpool

Result = TypeVar("Result")

AT_ONCE = 4
"""A hash of a password takes 19 MiB and a core: more at once would only wait for each other."""


def aside(work: Callable[[], Result]) -> Result:
    """Do slow work of the processor, or of a library that does not wait cooperatively, and return its result.

    Outside a service process (a command, a test) it is simply done.
    """
    if not patcher.is_monkey_patched("socket"):
        return work()
    tpool.set_num_threads(AT_ONCE)
    return tpool.execute(work)
