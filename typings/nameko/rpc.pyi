from typing import Any

from eventlet.event import Event
from nameko.extensions import Entrypoint, SharedExtension
from nameko.messaging import QueueConsumer

class RpcConsumer(SharedExtension):
    queue: Any
    queue_consumer: QueueConsumer
    def handle_message(self, body: Any, message: Any) -> None: ...
    def requeue_message(self, message: Any) -> None: ...

class Rpc(Entrypoint):
    rpc_consumer: RpcConsumer
    def handle_message(self, body: Any, message: Any) -> None: ...
    def handle_result(self, message: Any, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]: ...
    def unpack_message_headers(self, message: Any) -> dict[str, Any]: ...

class ReplyListener(SharedExtension):
    queue: Any
    queue_consumer: QueueConsumer
    routing_key: str
    _reply_events: dict[str, Event]
    def get_reply_event(self, correlation_id: str) -> Event: ...
