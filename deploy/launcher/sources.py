"""Where `up` gets its broker and its database: named, installed, in a container, or installed now."""

import os
from urllib.parse import urlsplit

from launcher import broker, database
from launcher.container import ContainerBroker, docker_answers
from launcher.failures import LauncherError
from launcher.house import Part
from launcher.places import SERVICES, Places
from launcher.ports import LOOPBACK, answers
from launcher.settings import Settings
from launcher.steps import Step
from launcher.tools import install_debian_package

BROKER_ADVICE = (
    "Install RabbitMQ (on Debian: apt-get install rabbitmq-server), or start a Docker engine, "
    "or name a broker by MIKROF_AMQP_URI=amqp://user:password@host:5672/vhost."
)


def choose_broker(places: Places, settings: Settings, step: Step) -> tuple[Part | None, str]:
    """Return the broker to start, if it is ours, and its address (issue 2, "Broker")."""
    given = os.environ.get("MIKROF_AMQP_URI")
    if given:
        step.result = "given by MIKROF_AMQP_URI"
        _greet(given)
        return None, given
    if not broker.is_installed() and docker_answers():
        step.result = "in a container"
        container = ContainerBroker(_node(places, settings))
        return container, container.node.uri()
    if not broker.is_installed():
        install_debian_package(places, "rabbitmq-server", otherwise=BROKER_ADVICE, say=step.say)
    step.result = "private node"
    local = broker.Broker(_node(places, settings))
    return local, local.node.uri()


def choose_database(
    places: Places, settings: Settings, step: Step
) -> tuple[Part | None, database.DatabaseServer]:
    """Return the server to start, if it is ours, and where it is."""
    given = os.environ.get("MIKROF_DATABASE_URL")
    if given:
        step.result = "given by MIKROF_DATABASE_URL"
        return None, database.DatabaseServer.from_url(given)
    step.result = "embedded PostgreSQL 18"
    server = database.DatabaseServer(
        host=LOOPBACK,
        port=settings.port("database"),
        user=database.SUPERUSER,
        password=settings.secret("database superuser"),
    )
    binaries = database.find_binaries(places.site_packages)
    log = places.logs / "database.log"
    return database.Postgres(binaries=binaries, folder=places.database, log=log, server=server), server


def make_service_databases(
    places: Places, settings: Settings, server: database.DatabaseServer
) -> dict[str, database.DatabaseUrls]:
    """Make what is missing of the four databases and their roles."""
    binaries = database.find_binaries(places.site_packages)
    wanted = [
        database.ServiceDatabase(
            service=service,
            database=service,
            owner_password=settings.secret(f"{service} owner"),
            runtime_password=settings.secret(service),
        )
        for service in SERVICES
    ]
    return {one.service: database.make_service_database(binaries, server, one) for one in wanted}


def _node(places: Places, settings: Settings) -> broker.BrokerNode:
    return broker.BrokerNode(
        folder=places.broker,
        log=places.logs / "broker.log",
        password=settings.secret("broker"),
        port=settings.port("broker"),
        distribution_port=settings.port("broker distribution"),
        epmd_port=settings.port("epmd"),
    )


def _greet(uri: str) -> None:
    parts = urlsplit(uri)
    address = (parts.hostname or LOOPBACK, parts.port or 5672)
    if not answers(address[1], broker.AMQP_GREETING, broker.AMQP_ANSWER, host=address[0]):
        raise LauncherError(f"No broker answers at {address[0]}:{address[1]} (MIKROF_AMQP_URI).")
