"""Keeping one slow service from taking every thread of the gateway (reliability R3.4)."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from contracts.errors import ServiceOverloaded


class Gate:
    """A number of places, given out in the order of asking.

    The standard library's semaphore lets a thread that has just left overtake one that waits, which under
    load waits for ever.
    """

    def __init__(self, places: int) -> None:
        self._lock = Lock()
        self._free = places
        self._waiting: deque[Event] = deque()

    def enter(self, patience: float) -> bool:
        """Take a place, waiting for at most some seconds; tell whether there was one."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return True
        with self._lock:
            if not turn.is_set():
                self._waiting.remove(turn)
            return turn.is_set()

    def leave(self) -> None:
        """Give the place to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class Bulkhead:
    """So many calls at a time to each service; more wait a moment, then are refused.

    The moment lets a burst through a healthy service. A service that does not answer fills its places, and
    the threads behind them are free again after that moment.
    """

    def __init__(self, places: int, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._lock = Lock()
        self._gates: dict[str, Gate] = {}

    @contextmanager
    def place(self, service: str) -> Iterator[None]:
        """Hold one of the service's places.

        Raises:
            ServiceOverloaded: none became free in time.
        """
        gate = self._of(service)
        if not gate.enter(self._patience):
            raise ServiceOverloaded
        try:
            yield
        finally:
            gate.leave()

    def _of(self, service: str) -> Gate:
        with self._lock:
            return self._gates.setdefault(service, Gate(self._places))
