"""Connections to the broker that leave no socket behind, however they fail to begin or to end."""

from collections.abc import Callable

from kombu import Connection
from kombu.transport import pyamqp


class _Whole(pyamqp.Connection):
    """A connection that is let go when its handshake or its good-bye fails, whatever the reason.

    The driver does so for failures of the network only: after a torn frame, as a broker sends it that is just
    going, the socket would stay open until the garbage is collected.
    """

    def connect(self, callback: Callable[[], object] | None = None) -> object:
        try:
            return super().connect(callback)
        except BaseException:
            self.collect()
            raise

    def close(self, *reason: object) -> object:
        try:
            return super().close(*reason)
        finally:
            self.collect()


class _Transport(pyamqp.Transport):
    Connection = _Whole


def open_connection(
    amqp_uri: str, *, seconds: float, heartbeat: float = 0, confirms: bool = False
) -> Connection:
    """Connect at once, without sleeping and trying again as kombu would.

    Args:
        amqp_uri: Where the broker is.
        seconds: How long the handshake may take.
        heartbeat: Seconds between signs of life; 0 for none.
        confirms: Whether the broker confirms what is published.

    Raises:
        AMQPError, KombuError, OSError: the broker does not let us in; nothing is left open.
    """
    connection = Connection(
        amqp_uri,
        connect_timeout=seconds,
        heartbeat=heartbeat,
        transport_options={"confirm_publish": confirms},
    )
    connection.transport_cls = _Transport
    try:
        return connection.ensure_connection(max_retries=0)
    except BaseException:
        connection.collect()  # without a word: who does not answer would not answer a good-bye either
        raise
