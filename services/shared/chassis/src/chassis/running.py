"""One process of a service: its parts, from the environment to the clean stop."""

import importlib
import signal
import sys
from typing import Any

import eventlet
import sqlalchemy as sa
from environs import EnvError
from eventlet.debug import hub_exceptions
from kombu.pools import set_limit
from nameko.runners import ServiceRunner

from chassis.bell import Ringer
from chassis.clock import SystemWatch
from chassis.config import Settings
from chassis.database import Database
from chassis.health import answer_health
from chassis.hearing import heard_events
from chassis.housekeeping import Housekeeping
from chassis.ids import new_id
from chassis.intake import speak_plain_json
from chassis.logs import fault_of, log_to_stdout, logger
from chassis.process import PROCESS, Process
from chassis.relay import Relay
from chassis.serving import served_methods
from contracts import wire
from contracts.keys import KeyMissing, Keyring

SPARE_CONNECTIONS = 2
BATCH_WORKERS = 4
STOP_SECONDS = 25
SKEW_SECONDS = 30
HEARTBEAT = 30
BROKER_CONNECT = {"max_retries": 3, "interval_start": 0.2, "interval_step": 0.5, "interval_max": 2}
NAP = 0.2
TICK = 0.02
LEAST_TICKS = 2


def run_until_stopped(target: str) -> int:
    """Run a service class until SIGTERM or SIGINT; return the exit status.

    A clean stop takes no more work and finishes what is in hand; a lost reply or a dying container ends the
    process, and whoever supervises it starts it again.
    """
    try:
        settings = Settings.from_environment()
        worker_class = with_batch_duties(find(target))
        process = prepare(settings, worker_class)
    except (EnvError, KeyMissing) as error:
        sys.stderr.write(f"{target}: {error}\n")
        return 2
    log_to_stdout(process.service, settings.log)
    hub_exceptions(False)  # eventlet would print exceptions with their messages; what died is logged below
    port = answer_health(process.vitals, settings.health_host, settings.health_port)
    logger().info("listening", port=port)
    wait_for_database(process.database)
    runner = ServiceRunner(configuration(settings, process, workers_of(settings, worker_class)))
    runner.add_service(worker_class)
    return conduct(runner, worker_class)


def find(target: str) -> type[Any]:
    """Import `module:Class`."""
    module, _, name = target.partition(":")
    found: type[Any] = getattr(importlib.import_module(module), name)
    return found


def is_batch(worker_class: type[Any]) -> bool:
    """Tell whether a class neither serves nor hears: then it is the batch process of its service."""
    return not served_methods(worker_class) and not heard_events(worker_class)


def with_batch_duties(worker_class: type[Any]) -> type[Any]:
    """Give a batch class the relay and the housekeeping."""
    if not is_batch(worker_class):
        return worker_class
    duties = {"outbox_relay": Relay(), "housekeeping": Housekeeping()}
    return type(worker_class.__name__, (worker_class,), duties)


def workers_of(settings: Settings, worker_class: type[Any]) -> int:
    """Return how many workers run at once; a batch process needs few."""
    return min(settings.workers, BATCH_WORKERS) if is_batch(worker_class) else settings.workers


def prepare(settings: Settings, worker_class: type[Any]) -> Process:
    """Make the parts of a process.

    Raises:
        KeyMissing: the service has no key to sign with.
    """
    workers = workers_of(settings, worker_class)
    speak_plain_json()
    set_limit(workers + SPARE_CONNECTIONS)
    database = Database(settings.database_url, connections=workers + SPARE_CONNECTIONS)
    ringer = Ringer(database)
    eventlet.spawn(ringer.run)
    keys = Keyring(settings.keys)
    keys.issuer(worker_class.name)
    process = Process(
        service=worker_class.name,
        keys=keys,
        database=database,
        watch=SystemWatch(settings.zone),
        new_id=new_id,
        ring=ringer.ring,
    )
    process.vitals.watch("database", database.answers)
    process.vitals.watch("clock", lambda: clock_agrees(process))
    return process


def configuration(settings: Settings, process: Process, workers: int) -> dict[str, Any]:
    """Return Nameko's configuration."""
    return {
        "AMQP_URI": settings.amqp_uri,
        "serializer": wire.NAME,
        "ACCEPT": [wire.NAME],
        "HEARTBEAT": HEARTBEAT,
        "TRANSPORT_OPTIONS": BROKER_CONNECT,
        "max_workers": workers,
        PROCESS: process,
    }


def wait_for_database(database: Database) -> None:
    """Wait until the database answers, then make sure that waiting for it stops nobody else (R2.6)."""
    while not database.answers():
        logger().warning("database away", reason="next try in 1 s")
        eventlet.sleep(1)
    if not others_work_meanwhile(database):
        raise RuntimeError("the database driver stops the whole process while it waits")


def others_work_meanwhile(database: Database) -> bool:
    """Tell whether other green threads run while one waits for the database."""

    def nap() -> None:
        with database.engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_sleep(:seconds)"), {"seconds": NAP})

    ticks = 0
    sleeper = eventlet.spawn(nap)
    while not sleeper.dead:
        eventlet.sleep(TICK)
        ticks += 1
    return ticks >= LEAST_TICKS


def clock_agrees(process: Process) -> bool:
    """Tell whether our clock and the database's are within half a minute: actors live one (mechanics B2)."""
    if not process.database.answers():
        return False
    with process.database.engine.connect() as connection:
        theirs = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return bool(abs((process.watch.now() - theirs).total_seconds()) <= SKEW_SECONDS)


def conduct(runner: ServiceRunner, worker_class: type[Any]) -> int:
    """Start the container, stop it cleanly when told, and say how it ended."""
    told: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        told.append(number)
        if len(told) == 1:  # a second stop beside the first would take its waiters away, and hang both
            eventlet.spawn(stop_cleanly, runner)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runner.start()
    logger().info("started", process=worker_class.__name__)
    try:
        runner.wait()
    except Exception as error:  # noqa: BLE001 - whatever killed the container, the supervisor starts it again
        logger().error("died", fault=fault_of(error))
        return 1
    logger().info("stopped", process=worker_class.__name__)
    return 0


def stop_cleanly(runner: ServiceRunner) -> None:
    """Let the work in hand finish, but not for ever."""
    with eventlet.Timeout(STOP_SECONDS, False):
        runner.stop()
        return
    logger().error("killed", reason="work in hand did not end in time")
    runner.kill()
