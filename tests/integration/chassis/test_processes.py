"""Whole processes: a call through the broker, an event to its hearer, and what dies in between."""

import signal
import time
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from kombu import Connection, Producer

from chassis import tables
from chassis.clock import SystemWatch
from chassis.database import Database
from chassis.parked import replay
from contracts import wire
from contracts.actor import Actor
from contracts.errors import (
    ActorRefused,
    DeadlinePassed,
    Forbidden,
    InvalidPayload,
)
from tests.integration.chassis.purse import FILL_PURSE, PURSE_FILLED, purses
from tests.integration.chassis.running import DefectError, NoAnswerError, Place, rows, slip_amounts, until

PURSE = "5f0f4d70-0000-7000-8000-00000000a001"
OTHER = "5f0f4d70-0000-7000-8000-00000000a002"
EVENT = "5f0f4d70-0000-7000-8000-00000000e001"
SLEEPING = sa.text("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")


def tell(place: Place, body: object) -> None:
    """Publish an envelope, or any bytes, where the service hears it."""
    with Connection(place.amqp_uri) as connection:
        producer = Producer(connection.channel())
        raw = body if isinstance(body, bytes) else wire.dumps(body).encode()
        producer.publish(
            raw,
            exchange=PURSE_FILLED.exchange,
            routing_key=PURSE_FILLED.name,
            content_type=wire.CONTENT_TYPE,
            content_encoding="utf-8",
        )


def filled(amount: str = "7.00", event_id: str = EVENT, **data: object) -> dict:
    return {
        "id": event_id,
        "name": PURSE_FILLED.name,
        "version": 1,
        "occurred_at": "2026-11-23T06:00:00Z",
        "correlation_id": "told",
        "data": {"id": PURSE, "amount": amount, **data},
    }


@pytest.fixture(scope="module")
def shared_place(make_place):
    with make_place() as place:
        yield place


@pytest.fixture(scope="module")
def service(shared_place: Place):
    with shared_place.process() as process:
        process.line(event="started")
        yield process


@pytest.fixture
def caller(shared_place: Place, service):
    with shared_place.caller() as caller:
        yield caller


