"""A broker that goes while we come leaves no socket open with us: a warning of one fails the test."""

import gc
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from kombu.transport import pyamqp

from contracts.errors import ServiceAway
from gateway.backends import connections
from gateway.backends.connections import open_connection
from gateway.backends.publishers import BROKER_ERRORS, PublisherPool


def method(class_id: int, method_id: int, arguments: bytes = b"") -> bytes:
    """A method of AMQP 0-9-1 in a frame on channel 0."""
    payload = struct.pack(">HH", class_id, method_id) + arguments
    return struct.pack(">BHI", 1, 0, len(payload)) + payload + b"\xce"


def long(text: bytes) -> bytes:
    return struct.pack(">I", len(text)) + text


START = method(10, 10, b"\x00\x09" + long(b"") + long(b"PLAIN") + long(b"en_US"))
TUNE = method(10, 30, struct.pack(">HIH", 0, 131072, 0))
OPENED = method(10, 41, b"\x00")
UNKNOWN = method(77, 77)
TORN = struct.pack(">BHI", 1, 0, 0) + b"\x00"


@pytest.fixture
def broker() -> Iterator[Callable[..., str]]:
    """A broker that says so much, one word after each of ours, and goes; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threads = []

        def says(*words: bytes) -> str:
            threads.append(threading.Thread(target=_talk, args=(server, words), daemon=True))
            threads[-1].start()
            return f"amqp://guest:guest@127.0.0.1:{server.getsockname()[1]}//"

        yield says
        for thread in threads:
            thread.join(10)


def _talk(server: socket.socket, words: tuple[bytes, ...]) -> None:
    visitor, _ = server.accept()
    with visitor:
        for word in words:
            visitor.recv(4096)
            visitor.sendall(word)
        visitor.settimeout(0.5)  # two words of ours may have come as one: then nothing more comes
        with suppress(TimeoutError):
            visitor.recv(4096)


@pytest.mark.parametrize("words", [(UNKNOWN,), (TORN,), (START, UNKNOWN), (START, TUNE, TORN)])
def test_no_socket_is_left_of_a_handshake_that_fails(broker: Callable[..., str], words: tuple[bytes, ...]):
    with pytest.raises(BROKER_ERRORS):
        open_connection(broker(*words), seconds=2)

    gc.collect()


@pytest.mark.parametrize("words", [(), (UNKNOWN,), (TORN,), (TORN[:3],)])
def test_no_socket_is_left_of_a_good_bye_that_fails(broker: Callable[..., str], words: tuple[bytes, ...]):
    connection = open_connection(broker(START, TUNE, OPENED, *words), seconds=2)

    connection.release()
    del connection

    gc.collect()


def test_no_socket_is_left_of_a_publisher_whose_broker_goes_before_its_channel(broker: Callable[..., str]):
    pool = PublisherPool(broker(START, TUNE, OPENED))

    with pytest.raises(ServiceAway), pool.borrow():
        pass

    gc.collect()


def test_a_connection_is_kombus_own_so_that_queues_can_be_declared_on_its_channels():
    assert issubclass(connections._Whole.Channel, pyamqp.Channel)
