"""The batch process's broom and gauge: old rows go, and what waits is counted."""

from datetime import timedelta
from typing import Any

import eventlet
import sqlalchemy as sa
from nameko.extensions import DependencyProvider

from chassis import tables
from chassis.database import Contention
from chassis.logs import logger
from chassis.metrics import OUTBOX_LAG, OUTBOX_WAITING, PARKED, STEPS
from chassis.process import Process, process_of
from contracts.errors import ServiceError

KEPT = timedelta(days=35)
"""How long rows that are done with stay, and how old a parked event may be replayed (mechanics T4)."""

GAUGE_SECONDS = 5.0
SWEEP_EVERY = 720
PORTION = 5_000


class Housekeeping(DependencyProvider):
    """Counts every few seconds, sweeps every hour."""

    def __init__(self) -> None:
        self._thread: Any = None

    def start(self) -> None:
        """Begin."""
        self._thread = self.container.spawn_managed_thread(self._run, identifier="housekeeping")

    def stop(self) -> None:
        """End at once: nothing of it is lost."""
        self._thread.kill()

    def get_dependency(self, worker_ctx: Any) -> None:
        """Workers have no business with it."""
        del worker_ctx

    def _run(self) -> None:
        process = process_of(self.container.config)
        turn = 0
        while True:
            try:
                measure(process)
                if turn % SWEEP_EVERY == 0:
                    sweep(process)
            except (Contention, ServiceError):
                logger().warning("housekeeping waits", reason="database away")
            turn += 1
            eventlet.sleep(GAUGE_SECONDS)


def measure(process: Process) -> None:
    """Set the gauges of what waits."""
    outbox, parked, steps = tables.outbox, tables.parked, tables.steps
    with process.database.transaction() as session:
        waiting, oldest = session.execute(
            sa.select(sa.func.count(), sa.func.min(outbox.c.occurred_at)).where(outbox.c.sent_at.is_(None))
        ).one()
        counted = session.execute(
            sa.select(parked.c.state, sa.func.count())
            .where(parked.c.state != "done")
            .group_by(parked.c.state)
        )
        states: dict[str, int] = dict(counted.all())
        planned = session.scalar(
            sa.select(sa.func.count()).select_from(steps).where(steps.c.state == "planned")
        )
    OUTBOX_WAITING.set(waiting)
    OUTBOX_LAG.set(0 if oldest is None else max((process.watch.now() - oldest).total_seconds(), 0))
    for state in ("waiting", "parked"):
        PARKED.labels(state).set(states.get(state, 0))
    STEPS.set(planned or 0)


def sweep(process: Process) -> None:
    """Delete what has been done with for 35 days, a portion at a time."""
    before = process.watch.now() - KEPT
    done_with = (
        (tables.outbox, tables.outbox.c.sent_at < before),
        (tables.inbox, tables.inbox.c.heard_at < before),
        (tables.parked, sa.and_(tables.parked.c.state == "done", tables.parked.c.due_at < before)),
        (tables.steps, sa.and_(tables.steps.c.state == "done", tables.steps.c.due_at < before)),
    )
    for table, old in done_with:
        key = sa.tuple_(*table.primary_key.columns)
        portion = sa.select(*table.primary_key.columns).where(old).limit(PORTION)
        while True:
            with process.database.transaction() as session:
                gone = len(
                    session.execute(
                        sa.delete(table).where(key.in_(portion)).returning(*table.primary_key.columns)
                    ).all()
                )
            if gone < PORTION:
                break
