"""The broker or the database goes away, and everything goes on by itself when it is back."""

import pytest
import sqlalchemy as sa

from chassis import tables
from contracts.actor import Actor
from contracts.errors import ServiceAway
from tests.integration.chassis.purse import FILL_PURSE
from tests.integration.chassis.running import Place, rows, slip_amounts, until

PURSE = "5f0f4d70-0000-7000-8000-00000000a001"
OTHER = "5f0f4d70-0000-7000-8000-00000000a002"
SLEEPING = sa.text("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")


def test_after_a_broker_restart_calls_are_answered_and_events_heard(place: Place, broker, manager: Actor):
    with place.process() as service, place.process("PurseBatch") as batch:
        service.line(event="started")
        batch.line(event="started")
        with place.caller() as caller:
            caller.ask(FILL_PURSE, {"id": PURSE, "amount": "5.00"}, manager)
        until(lambda: slip_amounts(place) == [500])

        broker.kill()
        until(lambda: not service.health()[1]["broker"])
        broker.start()
        until(lambda: service.health()[0] == 200)

        with place.caller() as caller:
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "6.00"}, manager)
        until(lambda: slip_amounts(place) == [500, 600])
        assert (service.child.poll(), batch.child.poll()) == (None, None)


def test_an_answer_that_cannot_leave_is_given_by_the_next_run_and_the_deed_is_one(
    place: Place, broker, manager: Actor
):
    with place.process() as service:
        service.line(event="started")
        with place.caller() as caller:
            slow = {"id": PURSE, "amount": "5.00", "note": "slow 2"}
            caller.send(FILL_PURSE, slow, manager, seconds=120)
            until(lambda: rows(place, SLEEPING))
            broker.kill()
        service.line(event="answer lost")
        broker.start()
        until(lambda: sum(line.get("code") == "DONE" for line in service.lines) == 2)
        assert service.child.poll() is None
    assert len(rows(place, sa.select(tables.outbox))) == 1


def test_told_to_stop_while_the_broker_is_away_it_stops(place: Place, broker):
    with place.process() as service:
        service.line(event="started")
        broker.kill()
        try:
            service.line(event="broker away")
            assert service.stop() == 0
        finally:
            broker.start()


def test_a_database_that_is_away_is_said_and_comes_back(place: Place, postgres_server, manager: Actor):
    with place.process() as service, place.caller() as caller:
        service.line(event="started")
        caller.ask(FILL_PURSE, {"id": PURSE, "amount": "5.00"}, manager)

        postgres_server.kill()
        with pytest.raises(ServiceAway) as away:
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "6.00"}, manager)
        assert away.value.facts["retry_after"] > 0
        assert service.health() == (503, {"database": False, "clock": False, "broker": True})

        postgres_server.start()
        until(lambda: service.health()[0] == 200)
        assert caller.ask(FILL_PURSE, {"id": OTHER, "amount": "6.00"}, manager)
        assert service.child.poll() is None
