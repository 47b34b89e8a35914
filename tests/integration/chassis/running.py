"""Processes of the purse service, and someone who calls them as the gateway would."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import sqlalchemy as sa
from kombu import Consumer, Exchange, Producer, Queue

from chassis.intake import speak_plain_json
from contracts import wire
from contracts.actor import Actor, sign
from contracts.calls import RPC_EXCHANGE, Method
from contracts.errors import ServiceError
from contracts.keys import Keyring
from gateway.backends.connections import open_connection
from tests.integration.chassis.purse import slips

speak_plain_json()
PURSE = "tests.integration.chassis.purse"


class NoAnswerError(Exception):
    """Nothing came back in time."""


class DefectError(Exception):
    """The service answered that it failed."""


@dataclass
class ServiceProcess:
    """A process of the purse service, and what it said."""

    child: subprocess.Popen[str]
    lines: list[dict[str, Any]]

    def line(self, seconds: float = 60, **wanted: Any) -> dict[str, Any]:
        """Wait for a log line with the fields wanted."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in list(self.lines):
                if wanted.items() <= line.items():
                    return line
            if self.child.poll() is not None and not any(
                wanted.items() <= line.items() for line in self.lines
            ):
                raise AssertionError(f"ended with {self.child.returncode}: {self.lines}")
            time.sleep(0.02)
        raise AssertionError(f"no line with {wanted} in {self.lines}")

    def health(self) -> tuple[int, dict[str, bool]]:
        try:
            with urllib.request.urlopen(self.url("/healthz"), timeout=3) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def metrics(self) -> str:
        with urllib.request.urlopen(self.url("/metrics"), timeout=3) as answer:
            return answer.read().decode()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.line(event='listening')['port']}{path}"

    def stop(self) -> int:
        """Ask it to stop, as the runner does, and return how it ended."""
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(30)

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()


@dataclass(frozen=True)
class Place:
    """Where processes of the purse service run."""

    amqp_uri: str
    database_url: str
    keys: Path

    @contextmanager
    def process(self, what: str = "PurseService", **variables: str) -> Iterator[ServiceProcess]:
        """Run a process until the end of the block."""
        environment = os.environ | {
            "MIKROF_AMQP_URI": self.amqp_uri,
            "MIKROF_SERVICE_DATABASE_URL": self.database_url,
            "MIKROF_KEYS": str(self.keys),
            "PYTHONPATH": str(Path(__file__).parents[3]),
            **variables,
        }
        child = subprocess.Popen(
            [sys.executable, "-c", f"from chassis.runner import run; run('{PURSE}:{what}')"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        process = ServiceProcess(child, [])
        reader = threading.Thread(target=_read, args=(process,), daemon=True)
        reader.start()
        try:
            yield process
        except BaseException:
            print(*(line.get("raw") or f"{what} {line}\n" for line in process.lines), sep="")  # noqa: T201
            raise
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            reader.join()
            child.stdout.close()

    def caller(self) -> "Caller":
        return Caller(self)


def _read(process: ServiceProcess) -> None:
    for line in process.child.stdout:
        try:
            process.lines.append(json.loads(line))
        except ValueError:
            process.lines.append({"raw": line})


class Caller:
    """Calls methods as the gateway does, one at a time, and may cheat on request."""

    def __init__(self, place: Place) -> None:
        self.keys = Keyring(place.keys)
        self.amqp_uri = place.amqp_uri
        self.reply_to = str(uuid4())
        self.replies: dict[str, Any] = {}
        self.queue = Queue(
            f"rpc.reply-test-{self.reply_to}",
            exchange=Exchange(RPC_EXCHANGE, type="topic", durable=True),
            routing_key=self.reply_to,
            durable=False,
            exclusive=True,
            queue_arguments={"x-queue-type": "classic"},
        )

    def __enter__(self) -> Self:
        self.connection = open_connection(self.amqp_uri, seconds=10)
        self.consumer = Consumer(
            self.connection.channel(),
            [self.queue],
            callbacks=[self._receive],
            accept=[wire.NAME],
            no_ack=True,
        )
        self.consumer.consume()
        self.producer = Producer(self.connection.channel(), serializer=wire.NAME)
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.release()

    def ask(self, method: Method, payload: Any, actor: Actor, *, seconds: float = 10, **headers: Any) -> Any:
        """Send a call and wait for its answer."""
        return self.wait(self.send(method, payload, actor, seconds=seconds, **headers), seconds)

    def send(self, method: Method, payload: Any, actor: Actor, *, seconds: float = 10, **headers: Any) -> str:
        question = str(uuid4())
        self.producer.publish(
            {"args": [payload], "kwargs": {}},
            exchange=RPC_EXCHANGE,
            routing_key=method.key,
            headers=self.headers(method, payload, actor, seconds) | headers,
            correlation_id=question,
            reply_to=self.reply_to,
            expiration=seconds,
        )
        return question

    def send_raw(
        self,
        method: Method,
        raw: bytes,
        content_type: str = wire.CONTENT_TYPE,
        *,
        key: str | None = None,
        reply_to: str | None = "",
    ) -> str:
        """Send bytes as they are."""
        question = str(uuid4())
        self.producer.publish(
            raw,
            exchange=RPC_EXCHANGE,
            routing_key=key or method.key,
            content_type=content_type,
            content_encoding="utf-8",
            correlation_id=question,
            **({} if reply_to is None else {"reply_to": self.reply_to}),
        )
        return question

    def headers(self, method: Method, payload: Any, actor: Actor, seconds: float = 10) -> dict[str, Any]:
        now = datetime.now(UTC)
        token = sign(
            replace(actor, permission=method.permission),
            self.keys.issuer("gateway"),
            call=method.key,
            body_digest=wire.digest(payload),
            now=now,
        )
        return {
            "nameko.actor": token,
            "nameko.correlation_id": f"test-{uuid4()}",
            "nameko.deadline": int((now + timedelta(seconds=seconds)).timestamp() * 1000),
        }

    def wait(self, question: str, seconds: float = 10) -> Any:
        """Return the result, or raise what the service answered."""
        deadline = time.monotonic() + seconds
        while question not in self.replies:
            left = deadline - time.monotonic()
            if left <= 0:
                raise NoAnswerError
            try:
                self.connection.drain_events(timeout=min(left, 1))
            except TimeoutError:
                continue
        reply = self.replies.pop(question)
        if reply["error"] is None:
            return reply["result"]
        if reply["error"]["exc_type"] != "Refused":
            raise DefectError(reply["error"])
        raise ServiceError.from_wire(json.loads(reply["error"]["exc_args"][0]))

    def _receive(self, body: Any, message: Any) -> None:
        self.replies[message.properties["correlation_id"]] = body


def until(question, seconds: float = 60):
    """Ask again until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return answer


def rows(place: Place, statement: sa.Select) -> list:
    engine = sa.create_engine(place.database_url)
    with engine.connect() as connection:
        found = connection.execute(statement).all()
    engine.dispose()
    return found


def slip_amounts(place: Place) -> list[int]:
    return [row.amount for row in rows(place, sa.select(slips.c.amount))]
