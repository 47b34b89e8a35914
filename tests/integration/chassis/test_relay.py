"""The relay over a real broker: at least once, whatever dies in between; one effect, because of the inbox."""

import json

import pytest
import sqlalchemy as sa
from kombu import Connection

from chassis import tables
from chassis.declare import event_queue
from chassis.hearing import envelope
from chassis.housekeeping import KEPT, measure, sweep
from chassis.metrics import OUTBOX_WAITING
from chassis.relay import Outlet, publish_waiting
from contracts.actor import Actor
from tests.integration.chassis.purse import FILL_PURSE, PURSE_FILLED, PurseService
from tests.integration.chassis.running import Place

CONSUMER = "accounts.note_slip"


def fill(harness, manager: Actor, count: int) -> None:
    for number in range(count):
        purse = f"5f0f4d70-0000-7000-8000-{number:012d}"
        harness.ask(FILL_PURSE, {"id": purse, "amount": "1.00"}, actor=manager)


@pytest.fixture
def outlet(place: Place):
    made = Outlet(place.amqp_uri, "accounts", (PURSE_FILLED,))
    yield made
    made.close()


def delivered(place: Place) -> list[dict]:
    """Empty the consumer's queue."""
    found = []
    with Connection(place.amqp_uri) as connection:
        queue = event_queue(PURSE_FILLED, CONSUMER)(connection.default_channel)
        while message := queue.get(no_ack=True):
            found.append(json.loads(message.body))
    return found


def waiting(harness) -> int:
    with harness.process.database.transaction() as session:
        return session.scalar(sa.select(sa.func.count()).where(tables.outbox.c.sent_at.is_(None)))


def test_publishes_in_order_and_marks_what_was_sent(harness, manager, place, outlet):
    fill(harness, manager, 3)

    assert publish_waiting(harness.process, outlet.publish) == 3

    assert [event["data"]["id"][-1] for event in delivered(place)] == ["0", "1", "2"]
    assert (waiting(harness), publish_waiting(harness.process, outlet.publish)) == (0, 0)


def test_killed_between_publish_and_mark_it_publishes_again_and_the_effect_is_one(
    harness, manager, place, outlet
):
    fill(harness, manager, 2)

    def publish_and_die(row: dict) -> None:
        outlet.publish(row)
        raise SystemExit

    with pytest.raises(SystemExit):
        publish_waiting(harness.process, publish_and_die)
    assert waiting(harness) == 2
    publish_waiting(harness.process, outlet.publish)

    events = delivered(place)
    assert len(events) == 3
    news = [harness.hear(PURSE_FILLED, event["data"], event_id=event["id"]) for event in events]
    assert sorted(news) == [False, True, True]


def test_what_was_sent_before_the_broker_died_is_marked(harness, manager, place, outlet):
    fill(harness, manager, 3)
    left = [2]

    def publish_two(row: dict) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise ConnectionResetError
        outlet.publish(row)

    with pytest.raises(ConnectionResetError):
        publish_waiting(harness.process, publish_two)
    assert (waiting(harness), len(delivered(place))) == (1, 2)


def test_two_relays_share_the_work(harness, manager, place, outlet):
    fill(harness, manager, 4)
    inner: list[int] = []

    def publish_beside_another(row: dict) -> None:
        if not inner:
            inner.append(publish_waiting(harness.process, outlet.publish))
        outlet.publish(row)

    assert publish_waiting(harness.process, publish_beside_another) == 4
    assert (inner, len(delivered(place))) == ([0], 4)


def test_an_event_that_no_queue_takes_waits_until_its_queue_is_there(harness, manager, place, outlet):
    fill(harness, manager, 1)
    publish_waiting(harness.process, outlet.publish)
    with Connection(place.amqp_uri) as connection:
        event_queue(PURSE_FILLED, CONSUMER)(connection.default_channel).delete()
    fill(harness, manager, 2)

    assert (publish_waiting(harness.process, outlet.publish), waiting(harness)) == (0, 1)
    assert (publish_waiting(harness.process, outlet.publish), waiting(harness)) == (1, 0)
    assert len(delivered(place)) == 1


def test_what_waits_is_measured(harness, manager):
    fill(harness, manager, 2)
    measure(harness.process)
    assert OUTBOX_WAITING._value.get() == 2


def test_what_was_sent_is_kept_35_days(harness, manager, place, outlet):
    fill(harness, manager, 1)
    publish_waiting(harness.process, outlet.publish)
    fill(harness, manager, 2)

    def left() -> int:
        with harness.process.database.transaction() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(tables.outbox))

    harness.watch.advance(KEPT)
    sweep(harness.process)
    assert left() == 2
    harness.watch.advance(KEPT / 35)
    sweep(harness.process)
    assert left() == 1


def test_the_envelope_is_what_hearers_read(harness, manager):
    fill(harness, manager, 1)
    with harness.process.database.transaction() as session:
        row = dict(session.execute(sa.select(tables.outbox)).mappings().one())
    assert PurseService.note_slip.mikrof_heard.take(
        harness.service(), CONSUMER, json.loads(json.dumps(envelope(row)))
    )
