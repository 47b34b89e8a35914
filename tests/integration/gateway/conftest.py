"""A broker's virtual host, a client on it, and services that answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contracts.identity import SESSION_REVOKED
from gateway.backends import Patience, RpcClient, open_client
from tests.support.echo import Answering, EchoService, echo
from tests.support.parts import BrokerForTests

SHORT = Patience(reconnection=0.5, confirmation=2.0, silence=0.5, place=0.2)


class Listening:
    """Remembers what an audience is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.attended = 0
        self.lost = 0

    def hear(self, event: str, data: dict[str, Any]) -> None:
        self.heard.append((event, data))

    def attend(self) -> None:
        self.attended += 1

    def lose(self) -> None:
        self.lost += 1


@pytest.fixture
def amqp_uri(broker: BrokerForTests) -> str:
    return broker.fresh_vhost()


@pytest.fixture
def audience() -> Listening:
    return Listening()


@pytest.fixture
def client(amqp_uri: str, audience: Listening) -> Iterator[RpcClient]:
    made = open_client(amqp_uri, audience, (SESSION_REVOKED,), places=32, patience=SHORT)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def serving(amqp_uri: str) -> Iterator[Callable[..., EchoService]]:
    services: list[EchoService] = []

    def serve(name: str = "echo", answering: Answering = echo) -> EchoService:
        services.append(EchoService(amqp_uri, name, answering).start())
        return services[-1]

    yield serve
    for service in services:
        service.stop()
