"""Calling another service: what a reply, a broker that refuses and a broker that is away mean."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from amqp.exceptions import MessageNacked
from eventlet.event import Event
from nameko.amqp.publish import UndeliverableMessage

from chassis.calling import ByBroker, RemoteDefect
from chassis.clock import SetWatch
from chassis.config import Settings
from chassis.ids import new_id
from chassis.keys import make_keys
from chassis.process import Call, Process
from contracts.actor import Actor
from contracts.calls import Method
from contracts.errors import DeadlinePassed, NotFound, ServiceAway, ServiceError, ServiceOverloaded
from contracts.fields import UuidField
from contracts.keys import Keyring
from contracts.schemas import Answer, Command

ID = "5f0f4d70-0000-7000-8000-000000000001"
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class Ask(Command):
    id = UuidField(required=True)


class Told(Answer):
    id = UuidField(required=True)


METHOD = Method(
    service="transactions", name="ask", command=Ask, answer=Told, callers=frozenset({"accounts"}), timeout=1
)


class StandInReplies:
    """Answers each question at once, with whatever a test wants; None is silence."""

    routing_key = "here"

    def __init__(self, reply: dict[str, Any] | None) -> None:
        self.reply = reply
        self.forgotten: list[str] = []

    def get_reply_event(self, correlation_id: str) -> Event:
        event = Event()
        if self.reply is not None:
            event.send(self.reply)
        return event

    def forget(self, correlation_id: str) -> None:
        self.forgotten.append(correlation_id)


class StandInPublisher:
    """Remembers what was published, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.published: list[dict[str, Any]] = []

    def publish(self, payload: Any, **options: Any) -> None:
        if self.error is not None:
            raise self.error
        self.published.append({"payload": payload, **options})


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Process:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder)
    return Process(
        service="accounts",
        keys=Keyring(folder),
        database=None,
        watch=SetWatch(NOW, None),
        new_id=new_id,
        ring=lambda: None,
    )


def ask(process: Process, reply: dict[str, Any] | None, publisher: StandInPublisher, **call: Any) -> Any:
    replies = StandInReplies(reply)
    others = ByBroker(process, replies, "amqp://nowhere")
    others._publisher = publisher
    try:
        return others.ask(
            METHOD,
            {"id": ID},
            Call(actor=Actor.of_service("accounts"), issuer="accounts", correlation_id="c1", **call),
        )
    finally:
        assert len(replies.forgotten) == (0 if call else 1)


def refusal(error: ServiceError) -> dict[str, Any]:
    return {"result": None, "error": {"exc_type": "Refused", "exc_args": [json.dumps(error.to_wire())]}}


def test_sends_actor_correlation_and_deadline_and_loads_the_answer(process: Process):
    publisher = StandInPublisher()
    answer = ask(process, {"result": {"id": ID, "newer": 1}, "error": None}, publisher)

    assert answer == {"id": ID}
    [sent] = publisher.published
    assert sent["payload"] == {"args": [{"id": ID}], "kwargs": {}}
    assert (sent["routing_key"], sent["reply_to"], sent["expiration"]) == ("transactions.ask", "here", 1)
    assert sent["headers"]["nameko.correlation_id"] == "c1"
    assert sent["headers"]["nameko.deadline"] == int((NOW + timedelta(seconds=1)).timestamp() * 1000)


def test_a_refusal_comes_back_as_its_class(process: Process):
    with pytest.raises(NotFound):
        ask(process, refusal(NotFound()), StandInPublisher())


@pytest.mark.parametrize(
    "error",
    [
        {"exc_type": "Defect", "exc_args": ["c1"]},
        {"exc_type": "MethodNotFound", "exc_args": []},
        {"exc_type": "Refused"},
        {"exc_args": ["[]"]},
    ],
)
def test_anything_else_is_a_defect_of_the_other(process: Process, error: dict[str, Any]):
    with pytest.raises(RemoteDefect):
        ask(process, {"result": None, "error": error}, StandInPublisher())


def test_silence_is_a_service_that_is_away(process: Process):
    with pytest.raises(ServiceAway):
        ask(process, None, StandInPublisher())


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (MessageNacked(), ServiceOverloaded),
        (UndeliverableMessage(), ServiceAway),
        (ConnectionResetError(), ServiceAway),
    ],
)
def test_a_broker_that_refuses_or_is_away(process: Process, error: Exception, meaning: type[ServiceError]):
    with pytest.raises(meaning):
        ask(process, None, StandInPublisher(error))


@pytest.mark.parametrize("left", [timedelta(0), timedelta(milliseconds=10)])
def test_nothing_is_asked_for_a_caller_that_has_gone(process: Process, left: timedelta):
    publisher = StandInPublisher()
    with pytest.raises(DeadlinePassed):
        ask(process, None, publisher, deadline=NOW + left)
    assert publisher.published == []


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name, value in {
        "AMQP_URI": "amqp://x",
        "SERVICE_DATABASE_URL": "postgresql://a@b/c",
        "KEYS": "/keys",
        "WORKERS": "3",
    }.items():
        monkeypatch.setenv(f"MIKROF_{name}", value)
    settings = Settings.from_environment()
    assert (settings.workers, settings.keys, settings.health_host) == (3, Path("/keys"), "127.0.0.1")
    assert settings.database_url == "postgresql+psycopg2://a@b/c"
    assert str(settings.zone) == "Asia/Dhaka"
