"""The two real processes of identity over a real broker: hashing stops nobody, an end is heard at once."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kombu import Connection, Consumer, Exchange, Queue

from chassis.declare import declare
from contracts import wire
from contracts.actor import Actor
from contracts.identity import PING, SESSION_REVOKED, SIGN_IN_STAFF, SIGN_OUT
from contracts.identity.sessions import SignInRefused
from contracts.keys import Keyring
from contracts.sealed import seal, unseal
from tests.integration.chassis.running import Caller, Place
from tests.integration.identity.conftest import PASSWORD
from tests.support.services import fresh_database

ROOT = Path(__file__).parents[3]
GATEWAY = Actor.of_service("gateway")


@contextmanager
def running(module: str, place: Place) -> Iterator[None]:
    """Run `python -m <module>` until the end of the block; it begins when it says that it has started."""
    environment = os.environ | {
        "MIKROF_AMQP_URI": place.amqp_uri,
        "MIKROF_SERVICE_DATABASE_URL": place.database_url,
        "MIKROF_KEYS": str(place.keys),
    }
    child = subprocess.Popen(
        [sys.executable, "-m", module], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        said = []
        while not said or '"started"' not in said[-1]:
            said.append(child.stdout.readline())
            assert child.poll() is None, said
        yield
    finally:
        child.terminate()
        child.communicate(timeout=30)


@pytest.fixture(scope="module")
def place(postgres_server, broker, keys_folder, old_town) -> Iterator[Place]:
    template, _ = old_town
    with fresh_database(postgres_server, "identity", template=lambda *_: template) as urls:
        made = Place(broker.fresh_vhost(), urls.runtime, keys_folder)
        with Connection(made.amqp_uri) as connection:
            declare(connection.default_channel)
        with running("identity", made), running("identity.batch", made):
            yield made


@pytest.fixture
def caller(place: Place) -> Iterator[Caller]:
    with Caller(place) as made:
        yield made


def knock(place: Place, username: str, password: str) -> dict[str, Any]:
    return {
        "username": username,
        "password": seal(password, Keyring(place.keys).sealing("identity")),
        "address": "203.0.113.7",
        "device_id": None,
        "device_name": None,
    }


def test_somebody_signs_in(place, caller):
    answer = caller.ask(SIGN_IN_STAFF, knock(place, "accountant", PASSWORD), GATEWAY)

    tokens = json.loads(unseal(answer["tokens"], Keyring(place.keys).unsealing("gateway")))
    assert set(tokens) == {"access_token", "refresh_token"}


def test_hashing_stops_nobody_else(place, caller):
    questions = [
        caller.send(SIGN_IN_STAFF, knock(place, f"nobody{number}", "not the password"), GATEWAY, seconds=30)
        for number in range(12)
    ]
    pings = [caller.send(PING, {}, GATEWAY, seconds=30) for _ in range(12)]
    for ping in pings:
        caller.wait(ping, 30)
    still_hashing = [question for question in questions if question not in caller.replies]
    for question in questions:
        with pytest.raises(SignInRefused):
            caller.wait(question, 30)

    assert still_hashing


def test_the_end_of_a_session_is_heard_by_every_gateway_at_once(place, caller):
    answer = caller.ask(SIGN_IN_STAFF, knock(place, "manager", PASSWORD), GATEWAY)
    heard: list[dict[str, Any]] = []
    exchange = Exchange(SESSION_REVOKED.exchange, type="topic", durable=True)
    queues = [
        Queue(f"test-gateway-{number}", exchange, SESSION_REVOKED.name, exclusive=True, durable=False)
        for number in range(2)
    ]
    with Connection(place.amqp_uri) as connection:
        consumer = Consumer(
            connection.channel(),
            queues,
            callbacks=[lambda body, _: heard.append(body)],
            accept=[wire.NAME],
            no_ack=True,
        )
        with consumer:
            actor = Actor(
                person_id=person_of(place, answer["session_id"]),
                kind="staff",
                role="branch_manager",
                session_id=answer["session_id"],
            )
            caller.ask(SIGN_OUT, {"session_id": answer["session_id"]}, actor)
            give_up = time.monotonic() + 10
            while len(heard) < 2 and time.monotonic() < give_up:
                connection.drain_events(timeout=10)

    assert [event["data"]["session_ids"] for event in heard] == [[answer["session_id"]]] * 2


def person_of(place: Place, session_id: str) -> str:
    engine = sa.create_engine(place.database_url)
    with engine.connect() as connection:
        query = sa.text("SELECT person_id FROM sessions WHERE id = :id")
        person_id = str(connection.execute(query, {"id": session_id}).scalar_one())
    engine.dispose()
    return person_id
