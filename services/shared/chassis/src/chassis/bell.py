"""The bell between a service and its batch process: after a commit, NOTIFY says there is something to do.

It is rung after the commit on a connection of its own, at most every few milliseconds: NOTIFY inside the
transaction would make all commits of the database wait for one another. A lost ring costs a second: the
batch process sweeps.
"""

from collections.abc import Callable
from typing import Any

import eventlet
import eventlet.event
import sqlalchemy as sa
from eventlet.hubs import trampoline
from nameko.extensions import SharedExtension
from psycopg2 import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from chassis.database import Database
from chassis.logs import logger
from chassis.process import process_of

CHANNEL = "mikrof"
QUIET_SECONDS = 0.005
RETRY_SECONDS = 1.0


class Alarm:
    """Something that one green thread waits for and others set off."""

    def __init__(self) -> None:
        self._event = eventlet.event.Event()

    def ring(self) -> None:
        """Wake whoever waits, or the next one to wait."""
        if not self._event.ready():
            self._event.send(None)

    def wait(self, seconds: float | None = None) -> None:
        """Wait for a ring, at most so long."""
        with eventlet.Timeout(seconds, False):
            self._event.wait()
        if self._event.ready():
            self._event = eventlet.event.Event()


class Ringer:
    """Rings the bell of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._alarm = Alarm()

    def ring(self) -> None:
        """Ring soon; many rings within a few milliseconds are one."""
        self._alarm.ring()

    def run(self) -> None:
        """Ring whenever asked, for ever."""
        while True:
            self._alarm.wait()
            try:
                with self._database.engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                        sa.text(f"NOTIFY {CHANNEL}")
                    )
            except SQLAlchemyError:
                logger().warning("bell", reason="database away")
            eventlet.sleep(QUIET_SECONDS)


class Listener(SharedExtension):
    """Hears the bell in the batch process, and wakes who subscribed."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[], None]] = []
        self._thread: Any = None
        super().__init__()

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Call `wake` at each ring."""
        self._subscribers.append(wake)

    def start(self) -> None:
        """Begin to listen."""
        self._thread = self.container.spawn_managed_thread(self._listen, identifier="listener")

    def stop(self) -> None:
        """Listen no more."""
        self._thread.kill()

    def _listen(self) -> None:
        database = process_of(self.container.config).database
        while True:
            try:
                self._hear(database)
            except (SQLAlchemyError, DriverError, OSError) as error:
                logger().warning("listener", fault=type(error).__name__, reason="database away")
            eventlet.sleep(RETRY_SECONDS)

    def _hear(self, database: Database) -> None:
        with database.lone_connection() as connection:
            connection.cursor().execute(f"LISTEN {CHANNEL}")
            while True:
                trampoline(connection.fileno(), read=True)
                connection.poll()
                connection.notifies.clear()
                for wake in self._subscribers:
                    wake()
