"""Whole processes: a call through the broker, an event to its hearer, a clean stop."""

import time

import pytest
import sqlalchemy as sa

from contracts.actor import Actor
from contracts.errors import InvalidPayload
from tests.integration.chassis.purse import FILL_PURSE, slips
from tests.integration.chassis.running import Place

PURSE = "5f0f4d70-0000-7000-8000-00000000a001"


def until(question, seconds: float = 60):
    """Ask again until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return answer


def amounts(place: Place) -> list[int]:
    engine = sa.create_engine(place.database_url)
    with engine.connect() as connection:
        found = list(connection.execute(sa.select(slips.c.amount)).scalars())
    engine.dispose()
    return found


def test_a_call_is_answered_and_its_event_heard(place: Place, manager: Actor):
    with place.process() as service, place.process("PurseBatch") as batch, place.caller() as caller:
        service.line(event="started")
        batch.line(event="started")

        assert caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)["amount"] == "50.00"
        until(lambda: amounts(place) == [5000])

        line = service.line(event="worked", what="accounts.fill_purse")
        assert (line["code"], line["actor_id"]) == ("DONE", manager.person_id)
        assert service.line(what="accounts.note_slip")["correlation_id"] == line["correlation_id"]
        assert service.health() == (200, {"database": True, "clock": True, "broker": True})
        assert 'mikrof_calls_total{code="DONE",what="accounts.fill_purse"} 1.0' in service.metrics()
        assert (batch.stop(), service.stop()) == (0, 0)


def test_a_refusal_comes_back_with_its_fields(place: Place, manager: Actor):
    with place.process() as service, place.caller() as caller:
        service.line(event="started")
        with pytest.raises(InvalidPayload) as refusal:
            caller.ask(FILL_PURSE, {"id": "x", "amount": "50.00"}, manager)
        assert refusal.value.facts == {"fields": {"id": ["NOT_AN_ID"]}}
