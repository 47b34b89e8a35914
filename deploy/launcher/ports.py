"""Ports on the loopback address."""

import socket
from contextlib import closing

LOOPBACK = "127.0.0.1"
TIMEOUT_SECONDS = 2


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
    probes = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return tuple(probe.getsockname()[1] for probe in probes)
    finally:
        for probe in probes:
            probe.close()


def answers(port: int, greeting: bytes, expected: bytes, *, host: str = LOOPBACK) -> bool:
    """Send a greeting to a server and tell whether its reply begins as expected."""
    try:
        with closing(socket.create_connection((host, port), TIMEOUT_SECONDS)) as connection:
            connection.sendall(greeting)
            return connection.recv(len(expected)) == expected
    except OSError:
        return False
