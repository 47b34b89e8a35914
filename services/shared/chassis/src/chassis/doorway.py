"""Where calls come in: one queue a service, in Nameko's own protocol."""

from functools import partial
from typing import Any

from nameko.amqp.publish import Publisher
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.exceptions import ContainerBeingKilled, serialize
from nameko.rpc import Rpc, RpcConsumer

from chassis.admission import admit
from chassis.intake import BROKER_AWAY, Intake
from chassis.logs import fault_of, logger
from chassis.metrics import CALLS
from chassis.observing import Refused
from chassis.process import CALL, process_of
from contracts import wire
from contracts.calls import RPC_EXCHANGE, Method
from contracts.errors import InvalidPayload, ServiceError


class Doorman(RpcConsumer):
    """Finds the method that a call names, and answers what cannot reach one."""

    queue_consumer = Intake()

    def handle_message(self, body: Any, message: Any) -> None:
        """Take a call; one that names nobody to answer to is dropped, because its answer could not leave."""
        if not message.properties.get("reply_to"):
            logger().warning("dropped", reason="no reply_to")
            self.queue_consumer.ack_message(message)
            return
        super().handle_message(body, message)

    def handle_unreadable(self, message: Any) -> None:
        """Answer a call whose bytes cannot be read."""
        reply_to = message.properties.get("reply_to")
        if reply_to:
            error = Refused(InvalidPayload.of(_="UNREADABLE"))
            Publisher(self.container.config[AMQP_URI_CONFIG_KEY]).publish(
                {"result": None, "error": serialize(error)},
                serializer=wire.NAME,
                exchange=RPC_EXCHANGE,
                routing_key=reply_to,
                correlation_id=message.properties.get("correlation_id"),
            )
        self.queue_consumer.ack_message(message)


class Doorway(Rpc):
    """One method of the contracts, open to callers who may call it."""

    rpc_consumer = Doorman()

    def __init__(self, method: Method) -> None:
        super().__init__(expected_exceptions=Refused)
        self.method = method

    def handle_message(self, body: Any, message: Any) -> None:
        """Admit a call and let a worker answer it.

        Raises:
            Refused: it may not come in; Nameko answers so.
        """
        try:
            payload = _payload(body)
            call = admit(
                process_of(self.container.config), self.method, payload, self.unpack_message_headers(message)
            )
        except ServiceError as error:
            CALLS.labels(self.method.key, error.code).inc()
            logger().warning("not admitted", what=self.method.key, code=error.code)
            raise Refused(error) from None
        try:
            self.container.spawn_worker(
                self,
                (payload,),
                {},
                context_data={CALL: call},
                handle_result=partial(self.handle_result, message),
            )
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)

    def handle_result(self, message: Any, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Answer, and only then acknowledge the call.

        An answer that cannot leave gives the call back to the broker: whoever takes it next repeats the work
        by the same ids, and answers. Nameko would end the process.
        """
        try:
            return super().handle_result(message, worker_ctx, result, exc_info)
        except BROKER_AWAY as error:
            logger().error("answer lost", what=self.method.key, fault=fault_of(error))
            self.rpc_consumer.requeue_message(message)
            return result, exc_info


def _payload(body: Any) -> Any:
    """Return the one argument of a call: Nameko's form is `{"args": [payload], "kwargs": {}}`."""
    if isinstance(body, dict) and isinstance(body.get("args"), list) and len(body["args"]) == 1:
        return body["args"][0]
    raise InvalidPayload.of(_="UNREADABLE")
