"""A service without its broker, for tests and the demo: real database, chosen actor and clock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis import tables
from chassis.admission import ACTOR, CORRELATION_ID, admit
from chassis.clock import SetWatch
from chassis.config import spell_driver
from chassis.database import Database
from chassis.hearing import heard_events
from chassis.ids import new_id
from chassis.injection import Injected
from chassis.process import Call, Process
from chassis.rounds import claim, settle, steps_taken_by
from chassis.serving import served_methods
from contracts import wire
from contracts.actor import Actor, sign
from contracts.calls import Event, Method, dump, load
from contracts.keys import Keyring

Service = TypeVar("Service")
Worker = TypeVar("Worker")
Found = TypeVar("Found")
Answering = Callable[[dict[str, Any]], Mapping[str, Any]]
MIDDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

_known: dict[tuple[Callable[[type], Any], type], Any] = {}
_resting: list["_Database"] = []


class _Database(Database):
    """A database that changes its place from harness to harness: what SQLAlchemy has compiled stays good."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        sa.event.listen(self.engine, "do_connect", self._go_there)

    @classmethod
    def at(cls, url: str) -> "_Database":
        """Return one that rests, or a new one, at an address."""
        database = _resting.pop() if _resting else cls(url)
        database.engine.url = sa.make_url(url)
        return database

    def rest(self) -> None:
        """Close all connections; the next harness may have it."""
        self.close()
        _resting.append(self)

    def _go_there(self, dialect: sa.Dialect, record: Any, arguments: Any, options: dict[str, Any]) -> None:
        del record, arguments
        options |= dialect.create_connect_args(self.engine.url)[1]


class StandInOthers:
    """Other services, as a test lets them answer; every call is remembered."""

    def __init__(self) -> None:
        self.answers: dict[Method, Answering] = {}
        self.asked: list[tuple[Method, dict[str, Any], Actor]] = []

    def ask(self, method: Method, payload: Mapping[str, Any], call: Call) -> dict[str, Any]:
        """Answer as the test said; both sides pass through the contract's schemas."""
        command = load(method.command, wire.loads(wire.dumps(dump(method.command, payload))))
        self.asked.append((method, command, call.actor))
        return load(method.answer, dump(method.answer, self.answers[method](command)))


