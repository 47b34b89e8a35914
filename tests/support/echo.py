"""A service of Nameko's protocol in a thread: it answers each call with what was asked."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from amqp.exceptions import AMQPError
from kombu import Connection, Consumer, Exchange, Producer, Queue
from kombu.exceptions import KombuError
from kombu.message import Message

from contracts import wire
from contracts.calls import RPC_EXCHANGE
from gateway.backends.connections import open_connection

Answering = Callable[[str, dict[str, Any]], dict[str, Any] | None]
BROKER_ERRORS = (AMQPError, KombuError, OSError)


def echo(method: str, payload: dict[str, Any]) -> dict[str, Any] | None:
    return {"result": {"method": method, **payload}, "error": None}


class EchoService:
    """Answers until it is stopped, and comes back by itself after the broker did."""

    def __init__(self, amqp_uri: str, name: str = "echo", answering: Answering = echo) -> None:
        self.name, self.answering = name, answering
        self.headers: list[dict[str, Any]] = []
        self._amqp_uri = amqp_uri
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "EchoService":
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(*BROKER_ERRORS):
                self._serve()
            time.sleep(0.2)

    def _serve(self) -> None:
        with self._connection() as connection, self._connection() as sending:
            # publishing reads from its connection: on the consumer's it would begin the next answer meanwhile
            producer = Producer(sending.channel(), auto_declare=False)
            exchange = Exchange(RPC_EXCHANGE, type="topic", durable=True)
            queue = Queue(f"rpc-{self.name}", exchange, routing_key=f"{self.name}.*", durable=True)
            with Consumer(
                connection.channel(),
                queues=[queue],
                prefetch_count=20,
                on_message=lambda message: self._answer(producer, message),
            ):
                self._ready.set()
                while not self._stopping.is_set():
                    with suppress(TimeoutError):
                        connection.connection.drain_events(timeout=0.2)

    def _connection(self) -> Connection:
        return open_connection(self._amqp_uri, seconds=3)

    def _answer(self, producer: Producer, message: Message) -> None:
        body = message.body if isinstance(message.body, str) else bytes(message.body).decode()
        self.headers.append(message.headers)
        called = json.loads(body)
        answer = self.answering(str(message.headers.get("method", "")), called["args"][0])
        if answer is not None:
            producer.publish(
                wire.dumps(answer),
                exchange=RPC_EXCHANGE,
                routing_key=message.properties["reply_to"],
                correlation_id=message.properties["correlation_id"],
                content_type=wire.CONTENT_TYPE,
                content_encoding=wire.ENCODING,
            )
        message.ack()
