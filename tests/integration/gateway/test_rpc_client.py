"""The gateway's way to the services over a real broker: right answers, clear failures, no hang."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from kombu import Connection, Exchange, Producer, Queue

from contracts import wire
from contracts.errors import DeadlinePassed, ServiceAway, ServiceError, ServiceOverloaded
from gateway.backends import RpcClient
from gateway.backends.client import Request
from tests.integration.gateway.conftest import Listening
from tests.support.echo import EchoService, echo
from tests.support.parts import BrokerForTests, LocalBroker

Serving = Callable[..., EchoService]
THREADS = 32


def ask(client: RpcClient, payload: dict[str, Any], *, service: str = "echo", timeout: float = 5) -> Any:
    request = Request(service, "repeat", payload, {"nameko.correlation_id": "c-1"}, timeout)
    return wire.loads(client.call(request))["result"]


def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


class TestCall:
    def test_brings_the_answer_and_sends_the_context(self, client: RpcClient, serving: Serving) -> None:
        service = serving()

        answer = ask(client, {"taka": "242.00"})

        assert answer["taka"] == "242.00"
        assert service.headers[0]["nameko.correlation_id"] == "c-1"
        assert 0 < service.headers[0]["nameko.deadline"] / 1000 - time.time() <= 5

    def test_gives_each_of_many_threads_its_own_reply(self, client: RpcClient, serving: Serving) -> None:
        def mixed_up(method: str, payload: dict[str, Any]) -> dict[str, Any] | None:
            time.sleep(payload["number"] % 3 / 1000)
            return echo(method, payload)

        serving(answering=mixed_up)
        serving(answering=mixed_up)
        with ThreadPoolExecutor(THREADS) as threads:
            answers = list(threads.map(lambda number: ask(client, {"number": number})["number"], range(800)))

        assert answers == list(range(800))
        assert client.late_replies == 0

    def test_says_that_an_unknown_service_is_away(self, client: RpcClient) -> None:
        with pytest.raises(ServiceAway):
            ask(client, {}, service="nobody")

    def test_says_soon_that_a_dead_service_is_away_and_at_once_the_next_time(
        self, client: RpcClient, serving: Serving
    ) -> None:
        serving().stop()

        began = time.monotonic()
        with pytest.raises(ServiceAway):
            ask(client, {})
        first = time.monotonic()
        with pytest.raises(ServiceAway):
            ask(client, {})

        assert first - began < 4
        assert time.monotonic() - first < 0.4

    def test_finds_a_service_again_that_came_back(self, client: RpcClient, serving: Serving) -> None:
        serving().stop()
        with pytest.raises(ServiceAway):
            ask(client, {}, timeout=0.8)
        serving()

        assert ask(client, {"back": True})["back"] is True

    def test_gives_up_a_silent_service_at_its_deadline(self, client: RpcClient, serving: Serving) -> None:
        serving(answering=lambda *_: None)

        began = time.monotonic()
        with pytest.raises(DeadlinePassed):
            ask(client, {}, timeout=1.2)

        assert 1.1 <= time.monotonic() - began < 3

    def test_drops_a_late_reply_and_counts_it(self, client: RpcClient, serving: Serving) -> None:
        def late(method: str, payload: dict[str, Any]) -> dict[str, Any] | None:
            time.sleep(payload["seconds_tenth"] / 10)
            return echo(method, payload)

        serving(answering=late)
        with pytest.raises(DeadlinePassed):
            ask(client, {"seconds_tenth": 15}, timeout=0.8)

        assert ask(client, {"seconds_tenth": 0}, timeout=6)["seconds_tenth"] == 0
        assert client.late_replies == 1

    def test_says_overloaded_when_the_queue_takes_no_more(self, client: RpcClient, amqp_uri: str) -> None:
        exchange = Exchange("nameko-rpc", type="topic", durable=True)
        with Connection(amqp_uri) as connection:
            full = Queue(
                "rpc-full",
                exchange,
                routing_key="full.*",
                durable=True,
                queue_arguments={
                    "x-queue-type": "classic",
                    "x-max-length": 1,
                    "x-overflow": "reject-publish",
                },
            )
            full(connection.channel()).declare()
            Producer(connection.channel()).publish("{}", exchange="nameko-rpc", routing_key="full.repeat")

        until(lambda: refusal(client, "full") is ServiceOverloaded)

    def test_keeps_places_for_other_services_when_one_is_stuck(
        self, client: RpcClient, serving: Serving
    ) -> None:
        serving("stuck", answering=lambda *_: None)
        serving("well")
        with ThreadPoolExecutor(THREADS + 1) as threads:
            stuck = [threads.submit(refusal, client, "stuck", 2.0) for _ in range(THREADS)]
            until(lambda: sum(future.running() for future in stuck) == THREADS)
            time.sleep(0.3)

            assert refusal(client, "stuck", 2.0) is ServiceOverloaded
            assert ask(client, {"number": 1}, service="well")["number"] == 1
        assert {future.result() for future in stuck} == {DeadlinePassed}


class TestBrokerRestart:
    @pytest.mark.parametrize("end", ["stop", "kill"])
    def test_under_32_threads_nothing_hangs_nothing_is_mixed_up_and_all_goes_on(
        self, client: RpcClient, serving: Serving, broker: BrokerForTests, end: str
    ) -> None:
        serving()
        ask(client, {"number": -1}, timeout=10)
        stopping = threading.Event()
        with ThreadPoolExecutor(THREADS) as threads:
            callers = [
                threads.submit(keep_asking, client, stopping, seed * 1_000_000) for seed in range(THREADS)
            ]
            try:
                time.sleep(0.5)
                getattr(broker, end)()
                time.sleep(0.5)
                broker.start()
                until(lambda: refusal(client) is None, seconds=40)
                time.sleep(1)
            finally:
                stopping.set()
            outcomes = [caller.result(timeout=30) for caller in callers]

        assert all(outcome["right"] > 0 and outcome["wrong"] == 0 for outcome in outcomes)
        assert sum(outcome["refused"] for outcome in outcomes) > 0
        assert max(outcome["slowest"] for outcome in outcomes) < 8

    def test_calls_in_flight_fail_at_once_when_the_broker_dies(
        self, client: RpcClient, serving: Serving, broker: BrokerForTests
    ) -> None:
        serving(answering=lambda *_: None)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(refusal, client, "echo", 30.0)
            time.sleep(1)
            broker.kill()
            try:
                assert waiting.result(timeout=10) is ServiceAway
                assert refusal(client) is ServiceAway
            finally:
                broker.start()
        until(lambda: client.is_connected)


class TestBrokerInNeed:
    def test_a_broker_that_holds_publishers_back_is_away_until_it_is_well(
        self, client: RpcClient, serving: Serving, broker: BrokerForTests
    ) -> None:
        if not isinstance(broker, LocalBroker):
            pytest.skip("only a broker of our own may be brought into need")
        serving()
        ask(client, {"number": 1}, timeout=10)

        broker.broker.control("set_vm_memory_high_watermark", "0")
        try:
            until(lambda: refusal(client) is ServiceAway)
            began = time.monotonic()
            with ThreadPoolExecutor(8) as threads:
                outcomes = list(threads.map(lambda _: refusal(client), range(8)))
            assert set(outcomes) <= {ServiceAway, ServiceOverloaded}
            assert time.monotonic() - began < 8
        finally:
            broker.broker.control("set_vm_memory_high_watermark", "absolute", "512MiB")
        until(lambda: refusal(client) is None)


class TestBroadcasts:
    def test_reach_the_audience(self, client: RpcClient, audience: Listening, amqp_uri: str) -> None:
        until(lambda: client.is_connected)
        tell(amqp_uri, wire.dumps({"name": "session_revoked", "data": {"session_ids": ["s-1"]}}))

        until(lambda: bool(audience.heard))
        assert audience.heard == [("session_revoked", {"session_ids": ["s-1"]})]

    def test_an_unreadable_one_empties_what_is_remembered(
        self, client: RpcClient, audience: Listening, amqp_uri: str
    ) -> None:
        until(lambda: client.is_connected)
        tell(amqp_uri, "not JSON")

        until(lambda: audience.attended == 2)
        tell(amqp_uri, wire.dumps({"name": "session_revoked", "data": {}}))
        until(lambda: bool(audience.heard))

    def test_losing_the_broker_is_told(
        self, client: RpcClient, audience: Listening, broker: BrokerForTests
    ) -> None:
        until(lambda: client.is_connected)
        broker.stop()
        try:
            until(lambda: audience.lost > 0)
        finally:
            broker.start()
        until(lambda: audience.attended > 1)


def refusal(client: RpcClient, service: str = "echo", timeout: float = 3) -> type[ServiceError] | None:
    try:
        ask(client, {"number": 0}, service=service, timeout=timeout)
    except ServiceError as error:
        return type(error)
    return None


def keep_asking(client: RpcClient, stopping: threading.Event, number: int) -> dict[str, float]:
    outcome: dict[str, float] = {"right": 0, "wrong": 0, "refused": 0, "slowest": 0}
    while not stopping.is_set():
        number += 1
        began = time.monotonic()
        try:
            answer = ask(client, {"number": number}, timeout=5)["number"]
            outcome["right" if answer == number else "wrong"] += 1
        except ServiceError:
            outcome["refused"] += 1
            time.sleep(0.02)
        outcome["slowest"] = max(outcome["slowest"], time.monotonic() - began)
    return outcome


def tell(amqp_uri: str, body: str) -> None:
    with Connection(amqp_uri) as connection:
        Producer(connection.channel()).publish(
            body, exchange="identity.events", routing_key="session_revoked", content_type=wire.CONTENT_TYPE
        )
