"""Each piece of work, seen from outside: a log line with its correlation id, a count, a duration."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.clock import stopwatch
from chassis.logs import bound, fault_of, frames_of, logger
from chassis.metrics import CALLS, SECONDS
from chassis.process import Call
from contracts import wire
from contracts.errors import ServiceError

DONE = "DONE"
DEFECT = "DEFECT"


class Refused(Exception):
    """A refusal on its way to the caller: its only argument is the JSON of `{code, kind, facts}`."""

    def __init__(self, error: ServiceError) -> None:
        super().__init__(wire.dumps(error.to_wire()))
        self.error = error


class Defect(Exception):
    """Something that is our fault; the caller learns no more than the correlation id."""

    def __init__(self, correlation_id: str, fault: str) -> None:
        super().__init__(correlation_id)
        self.fault = fault


@contextmanager
def observed(what: str, call: Call) -> Iterator[None]:
    """Log, count and time a piece of work, and make what it raises fit to leave the process.

    Args:
        what: `service.method`, the consumer, the step or the timer.
        call: What it was done for.

    Raises:
        Refused: it raised a refusal.
        Defect: it raised anything else.
    """
    began = stopwatch()
    code = DONE
    with bound(correlation_id=call.correlation_id, actor_id=call.actor.person_id, what=what):
        try:
            yield
        except ServiceError as error:
            code = error.code
            raise Refused(error) from None
        except Exception as error:  # noqa: BLE001 - the last door: whatever it is must not leave as it is
            code = DEFECT
            logger().error("defect", fault=fault_of(error), frames=frames_of(error))
            raise Defect(call.correlation_id, fault_of(error)) from None
        finally:
            took = stopwatch() - began
            CALLS.labels(what, code).inc()
            SECONDS.labels(what).observe(took)
            logger().info("worked", code=code, milliseconds=round(took * 1000))
