"""Calling another service in Nameko's protocol, with a deadline, a signature, and refusals by their codes."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import eventlet
from amqp.exceptions import MessageNacked
from kombu import Exchange, Queue
from nameko.amqp.publish import Publisher, UndeliverableMessage
from nameko.rpc import ReplyListener

from chassis.admission import ACTOR, CORRELATION_ID, DEADLINE
from chassis.intake import BROKER_AWAY, Intake
from chassis.process import Call, Process, process_of
from contracts import wire
from contracts.actor import sign
from contracts.calls import RPC_EXCHANGE, Method, dump, load
from contracts.errors import DeadlinePassed, ServiceAway, ServiceError, ServiceOverloaded

LEAST_SECONDS = 0.05
ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0}


class RemoteDefect(Exception):
    """The other service failed by a fault of its own."""


class Replies(ReplyListener):
    """Where answers come in: an exclusive classic queue, because a lost answer is asked for again."""

    queue_consumer = Intake()

    def setup(self) -> None:
        """Name the queue."""
        process = process_of(self.container.config)
        self.routing_key = process.new_id(process.watch.now())
        self.queue = Queue(
            f"rpc.reply-{self.container.service_name}-{self.routing_key}",
            exchange=Exchange(RPC_EXCHANGE, type="topic", durable=True),
            routing_key=self.routing_key,
            durable=False,
            exclusive=True,
            auto_delete=True,
            queue_arguments={"x-queue-type": "classic"},
        )
        self.queue_consumer.register_provider(self)

    def handle_unreadable(self, message: Any) -> None:
        """Drop it: the caller's time runs out and it asks again."""
        self.queue_consumer.ack_message(message)

    def forget(self, correlation_id: str) -> None:
        """Wait no more for an answer."""
        self._reply_events.pop(correlation_id, None)


class ByBroker:
    """Other services, over the broker; given to a process whose container listens for answers."""

    def __init__(self, process: Process, replies: Replies, amqp_uri: str) -> None:
        self._process = process
        self._replies = replies
        self._publisher = Publisher(amqp_uri, serializer=wire.NAME, mandatory=True, retry_policy=ONCE_MORE)

    def ask(self, method: Method, payload: Mapping[str, Any], call: Call) -> dict[str, Any]:
        """Call a method and return its loaded answer.

        Raises:
            ServiceError: it refuses, is away or overloaded, or the caller's own time is up.
            RemoteDefect: it failed by a fault of its own.
        """
        seconds = self._seconds(method, call)
        body = wire.loads(wire.dumps(dump(method.command, payload)))
        question = self._process.new_id(self._process.watch.now())
        answered = self._replies.get_reply_event(question)
        try:
            self._publish(method, body, self._headers(method, body, call, seconds), question, seconds)
            with eventlet.Timeout(seconds, False):
                return load(method.answer, _result(answered.wait()))
            raise ServiceAway
        finally:
            self._replies.forget(question)

    def _seconds(self, method: Method, call: Call) -> float:
        left = call.seconds_left(self._process.watch.now())
        seconds = method.timeout if left is None else min(method.timeout, left)
        if seconds < LEAST_SECONDS:
            raise DeadlinePassed
        return seconds

    def _headers(self, method: Method, body: Any, call: Call, seconds: float) -> dict[str, Any]:
        now = self._process.watch.now()
        issuer = self._process.keys.issuer(self._process.service)
        token = sign(call.actor, issuer, call=method.key, body_digest=wire.digest(body), now=now)
        deadline = int((now + timedelta(seconds=seconds)).timestamp() * 1000)
        values = {ACTOR: token, CORRELATION_ID: call.correlation_id, DEADLINE: deadline}
        return {f"nameko.{name}": value for name, value in values.items()}

    def _publish(
        self, method: Method, body: Any, headers: dict[str, Any], question: str, seconds: float
    ) -> None:
        try:
            self._publisher.publish(
                {"args": [body], "kwargs": {}},
                exchange=RPC_EXCHANGE,
                routing_key=method.key,
                headers=headers,
                correlation_id=question,
                reply_to=self._replies.routing_key,
                expiration=seconds,
            )
        except MessageNacked:
            raise ServiceOverloaded from None
        except (UndeliverableMessage, *BROKER_AWAY):
            raise ServiceAway from None


def _result(reply: Mapping[str, Any]) -> Any:
    """Return the result of a reply.

    Raises:
        ServiceError: the refusal that it carries.
        RemoteDefect: it carries anything else.
    """
    error = reply.get("error")
    if not error:
        return reply["result"]
    try:
        refusal = ServiceError.from_wire(json.loads(error["exc_args"][0]))
    except (KeyError, IndexError, TypeError, ValueError):
        raise RemoteDefect(str(error.get("exc_type"))) from None
    raise refusal
