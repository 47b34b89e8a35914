"""Transactions in each other's way, connections that die, and what the runtime role may not do."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from chassis.database import Contention, Database, run_again
from chassis.testing import ServiceHarness
from contracts.actor import Actor
from contracts.errors import DeadlinePassed, ServiceAway, ServiceOverloaded
from tests.integration.chassis.purse import FILL_PURSE, PurseService, purses

FIRST = "5f0f4d70-0000-7000-8000-00000000a001"
SECOND = "5f0f4d70-0000-7000-8000-00000000a002"


@pytest.fixture
def database(urls):
    made = Database(urls.runtime, connections=4)
    yield made
    made.close()


def test_a_deadlock_is_run_again_until_both_are_done(database: Database):
    with database.transaction() as session:
        session.execute(sa.insert(purses), [{"id": FIRST, "amount": 1}, {"id": SECOND, "amount": 1}])
    meeting = threading.Barrier(2)
    runs: list[str] = []

    def add(order: tuple[str, str]) -> None:
        def operation() -> None:
            runs.append(order[0])
            with database.transaction() as session:
                session.execute(
                    sa.update(purses).where(purses.c.id == order[0]).values(amount=purses.c.amount + 1)
                )
                if len(runs) <= 2:
                    meeting.wait(5)
                session.execute(
                    sa.update(purses).where(purses.c.id == order[1]).values(amount=purses.c.amount + 1)
                )

        run_again(operation)

    threads = [threading.Thread(target=add, args=(order,)) for order in ((FIRST, SECOND), (SECOND, FIRST))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.transaction() as session:
        assert list(session.scalars(sa.select(purses.c.amount))) == [3, 3]
    assert len(runs) == 3


def test_a_connection_that_dies_is_replaced_and_the_work_run_again(database: Database, postgres_server):
    runs = 0

    def operation() -> int:
        nonlocal runs
        runs += 1
        with database.transaction() as session:
            process = session.scalar(sa.select(sa.func.pg_backend_pid()))
            if runs == 1:
                postgres_server.sql(f"SELECT pg_terminate_backend({process})")
            return session.scalar(sa.text("SELECT 42"))

    assert (run_again(operation), runs) == (42, 2)


def test_whoever_is_always_in_the_way_is_told_to_come_again():
    def operation() -> None:
        raise Contention("40P01")

    with pytest.raises(ServiceOverloaded):
        run_again(operation)


def test_a_database_that_is_away_is_said_to_be_away():
    nowhere = Database("postgresql+psycopg2://nobody:x@127.0.0.1:1/nothing")

    def operation() -> None:
        with nowhere.transaction() as session:
            session.execute(sa.text("SELECT 1"))

    with pytest.raises(ServiceAway):
        run_again(operation)
    assert not nowhere.answers()


def test_no_statement_takes_longer_than_the_caller_waits(database: Database):
    with pytest.raises(ServiceOverloaded), database.transaction(seconds_left=0.1) as session:
        session.execute(sa.text("SELECT pg_sleep(5)"))


def test_nothing_is_begun_for_a_caller_that_has_gone(harness: ServiceHarness[PurseService], manager: Actor):
    call = harness.process.own_call()
    late = type(call)(
        actor=manager,
        issuer="gateway",
        correlation_id="late",
        deadline=harness.watch.now() - timedelta(milliseconds=1),
    )
    with pytest.raises(DeadlinePassed), harness.service(late).books():
        pytest.fail("it was begun")


@pytest.mark.parametrize("table", ["audit", "slips"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
)
def test_the_runtime_role_cannot_change_what_is_only_added_to(database: Database, table: str, statement: str):
    if table == "audit":
        statement = statement.replace("id = id", "deed = deed")
    with pytest.raises(ProgrammingError) as refusal, database.transaction() as session:
        session.execute(sa.text(statement.format(table)))
    assert refusal.value.orig.pgcode == "42501"


def test_the_runtime_role_can_work(harness: ServiceHarness[PurseService], manager: Actor):
    harness.ask(FILL_PURSE, {"id": FIRST, "amount": "1.00"}, actor=manager)
    with harness.process.database.transaction() as session:
        assert session.execute(sa.update(purses).values(amount=5)).rowcount == 1
        assert session.execute(sa.delete(purses)).rowcount == 1