class TestOneProcess:
    """What one running service does with good and bad calls."""

    def test_answers_and_says_so(self, service, caller, manager: Actor):
        assert caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)["amount"] == "50.00"

        line = service.line(event="worked", what="accounts.fill_purse")
        assert (line["code"], line["actor_id"]) == ("DONE", manager.person_id)
        assert line["correlation_id"].startswith("test-")
        assert line["service"] == "accounts"
        assert service.health() == (200, {"database": True, "clock": True, "broker": True})
        assert 'mikrof_calls_total{code="DONE",what="accounts.fill_purse"} 1.0' in service.metrics()

    def test_a_refusal_comes_back_with_its_fields(self, caller, manager: Actor):
        with pytest.raises(InvalidPayload) as refusal:
            caller.ask(FILL_PURSE, {"id": "x", "amount": "50.00"}, manager)
        assert refusal.value.facts == {"fields": {"id": ["NOT_AN_ID"]}}

    def test_a_defect_tells_nothing_but_its_correlation_id(self, service, caller, manager: Actor):
        with pytest.raises(DefectError) as defect:
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "1.00", "note": "raise s3cret-1971"}, manager)
        [error] = defect.value.args
        assert error["exc_type"] == "Defect"
        assert error["exc_args"][0].startswith("test-")
        line = service.line(event="defect")
        assert (line["fault"], "misbehave" in line["frames"][-1]) == ("RuntimeError", True)
        assert "s3cret-1971" not in str(error) + str(service.lines)

    def test_a_stolen_actor_opens_nothing_else(self, caller, manager: Actor):
        stolen = caller.headers(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)
        with pytest.raises(ActorRefused):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "999.00"}, manager, **stolen)

    @pytest.mark.parametrize("token", ["", "a.b", "x" * 9000, 7, None])
    def test_a_forged_actor_is_refused(self, caller, manager: Actor, token: object):
        with pytest.raises(ActorRefused):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "1.00"}, manager, **{"nameko.actor": token})

    def test_a_role_without_the_permission_is_forbidden(self, caller):
        with pytest.raises(Forbidden):
            caller.ask(
                FILL_PURSE,
                {"id": OTHER, "amount": "1.00"},
                Actor(person_id="a", kind="staff", role="auditor"),
            )

    def test_nothing_is_done_for_a_caller_that_has_gone(self, shared_place, caller, manager: Actor):
        with pytest.raises(DeadlinePassed):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "1.00"}, manager, **{"nameko.deadline": 1})
        assert rows(shared_place, sa.select(purses).where(purses.c.id == OTHER)) == []

    @pytest.mark.parametrize(
        ("raw", "content_type"),
        [
            (b'{"args": [{"amount": 1.5}], "kwargs": {}}', wire.CONTENT_TYPE),
            (b'{"args": [{}], "args": [{}], "kwargs": {}}', wire.CONTENT_TYPE),
            (b"\xff\xfe", wire.CONTENT_TYPE),
            (b'{"args": [{"__type__": "decimal", "__value__": "1"}], "kwargs": {}}', "application/json"),
            (b"[]", wire.CONTENT_TYPE),
            (b'{"args": [1, 2], "kwargs": {}}', wire.CONTENT_TYPE),
        ],
    )
    def test_bytes_that_are_not_our_json_get_an_error_answer(self, caller, manager, raw, content_type):
        with pytest.raises(InvalidPayload):
            caller.wait(caller.send_raw(FILL_PURSE, raw, content_type))

    def test_a_method_that_does_not_exist_is_a_defect_and_harms_nobody(self, caller, manager: Actor):
        with pytest.raises(DefectError):
            caller.wait(caller.send_raw(FILL_PURSE, b'{"args": [{}], "kwargs": {}}', key="accounts.steal"))

    def test_a_call_without_return_address_is_dropped(self, caller, manager: Actor):
        caller.send_raw(FILL_PURSE, b'{"args": [{}], "kwargs": {}}', reply_to=None)
        assert caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)

    def test_an_event_that_comes_twice_has_one_effect(self, shared_place, caller, manager: Actor):
        caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)
        for _ in range(2):
            tell(shared_place, filled())
        tell(shared_place, filled("9.00", "5f0f4d70-0000-7000-8000-00000000e002"))
        until(lambda: 900 in slip_amounts(shared_place))
        assert sorted(slip_amounts(shared_place)) == [700, 900]

    def test_an_unreadable_event_is_parked_and_the_next_is_heard(self, shared_place, service):
        tell(shared_place, b'{"id": 1.5}')
        tell(shared_place, filled("11.00", "5f0f4d70-0000-7000-8000-00000000e003"))
        until(lambda: 1100 in slip_amounts(shared_place))
        parked = until(lambda: rows(shared_place, sa.select(tables.parked)))
        [row] = parked
        assert (row.state, row.fault, row.body) == ("parked", "Unreadable", '{"id": 1.5}')

        database = Database(shared_place.database_url, connections=1)
        watch = SystemWatch(ZoneInfo("Asia/Dhaka"))
        two = ("rahima", "karim")
        assert replay(database, row.event_id, by=two, reason="mistake", now=watch.now()) == 1
        database.close()
        until(lambda: [again.state for again in rows(shared_place, sa.select(tables.parked))] == ["parked"])
        assert service.child.poll() is None


def test_an_event_before_its_time_is_heard_at_a_later_try(place: Place, manager: Actor):
    with place.process() as service, place.caller() as caller:
        service.line(event="started")
        tell(place, filled())
        until(lambda: rows(place, sa.select(tables.parked).where(tables.parked.c.state == "waiting")))

        caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)

        until(lambda: slip_amounts(place) == [700])
        until(lambda: [row.state for row in rows(place, sa.select(tables.parked.c.state))] == ["done"])


