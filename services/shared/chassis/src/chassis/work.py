"""The unit of work: one command is one database transaction with its audit and outbox rows."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis import tables
from chassis.clock import today
from chassis.injection import Injected
from chassis.process import Call, Process
from contracts.actor import Actor
from contracts.calls import Event, dump

Repository = TypeVar("Repository")


class Work:
    """One database transaction in hand, with what belongs to it.

    Attributes:
        session: SQLAlchemy's session; only a repository uses it.
        actor: On whose behalf.
        now: The instant at which the work began; every row of it bears this one.
        today: The calendar date where the institution is; a business day comes from the branch day.
    """

    def __init__(self, process: Process, call: Call, session: Session) -> None:
        self.session = session
        self.actor = call.actor
        self.now = process.watch.now()
        self.today = today(process.watch)
        self._process = process
        self._call = call
        self._rows: dict[sa.Table, list[dict[str, Any]]] = {}

    @property
    def is_heard(self) -> bool:
        """Whether the relay or the step finisher has something to do when this is committed."""
        return tables.outbox in self._rows or tables.steps in self._rows

    def new_id(self) -> str:
        """Return a new id that is the server's to make."""
        return self._process.new_id(self.now)

    def tell(self, event: Event, data: Mapping[str, Any] | object) -> str:
        """Tell a fact to whom it concerns, when and only when this work is committed.

        Args:
            event: What is told; one event a deed (mechanics T4).
            data: Domain values by the names of the event's schema; secrets are sealed (mechanics T1).

        Returns:
            The event's id.
        """
        assert event.service == self._process.service
        event_id = self.new_id()
        self._add(
            tables.outbox,
            id=event_id,
            name=event.name,
            version=event.version,
            broadcast=event.broadcast,
            occurred_at=self.now,
            correlation_id=self._call.correlation_id,
            data=dump(event.data, data),
        )
        return event_id

    def audit(
        self, deed: str, subject_kind: str, subject_id: str, facts: Mapping[str, Any] | None = None
    ) -> None:
        """Record who did what to what.

        Args:
            deed: verb_noun, mostly the name of the operation.
            subject_kind: What kind of thing it was done to, for example `sheet`.
            subject_id: Its id.
            facts: Plain JSON without personal data.
        """
        self._add(
            tables.audit,
            at=self.now,
            actor_id=self.actor.person_id,
            actor_kind=self.actor.kind,
            role=self.actor.role,
            office_id=self.actor.office_id,
            session_id=self.actor.session_id,
            device_id=self.actor.device_id,
            vouched_by=self._call.issuer,
            deed=deed,
            subject_kind=subject_kind,
            subject_id=subject_id,
            facts=dict(facts or {}),
            correlation_id=self._call.correlation_id,
        )

    def plan(self, kind: str, step_id: str, payload: Mapping[str, Any]) -> None:
        """Record a step to take in another service (architecture §6.4); the batch process takes it at once.

        Args:
            kind: Which `@step` takes it.
            step_id: Its id; the thing's own id where there is one, because a step is idempotent by it.
            payload: Plain JSON; secrets are sealed.
        """
        self._add(
            tables.steps,
            id=step_id,
            kind=kind,
            payload=dict(payload),
            actor=self.actor.to_plain(),
            correlation_id=self._call.correlation_id,
            state="planned",
            attempts=0,
            planned_at=self.now,
            due_at=self.now,
        )

    def write(self) -> None:
        """Write the gathered rows, a statement a table."""
        self.session.flush()
        for table, rows in self._rows.items():
            self.session.execute(sa.insert(table), rows)

    def _add(self, table: sa.Table, **row: Any) -> None:
        self._rows.setdefault(table, []).append(row)


class Opening(Generic[Repository]):
    """Opens units of work for the call in hand."""

    def __init__(self, process: Process, call: Call, repository: Callable[[Work], Repository]) -> None:
        self._process = process
        self._call = call
        self._repository = repository

    @contextmanager
    def __call__(self, *, actor: Actor | None = None) -> Iterator[Repository]:
        """Open one: committed at the end of the block, rolled back on any exception.

        Args:
            actor: On whose behalf, where it is not the call's own (a resumed step).

        Raises:
            Contention: it is worth running the whole operation again; `serve` and the others do.
            DeadlinePassed: the caller has gone.
        """
        with self.opened(actor) as (repository, _):
            yield repository

    @contextmanager
    def opened(self, actor: Actor | None = None) -> Iterator[tuple[Repository, Work]]:
        """Open one, for the chassis itself, which adds rows of its own."""
        call = self._call if actor is None else _on_behalf(self._call, actor)
        left = call.seconds_left(self._process.watch.now())
        with self._process.database.transaction(left) as session:
            work = Work(self._process, call, session)
            yield self._repository(work), work
            work.write()
        if work.is_heard:
            self._process.ring()


def _on_behalf(call: Call, actor: Actor) -> Call:
    return Call(actor=actor, issuer=call.issuer, correlation_id=call.correlation_id, deadline=call.deadline)


class UnitOfWork(Injected[Opening[Repository]], Generic[Repository]):
    """What a service opens its database with: `with self.books() as books`."""

    def __init__(self, repository: Callable[[Work], Repository]) -> None:
        """Name the service's repository; it is built as `Repository(work)` for each transaction."""
        self.repository = repository

    def give(self, process: Process, call: Call) -> Opening[Repository]:
        """Return what opens units of work for this call."""
        return Opening(process, call, self.repository)
