from collections.abc import Callable, Mapping, Sequence
from socket import socket
from types import TracebackType
from typing import Any, Self

from kombu.message import Message
from kombu.transport.pyamqp import Transport

class Declared:
    consumer_count: int
    message_count: int

class Channel:
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def queue_declare(self, queue: str, passive: bool = ...) -> Declared: ...
    def close(self) -> None: ...

class Link:
    sock: socket
    connected: bool
    def drain_events(self, timeout: float | None = ...) -> None: ...
    def heartbeat_tick(self, rate: int = ...) -> None: ...

class Connection:
    transport_cls: type[Transport]
    connection: Link
    connected: bool
    default_channel: Channel
    def __init__(
        self,
        hostname: str,
        *,
        heartbeat: float = ...,
        connect_timeout: float = ...,
        transport_options: Mapping[str, Any] | None = ...,
    ) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def ensure_connection(self, *, max_retries: int) -> Self: ...
    def connect(self) -> object: ...
    def channel(self) -> Channel: ...
    def drain_events(self, timeout: float | None = ...) -> None: ...
    def release(self) -> None: ...
    def collect(self) -> None: ...

class Exchange:
    name: str
    def __init__(self, name: str, type: str = ..., *, durable: bool = ...) -> None: ...  # noqa: A002 - kombu says so
    def __call__(self, channel: Channel) -> Self: ...
    def declare(self) -> object: ...

class binding:  # noqa: N801 - kombu says so
    def __init__(self, exchange: Exchange, routing_key: str) -> None: ...

class Queue:
    name: str
    def __init__(
        self,
        name: str,
        exchange: Exchange | None = ...,
        routing_key: str = ...,
        *,
        bindings: Sequence[binding] = ...,
        durable: bool = ...,
        exclusive: bool = ...,
        auto_delete: bool = ...,
        queue_arguments: Mapping[str, Any] | None = ...,
    ) -> None: ...
    def __call__(self, channel: Channel) -> Self: ...
    def declare(self) -> str: ...

class Consumer:
    def __init__(
        self,
        channel: Channel | Connection,
        *,
        queues: Sequence[Queue],
        no_ack: bool = ...,
        prefetch_count: int | None = ...,
        on_message: Callable[[Message], None] | None = ...,
    ) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def consume(self) -> None: ...

class Producer:
    def __init__(
        self,
        channel: Channel | Connection,
        *,
        serializer: str | None = ...,
        auto_declare: bool = ...,
        on_return: Callable[..., None] | None = ...,
    ) -> None: ...
    def publish(self, body: object, **options: Any) -> None: ...