def test_a_deed_is_told_heard_and_mirrored_in_another_service(place: Place, manager: Actor):
    with (
        place.process() as service,
        place.process("PurseBatch") as batch,
        place.process("MirrorService") as mirror,
        place.caller() as caller,
    ):
        for process in (service, batch, mirror):
            process.line(event="started")

        caller.ask(FILL_PURSE, {"id": PURSE, "amount": "50.00"}, manager)

        until(lambda: slip_amounts(place) == [5000])
        until(lambda: [row.state for row in rows(place, sa.select(tables.steps.c.state))] == ["done"])
        deeds = {row.deed: row for row in rows(place, sa.select(tables.audit))}
        assert deeds["mirrored"].actor_id == deeds["fill_purse"].actor_id == manager.person_id
        assert (deeds["mirrored"].vouched_by, deeds["fill_purse"].vouched_by) == ("accounts", "gateway")
        correlation_id = deeds["fill_purse"].correlation_id
        assert mirror.line(event="worked")["correlation_id"] == correlation_id
        assert service.line(what="accounts.note_slip", event="worked")["correlation_id"] == correlation_id
        assert (batch.stop(), mirror.stop(), service.stop()) == (0, 0, 0)


def test_killed_in_the_middle_the_call_is_worked_on_again_and_done_once(place: Place, manager: Actor):
    with place.process() as first, place.caller() as caller:
        first.line(event="started")
        question = caller.send(
            FILL_PURSE, {"id": PURSE, "amount": "50.00", "note": "slow 2"}, manager, seconds=50
        )
        until(lambda: rows(place, SLEEPING))
        first.kill()
        with place.process() as second:
            assert caller.wait(question, 50)["amount"] == "50.00"
            second.line(event="worked", code="DONE")
        assert len(rows(place, sa.select(tables.outbox))) == 1


def test_a_call_that_kills_is_dropped_after_three_runs_and_the_next_one_is_answered(
    place: Place, manager: Actor
):
    with place.caller() as caller:
        deadly = {"id": OTHER, "amount": "1.00", "note": "die"}
        caller.send(FILL_PURSE, deadly, manager, seconds=100)
        for _ in range(3):
            with place.process() as service:
                assert service.child.wait(60) == 9
        with place.process() as service:
            assert caller.ask(FILL_PURSE, {"id": PURSE, "amount": "5.00"}, manager, seconds=60)
            assert service.child.poll() is None


def test_told_to_stop_it_finishes_what_it_has_in_hand(place: Place, manager: Actor):
    with place.process() as service, place.caller() as caller:
        service.line(event="started")
        question = caller.send(FILL_PURSE, {"id": PURSE, "amount": "50.00", "note": "slow 1"}, manager)
        time.sleep(0.3)

        assert service.stop() == 0

        assert caller.wait(question, 1)["amount"] == "50.00"
        with pytest.raises(NoAnswerError):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "50.00"}, manager, seconds=0.5)
        assert rows(place, sa.select(purses).where(purses.c.id == OTHER)) == []


def test_told_twice_to_stop_it_stops_as_if_told_once(place: Place):
    with place.process() as service:
        service.line(event="started")
        for _ in range(4):
            service.child.send_signal(signal.SIGTERM)
            time.sleep(0.02)

        assert service.child.wait(10) == 0


def test_without_keys_or_settings_it_says_what_is_missing(place: Place, tmp_path):
    with place.process(MIKROF_KEYS=str(tmp_path)) as service:
        assert service.child.wait(60) == 2
    assert "no key can be read" in str(service.lines)
    with place.process(MIKROF_WORKERS="many") as service:
        assert service.child.wait(60) == 2
    assert "MIKROF_WORKERS" in str(service.lines)
