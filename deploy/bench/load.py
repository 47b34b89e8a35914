"""Load: so many clients as fast as they can, or so many acts a second whatever the answers take."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import requests

from bench.figures import Run
from demo.client import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Act = Callable[[], object]


class NotTaken(Exception):
    """An act was answered, but not with what is measured."""


FAILURES = (Refused, NotTaken, requests.RequestException)
MOST_AT_ONCE = 64


def timed(act: Act) -> float | None:
    """The seconds of one act; None where it failed."""
    began = time.perf_counter()
    try:
        act()
    except FAILURES:
        return None
    return time.perf_counter() - began


def closed_loop(clients: Sequence[Act], seconds: float) -> Run:
    """Every client acts again and again until the time is over."""
    began = time.perf_counter()
    end = began + seconds

    def repeat(act: Act) -> list[float | None]:
        each = []
        while time.perf_counter() < end:
            each.append(timed(act))
        return each

    with ThreadPoolExecutor(len(clients)) as pool:
        each = [one for client in pool.map(repeat, clients) for one in client]
    return run_of(each, time.perf_counter() - began)


def work_off(acts: Iterable[Act], clients: int) -> Run:
    """So many clients share a list of acts and stop when it is empty."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        each = list(pool.map(timed, acts))
    return run_of(each, time.perf_counter() - began)


def open_loop(acts: Sequence[Act], per_second: float) -> Run:
    """Each act begins at its own time, whatever became of those before it; waiting for a place counts."""
    began = time.perf_counter()

    def at_its_time(place: int, act: Act) -> float | None:
        due = began + place / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        late = max(0.0, time.perf_counter() - due)
        took = timed(act)
        return None if took is None else took + late

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        each = list(pool.map(at_its_time, range(len(acts)), acts))
    return run_of(each, time.perf_counter() - began)


def run_of(each: Iterable[float | None], seconds: float) -> Run:
    """Gather what the acts took."""
    listed = list(each)
    good = tuple(one for one in listed if one is not None)
    return Run(seconds, good, len(listed) - len(good))
