"""The one consumer connection of a process: calls, events and replies come in here."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from amqp.exceptions import AMQPError, MessageNacked
from kombu import serialization
from kombu.exceptions import KombuError
from nameko.extensions import ProviderCollector
from nameko.messaging import QueueConsumer

from chassis.logs import logger
from chassis.metrics import UNREADABLE
from chassis.process import process_of
from contracts import wire

BROKER_AWAY = (AMQPError, KombuError, OSError, MessageNacked)
"""What publishing raises when the broker is away or refuses."""

PAUSES = {"interval_start": 0.2, "interval_step": 0.3, "interval_max": 2.0}
"""Seconds between tries to reach the broker."""


def speak_plain_json() -> None:
    """Register the serializer of the house with kombu (mechanics T3)."""
    serialization.register(
        wire.NAME, wire.dumps, wire.loads, content_type=wire.CONTENT_TYPE, content_encoding=wire.ENCODING
    )


class Intake(QueueConsumer):
    """Nameko's consumer, except that bytes which cannot be read are answered or parked, and never logged."""

    def __init__(self) -> None:
        self._listening = False
        super().__init__()

    def setup(self) -> None:
        """Let the process's health be asked."""
        process_of(self.container.config).vitals.watch("broker", lambda: self._listening)

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        """Listening, after any (re)connection."""
        self._listening = True
        super().on_consume_ready(connection, channel, consumers, **kwargs)

    @contextmanager
    def extra_context(self, connection: Any, channel: Any) -> Iterator[None]:
        """Not listening any more, however the connection ended."""
        del connection, channel
        try:
            yield
        finally:
            self._listening = False

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Connect, for ever trying again; kombu's own pauses would grow to half a minute."""
        with self.create_connection() as connection:
            connection.ensure_connection(self.on_connection_error, **PAUSES)
            yield connection

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Say that the broker is away, without its address."""
        logger().warning("broker away", fault=type(exc).__name__, reason=f"next try in {interval} s")

    def unregister_provider(self, provider: object) -> None:
        """Let a provider go; while the broker is away there is no consumer to cancel first."""
        if self._listening:
            super().unregister_provider(provider)
        else:
            ProviderCollector.unregister_provider(self, provider)

    def stop(self) -> None:
        """Stop cleanly; while the broker is away there is nothing to wait for."""
        if self._listening:
            super().stop()
        else:
            self.kill()

    def kill(self) -> None:
        """End at once, even in the middle of trying to reach the broker."""
        self.should_stop = True
        if self._gt is not None:
            self._gt.kill()

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Iterable[Any]:
        """Make one consumer a provider; kombu calls it after each (re)connection."""
        del channel
        for provider in self._providers:
            consumer = consumer_cls(
                queues=[provider.queue],
                callbacks=[partial(self.handle_message, provider)],
                accept=self.accept,
                on_decode_error=partial(self.pass_unreadable, provider),
            )
            consumer.qos(prefetch_count=self.prefetch_count)
            self._consumers[provider] = consumer
        return self._consumers.values()

    def pass_unreadable(self, provider: Any, message: Any, error: Exception) -> None:
        """Let the provider deal with bytes that cannot be read; kombu's own way logs them."""
        UNREADABLE.labels(provider.queue.name).inc()
        logger().warning("unreadable", queue=provider.queue.name, fault=type(error).__name__)
        self.container.spawn_managed_thread(partial(provider.handle_unreadable, message))
