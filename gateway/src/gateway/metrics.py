"""Counters of the gateway, for Prometheus: calls to services and answers to people."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from contracts.calls import Method
from contracts.errors import ServiceError

ANSWERS = Counter("gateway_answers_total", "HTTP answers", ["endpoint", "status"])
ANSWER_SECONDS = Histogram("gateway_answer_seconds", "Time to an HTTP answer", ["endpoint"])
CALLED = Counter("gateway_calls_total", "Calls to services", ["method", "code"])
CALL_SECONDS = Histogram("gateway_call_seconds", "Time to a service's answer", ["method"])


class Calls:
    """Counts and times calls to services."""

    @contextmanager
    def observe(self, method: Method) -> Iterator[None]:
        """Count one call under its outcome: OK, the refusal's code, or DEFECT."""
        began, code = perf_counter(), "DEFECT"
        try:
            yield
            code = "OK"
        except ServiceError as error:
            code = error.code
            raise
        finally:
            CALLED.labels(method.key, code).inc()
            CALL_SECONDS.labels(method.key).observe(perf_counter() - began)


CALLS = Calls()


def exposition(folder: str | None) -> bytes:
    """Return the figures of this process, or of all workers when they share a folder of them."""
    if folder is None:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # the library's own gap
    return generate_latest(registry)
