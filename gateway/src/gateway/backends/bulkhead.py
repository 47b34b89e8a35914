"""Keeping one slow service from taking every thread of the gateway (reliability R3.4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from contracts.errors import ServiceOverloaded


class Bulkhead:
    """So many calls at a time to each service; more wait a moment, then are refused.

    The moment lets a burst through a healthy service. A service that does not answer fills its places, and
    the threads behind them are free again after that moment.
    """

    def __init__(self, places: int, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._lock = Lock()
        self._services: dict[str, BoundedSemaphore] = {}

    @contextmanager
    def place(self, service: str) -> Iterator[None]:
        """Hold one of the service's places.

        Raises:
            ServiceOverloaded: none became free in time.
        """
        places = self._of(service)
        if not places.acquire(timeout=self._patience):
            raise ServiceOverloaded
        try:
            yield
        finally:
            places.release()

    def _of(self, service: str) -> BoundedSemaphore:
        with self._lock:
            return self._services.setdefault(service, BoundedSemaphore(self._places))