class ServiceHarness(Generic[Service]):
    """Runs the methods of a service class as its container would, in the calling thread.

    Attributes:
        watch: The clock; `harness.watch.advance(timedelta(days=1))`.
        others: Other services; `harness.others.answers[OPEN_ACCOUNT] = lambda command: {…}`.
    """

    def __init__(
        self, service_class: type[Service], database_url: str, *, keys: Path, now: datetime = MIDDAY
    ) -> None:
        """Connect a service class with a database whose schema is migrated.

        Args:
            service_class: The class that `python -m <service>` would run.
            database_url: For the runtime role.
            keys: A folder of keys, as the fixture `keys_folder` makes it.
            now: What the clock shows at first.
        """
        self.service_class = service_class
        self.watch = SetWatch(now, ZoneInfo("Asia/Dhaka"))
        self.others = StandInOthers()
        self.rings = 0
        self._database = _Database.at(spell_driver(database_url))
        self.process = Process(
            service=service_class.name,  # type: ignore[attr-defined]  # every Nameko service class has one
            keys=Keyring(keys),
            database=self._database,
            watch=self.watch,
            others=self.others,
            new_id=new_id,
            ring=self._ring,
        )

    def ask(
        self,
        method: Method,
        payload: Mapping[str, Any],
        *,
        actor: Actor | None = None,
        issuer: str | None = None,
    ) -> dict[str, Any]:
        """Call a method with a wire payload and return its wire answer, both checked by the contract.

        Args:
            method: What is called.
            payload: As it would come over the broker.
            actor: Who calls; signed for the method's permission, as the gateway would.
            issuer: Who vouches; else the first of the method's callers.

        Raises:
            ServiceError: the refusal, as its own class.
        """
        by = issuer or min(method.callers)
        body = wire.loads(wire.dumps(payload))
        who = replace(actor, permission=method.permission) if actor else Actor.of_service(by)
        token = sign(
            who,
            self.process.keys.issuer(by),
            call=method.key,
            body_digest=wire.digest(body),
            now=self.watch.now(),
        )
        headers = {ACTOR: token, CORRELATION_ID: self.process.new_id(self.watch.now())}
        call = admit(self.process, method, body, headers)
        served = _once(served_methods, self.service_class)[method]
        answer: dict[str, Any] = wire.loads(wire.dumps(served.answer(self.service(call), body)))
        load(method.answer, answer)
        return answer

    def hear(self, event: Event, data: Mapping[str, Any], *, event_id: str | None = None) -> bool:
        """Let the service hear an event with wire data; tells whether it was new to every hearing method."""
        now = self.watch.now()
        body = wire.loads(
            wire.dumps(
                {
                    "id": event_id or self.process.new_id(now),
                    "name": event.name,
                    "version": event.version,
                    "occurred_at": now.isoformat(),
                    "correlation_id": self.process.new_id(now),
                    "data": dict(data),
                }
            )
        )
        hearing = {
            f"{self.process.service}.{name}": hearing
            for name, hearing in _once(heard_events, self.service_class).items()
            if hearing.event == event
        }
        assert hearing, f"{self.service_class.__name__} does not hear {event.name}"
        assert set(hearing) <= set(event.consumers), f"{event.name} names other consumers"
        news = [one.take(self.service(), name, body) for name, one in hearing.items()]
        return all(news)

    def told(self, event: Event) -> list[dict[str, Any]]:
        """Return the loaded data of each event told so far, oldest first."""
        rows = self._rows(tables.outbox, tables.outbox.c.number)
        return [load(event.data, row["data"]) for row in rows if row["name"] == event.name]

    def audited(self, deed: str) -> list[dict[str, Any]]:
        """Return the audit rows of a deed, oldest first."""
        return [row for row in self._rows(tables.audit, tables.audit.c.number) if row["deed"] == deed]

    def planned(self, kind: str) -> list[dict[str, Any]]:
        """Return the steps of a kind that are planned and not done, oldest first."""
        rows = self._rows(tables.steps, tables.steps.c.planned_at)
        return [row for row in rows if row["kind"] == kind and row["state"] == "planned"]

    def take_steps(self, kind: str, *, by: type[Any] | None = None) -> int:
        """Take each planned step of a kind, as the batch process would; return how many succeeded.

        Args:
            kind: Which steps.
            by: The batch class, where it is not the class of this harness.

        Raises:
            Exception: whatever the first failing step raises.
        """
        taker = by or self.service_class
        taken = 0
        for planned in claim(self.process, kind):
            call = replace(self.process.own_call(planned.correlation_id), actor=planned.actor)
            entry = getattr(taker, _once(steps_taken_by, taker)[kind])
            entry.__wrapped__(self.instance_of(taker, call), planned)
            settle(self.process, planned, None)
            taken += 1
        return taken

    def tick(self, name: str, *, by: type[Any] | None = None) -> None:
        """Run a timer once, by the name of its method."""
        ticker = by or self.service_class
        getattr(ticker, name).__wrapped__(self.instance_of(ticker, self.process.own_call()))

    def service(self, call: Call | None = None) -> Service:
        """Return an instance as a worker would get it, for timers, steps and for arranging data."""
        return self.instance_of(self.service_class, call or self.process.own_call())

    def instance_of(self, worker_class: type[Worker], call: Call) -> Worker:
        """Return an instance of any class of the service, its dependencies given."""
        worker = worker_class()
        for name, declared in _once(_declared, worker_class).items():
            setattr(worker, name, declared.give(self.process, call))
        return worker

    def close(self) -> None:
        """Close its connections, so that the database can be dropped or copied; it is of no use then."""
        del self.process
        self._database.rest()

    def _rows(self, table: sa.Table, order: sa.ColumnElement[Any]) -> list[dict[str, Any]]:
        with self.process.database.transaction() as session:
            return [dict(row) for row in session.execute(sa.select(table).order_by(order)).mappings()]

    def _ring(self) -> None:
        self.rings += 1


def _once(find: Callable[[type], Found], worker_class: type) -> Found:
    """Return what a function finds in a class: going through all its names takes longer than most calls."""
    key = (find, worker_class)
    if key not in _known:
        _known[key] = find(worker_class)
    found: Found = _known[key]
    return found


def _declared(worker_class: type) -> dict[str, Injected[Any]]:
    """Return the dependencies that a class declares, by their names."""
    found = {name: getattr(worker_class, name) for name in dir(worker_class)}
    return {name: declared for name, declared in found.items() if isinstance(declared, Injected)}


@contextmanager
def harness_of(
    service_class: type[Service], database_url: str, *, keys: Path, now: datetime = MIDDAY
) -> Iterator[ServiceHarness[Service]]:
    """Open a harness and close its connections at the end."""
    harness = ServiceHarness(service_class, database_url, keys=keys, now=now)
    try:
        yield harness
    finally:
        harness.close()
