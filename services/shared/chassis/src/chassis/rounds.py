"""What a service does by itself in its batch process: timers, and steps in other services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps
from typing import Any, TypeVar

import eventlet.event
import sqlalchemy as sa
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, register_entrypoint

from chassis import tables
from chassis.bell import Alarm, Listener
from chassis.database import Contention, run_again
from chassis.logs import logger
from chassis.observing import observed
from chassis.parking import reason_of
from chassis.process import CALL, Call, Process, process_of
from contracts.actor import Actor
from contracts.errors import ServiceError

Service = TypeVar("Service")
STEP = "mikrof_step"
LEASE = timedelta(seconds=60)
PAUSES = (1, 2, 5, 30, 300, 3600)
SWEEP_SECONDS = 1.0
BATCH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step to take in another service, as it was planned.

    Attributes:
        id: What the step is idempotent by.
        kind: Which method takes it.
        payload: What was planned, plain JSON.
        actor: On whose behalf: pass it on as `on_behalf_of`.
        correlation_id: Of the request that planned it.
        attempts: How often it was tried before.
    """

    id: str
    kind: str
    payload: dict[str, Any]
    actor: Actor
    correlation_id: str
    attempts: int


def every(*, seconds: float) -> Callable[[Callable[[Service], None]], Callable[[Service], None]]:
    """Run a method of the batch class again and again, in any one replica or in several: it is idempotent.

    Args:
        seconds: Pause between the end of one run and the beginning of the next.
    """

    def decorate(function: Callable[[Service], None]) -> Callable[[Service], None]:
        @wraps(function)
        def entry(service: Any) -> None:
            with observed(f"timer.{function.__name__}", service.call):
                run_again(lambda: function(service))

        register_entrypoint(entry, Ticking(seconds))
        return entry

    return decorate


def step(kind: str) -> Callable[[Callable[[Service, Step], None]], Callable[[Service, Step], None]]:
    """Take planned steps of one kind: at once when their work is committed, and again until it succeeds.

    The method may be run again after it had succeeded, so it is idempotent by the step's id. An answer that
    will never change (a refusal) it writes down itself; whatever it raises is tried again, for ever, with
    pauses up to an hour.
    """

    def decorate(function: Callable[[Service, Step], None]) -> Callable[[Service, Step], None]:
        @wraps(function)
        def entry(service: Any, planned: Step) -> None:
            with observed(f"step.{kind}", service.call):
                run_again(lambda: function(service, planned))

        setattr(entry, STEP, kind)
        register_entrypoint(entry, Stepping(kind))
        return entry

    return decorate


def steps_taken_by(service_class: type) -> dict[str, str]:
    """Return the name of the method that takes each kind of step."""
    names = {getattr(getattr(service_class, name), STEP, None): name for name in dir(service_class)}
    return {kind: name for kind, name in names.items() if isinstance(kind, str)}


class Round(Entrypoint):
    """Something that goes round and round in a thread of its own until the process stops."""

    def __init__(self, seconds: float) -> None:
        super().__init__(expected_exceptions=Exception)
        self.seconds = seconds
        self.stopping = False
        self.alarm = Alarm()
        self._thread: Any = None

    def start(self) -> None:
        """Begin."""
        self._thread = self.container.spawn_managed_thread(self._go_round, identifier=repr(self))

    def stop(self) -> None:
        """Finish the round in hand."""
        self.stopping = True
        self.alarm.ring()
        self._thread.wait()

    def kill(self) -> None:
        """End at once."""
        self._thread.kill()

    @property
    def process(self) -> Process:
        """The process it belongs to."""
        return process_of(self.container.config)

    def work(self) -> None:
        """Do one round."""
        raise NotImplementedError

    def _go_round(self) -> None:
        while not self.stopping:
            try:
                self.work()
            except ContainerBeingKilled:
                return
            except (Contention, ServiceError) as error:
                logger().warning("round failed", what=repr(self), fault=type(error).__name__)
            self.alarm.wait(self.seconds)

    def run_worker(self, arguments: tuple[Any, ...], call: Call) -> BaseException | None:
        """Let a worker of the container run the method, and return what it raised."""
        ended = eventlet.event.Event()

        def settle(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            ended.send(None if exc_info is None else exc_info[1])
            return result, None

        self.container.spawn_worker(self, arguments, {}, context_data={CALL: call}, handle_result=settle)
        fault: BaseException | None = ended.wait()
        return fault


class Ticking(Round):
    """Runs one timer."""

    def work(self) -> None:
        """Run it once; what it raises was logged."""
        self.run_worker((), self.process.own_call())


class Stepping(Round):
    """Takes planned steps of one kind, woken when one is planned."""

    listener = Listener()

    def __init__(self, kind: str) -> None:
        super().__init__(SWEEP_SECONDS)
        self.kind = kind

    def setup(self) -> None:
        """Listen to the bell."""
        self.listener.subscribe(self.alarm.ring)

    def work(self) -> None:
        """Take whatever is due."""
        while not self.stopping and (steps := run_again(partial(claim, self.process, self.kind))):
            for planned in steps:
                own = self.process.own_call(planned.correlation_id)
                call = Call(
                    actor=planned.actor, issuer=own.issuer, correlation_id=own.correlation_id, deadline=None
                )
                fault = self.run_worker((planned,), call)
                run_again(partial(settle, self.process, planned, None if fault is None else reason_of(fault)))


def claim(process: Process, kind: str) -> list[Step]:
    """Take steps that are due; whoever takes one has a minute before another replica may."""
    table = tables.steps
    now = process.watch.now()
    due = (
        sa.select(table.c.id)
        .where(table.c.state == "planned", table.c.due_at <= now, table.c.kind == kind)
        .order_by(table.c.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    statement = (
        sa.update(table)
        .where(table.c.id.in_(due))
        .values(due_at=now + LEASE)
        .returning(table.c.id, table.c.payload, table.c.actor, table.c.correlation_id, table.c.attempts)
    )
    with process.database.transaction() as session:
        rows = session.execute(statement).mappings().all()
    return [Step(**row | {"kind": kind, "actor": Actor.from_plain(row["actor"])}) for row in map(dict, rows)]


def settle(process: Process, planned: Step, fault: str | None) -> None:
    """Write how a step ended."""
    pause = PAUSES[min(planned.attempts, len(PAUSES) - 1)]
    values = {
        "state": "done" if fault is None else "planned",
        "attempts": planned.attempts + 1,
        "fault": fault,
        "due_at": process.watch.now() + timedelta(seconds=pause),
    }
    with process.database.transaction() as session:
        session.execute(sa.update(tables.steps).where(tables.steps.c.id == planned.id).values(values))
