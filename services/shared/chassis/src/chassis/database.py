"""The database: connections that wait without stopping the process, and transactions that say what failed."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg2
import psycopg2.extensions
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from chassis.metrics import REPEATED
from contracts.errors import ServiceAway, ServiceOverloaded

Result = TypeVar("Result")

STATEMENT_MS = 8_000
LOCK_MS = 3_000
IDLE_MS = 15_000
CONNECT_SECONDS = 3
POOL_SECONDS = 3
RUNS = 4
"""One run and at most three repetitions (mechanics D4)."""

_CONTENTION = frozenset({"40001", "40P01"})
_OUT_OF_TIME = frozenset({"57014", "55P03"})


class Contention(Exception):
    """Two transactions were in each other's way, or the connection was lost: worth running once more."""


class ConnectionLost(Contention):
    """The database went away in the middle."""


class Database:
    """One service's database for its runtime role."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        """Prepare connections; the first one is made when it is needed.

        Args:
            url: SQLAlchemy's address, with its driver.
            connections: How many at once; as many as workers, and a few for relay and health.
        """
        limits = {
            "statement_timeout": STATEMENT_MS,
            "lock_timeout": LOCK_MS,
            "idle_in_transaction_session_timeout": IDLE_MS,
        }
        self.engine = sa.create_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=POOL_SECONDS,
            pool_use_lifo=True,
            hide_parameters=True,
            executemany_mode="values_plus_batch",  # many rows are one round trip, also where none is returned
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "options": " ".join(f"-c {name}={value}" for name, value in limits.items())
                + " -c timezone=UTC",
            },
        )

    @contextmanager
    def transaction(self, seconds_left: float | None = None) -> Iterator[Session]:
        """Open one database transaction: committed at the end of the block, rolled back on any exception.

        Args:
            seconds_left: How long the caller still waits; no statement may take longer.

        Raises:
            Contention: a deadlock, a serialization failure or a lost connection; nothing was written, or
                (lost at the commit) the same ids make a repetition harmless.
            ServiceOverloaded: a lock or a statement took too long, or no connection was free.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                if seconds_left is not None and seconds_left * 1000 < STATEMENT_MS:
                    session.execute(
                        sa.text(f"SET LOCAL statement_timeout = {max(int(seconds_left * 1000), 1)}")
                    )
                yield session
        except PoolTimeout:
            raise ServiceOverloaded from None
        except DBAPIError as error:
            raise _meaning(error) from error

    @contextmanager
    def lone_connection(self) -> Iterator[psycopg2.extensions.connection]:
        """Open a driver's connection outside the pool and outside any transaction, to listen on."""
        arguments, options = self.engine.dialect.create_connect_args(self.engine.url)
        raw = psycopg2.connect(*arguments, **options, connect_timeout=CONNECT_SECONDS)
        try:
            raw.set_session(autocommit=True)
            yield raw
        finally:
            raw.close()

    def answers(self) -> bool:
        """Tell whether the database answers a question now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except (DBAPIError, PoolTimeout):
            return False
        return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _meaning(error: DBAPIError) -> Exception:
    """Return what a database error means to the caller; one that is a defect means itself."""
    code = getattr(error.orig, "pgcode", None)
    if code in _CONTENTION:
        return Contention(code)
    if code in _OUT_OF_TIME:
        return ServiceOverloaded(1)
    if error.connection_invalidated or (
        code is None and isinstance(error, (OperationalError, InterfaceError))
    ):
        return ConnectionLost("the connection was lost")
    return error


def run_again(operation: Callable[[], Result]) -> Result:
    """Run a whole operation, and again with the same ids while transactions are in each other's way.

    Raises:
        ServiceOverloaded: they still were at the fourth run.
        ServiceAway: the database was away each time.
    """
    for run in range(1, RUNS + 1):
        try:
            return operation()
        except Contention as error:
            REPEATED.inc()
            if run == RUNS:
                raise (
                    ServiceAway() if isinstance(error, ConnectionLost) else ServiceOverloaded(1)
                ) from error
            time.sleep(random.uniform(0.5, 1.0) * 0.02 * 4**run)  # noqa: S311 - spreads, hides nothing
    raise AssertionError("the last run returns or raises")
