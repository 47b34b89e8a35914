"""Ports on the loopback address."""

import random
import socket
from contextlib import closing
from itertools import islice

LOOPBACK = "127.0.0.1"
TIMEOUT_SECONDS = 2
OURS = range(10_000, 30_000)
"""Below the ports of outgoing connections, so that what starts again finds its port still free."""


def is_free(port: int) -> bool:
    """Tell whether a server could listen on the port now."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> tuple[int, ...]:
    """Return that many different ports on which nobody listens now."""
    ports = (port for port in random.sample(OURS, len(OURS)) if is_free(port))
    return tuple(islice(ports, count))


def answers(port: int, greeting: bytes, expected: bytes, *, host: str = LOOPBACK) -> bool:
    """Send a greeting to a server and tell whether its reply begins as expected."""
    try:
        with closing(socket.create_connection((host, port), TIMEOUT_SECONDS)) as connection:
            connection.sendall(greeting)
            return connection.recv(len(expected)) == expected
    except OSError:
        return False
