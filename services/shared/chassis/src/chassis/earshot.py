"""Where events come in: a queue for each event and hearing method; what fails is tried again, then parked."""

from functools import partial
from typing import Any

from nameko.exceptions import ContainerBeingKilled
from nameko.messaging import Consumer

from chassis.declare import event_queue
from chassis.intake import Intake
from chassis.parking import SecondHearing, park, reason_of
from chassis.process import CALL, Call, process_of
from contracts.calls import Event


class Earshot(Consumer):
    """One event, heard by one method."""

    queue_consumer = Intake()
    second_hearing = SecondHearing()

    def __init__(self, event: Event) -> None:
        super().__init__(queue=None, expected_exceptions=Exception)
        self.event = event

    @property
    def consumer(self) -> str:
        """`service.method`: who hears."""
        return f"{self.container.service_name}.{self.method_name}"

    def setup(self) -> None:
        """Name the queue and listen."""
        if self.consumer not in self.event.consumers:
            raise RuntimeError(f"{self.event.name} does not name {self.consumer} among its consumers")
        self.queue = event_queue(self.event, self.consumer)
        self.second_hearing.register(self)
        super().setup()

    def handle_message(self, body: Any, message: Any) -> None:
        """Let a worker handle an event; it is acknowledged in any case, but never before it is recorded."""
        try:
            self.work(body, partial(self._settle, message, body))
        except ContainerBeingKilled:
            self.queue_consumer.requeue_message(message)

    def handle_unreadable(self, message: Any) -> None:
        """Park bytes that cannot be read, as far as they are text."""
        raw = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        park(process_of(self.container.config), self.consumer, raw.decode("utf-8", "replace"), "Unreadable")
        self.queue_consumer.ack_message(message)

    def work(self, body: Any, handle_result: Any) -> None:
        """Spawn a worker for an envelope."""
        process = process_of(self.container.config)
        call = _call(process.own_call(), body)
        self.container.spawn_worker(
            self, (self.consumer, body), {}, context_data={CALL: call}, handle_result=handle_result
        )

    def _settle(
        self, message: Any, body: Any, worker_ctx: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        del worker_ctx
        if exc_info is not None:
            park(process_of(self.container.config), self.consumer, body, reason_of(exc_info[1]))
        self.queue_consumer.ack_message(message)
        return result, None


def _call(own: Call, body: Any) -> Call:
    """Return the service's own call, under the correlation id of the deed that the event tells."""
    told = body.get("correlation_id") if isinstance(body, dict) else None
    if not isinstance(told, str):
        return own
    return Call(actor=own.actor, issuer=own.issuer, correlation_id=told[:64])
