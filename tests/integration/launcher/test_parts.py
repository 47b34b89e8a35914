"""The parts as the launcher and the tests start them: private, on loopback, and able to come back."""

import subprocess
import sysconfig
from pathlib import Path
from urllib.parse import urlsplit

import kombu
import psycopg2
import pytest

from launcher import database
from launcher.ports import free_ports
from tests.support.parts import BrokerForTests, LocalBroker, PostgresServer


def connect(url: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(url.replace("+psycopg2", ""))


def execute(url: str, statement: str) -> None:
    connection = connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


class TestServiceDatabase:
    def test_the_owner_makes_tables_and_the_runtime_role_may_not(self, postgres_server: PostgresServer):
        urls = postgres_server.create_service_database("transactions")

        execute(urls.owner, "CREATE TABLE entries (id int)")

        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            execute(urls.runtime, "CREATE TABLE intruders (id int)")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            execute(urls.runtime, "SELECT id FROM entries")

    def test_a_service_cannot_enter_the_database_of_another(self, postgres_server: PostgresServer):
        accounts = postgres_server.create_service_database("accounts")
        identity = postgres_server.create_service_database("identity")
        foreign = urlsplit(accounts.runtime)._replace(path=urlsplit(identity.runtime).path).geturl()

        with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
            connect(foreign)

    def test_a_copy_has_the_tables_of_its_model(self, postgres_server: PostgresServer):
        model = postgres_server.create_service_database("accounts")
        execute(model.owner, "CREATE TABLE samities (id int); GRANT SELECT ON samities TO accounts")

        copy = postgres_server.create_service_database("accounts", like=model)

        execute(copy.runtime, "SELECT id FROM samities")

    def test_a_password_is_asked_for_even_on_loopback(self, postgres_server: PostgresServer):
        urls = postgres_server.create_service_database("identity")
        parts = urlsplit(urls.runtime)
        without = parts._replace(netloc=f"identity:wrong@{parts.hostname}:{parts.port}").geturl()

        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            connect(without)


class TestBroker:
    def test_a_queue_that_asks_for_nothing_is_a_quorum_queue(self, broker: BrokerForTests):
        with kombu.Connection(broker.fresh_vhost()) as connection:
            channel = connection.channel()
            channel.queue_declare("rpc-transactions", durable=True, auto_delete=False)

            with pytest.raises(connection.channel_errors, match="current is 'quorum'"):
                channel.queue_declare(
                    "rpc-transactions", durable=True, auto_delete=False, arguments={"x-queue-type": "classic"}
                )

    def test_a_message_that_is_never_acknowledged_ends_in_the_dead_queue(self, broker: BrokerForTests):
        with kombu.Connection(broker.fresh_vhost()) as connection:
            channel = connection.channel()
            channel.queue_declare("evt-a-b--c.d", durable=True, auto_delete=False)
            kombu.Producer(channel).publish({"fact": 1}, routing_key="evt-a-b--c.d", delivery_mode=2)

            runs = _reject_until_gone(connection, "evt-a-b--c.d")
            dead = connection.SimpleQueue("mikrof.dead", queue_opts={"no_declare": True})

            assert runs == 6
            assert dead.get(timeout=10).payload == {"fact": 1}
            dead.close()

    def test_two_virtual_hosts_know_nothing_of_each_other(self, broker: BrokerForTests):
        first, second = broker.fresh_vhost(), broker.fresh_vhost()
        with kombu.Connection(first) as connection:
            connection.channel().queue_declare("rpc-accounts", durable=True, auto_delete=False)

        with (
            kombu.Connection(second) as connection,
            pytest.raises(connection.channel_errors, match="no queue 'rpc-accounts'"),
        ):
            connection.channel().queue_declare("rpc-accounts", passive=True)

    def test_confirmed_messages_outlive_a_power_cut(self, broker: BrokerForTests):
        uri = broker.fresh_vhost()
        with kombu.Connection(uri, transport_options={"confirm_publish": True}) as connection:
            connection.channel().queue_declare("rpc-identity", durable=True, auto_delete=False)
            kombu.Producer(connection).publish({"kept": True}, routing_key="rpc-identity", delivery_mode=2)

        broker.kill()
        broker.start()

        with kombu.Connection(uri) as connection:
            queue = connection.SimpleQueue("rpc-identity", queue_opts={"no_declare": True})
            assert queue.get(timeout=10).payload == {"kept": True}
            queue.close()

    def test_nothing_listens_beyond_loopback(self, broker: BrokerForTests):
        if not isinstance(broker, LocalBroker):
            pytest.skip("only a node of our own is started by us")
        ports = {broker.node.port, broker.node.distribution_port, broker.node.epmd_port}

        addresses = {address for address, port in _listeners() if port in ports}

        assert addresses <= {"127.0.0.1", "::1"}


def _reject_until_gone(connection: kombu.Connection, name: str) -> int:
    runs = 0
    queue = connection.SimpleQueue(name, queue_opts={"no_declare": True})
    while True:
        try:
            queue.get(timeout=2).requeue()
        except queue.Empty:
            queue.close()
            return runs
        runs += 1


def _listeners() -> set[tuple[str, int]]:
    lines = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout.splitlines()
    ends = (line.split()[3].rpartition(":") for line in lines)
    return {(address.strip("[]"), int(port)) for address, _, port in ends}


def test_no_secret_stands_in_a_process_list(postgres_server: PostgresServer, broker: BrokerForTests):
    secrets = {postgres_server.server.password}
    if isinstance(broker, LocalBroker):
        secrets.add(broker.node.password)

    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _is_readable(path)]

    assert not [secret for secret in secrets if any(secret.encode() in command for command in commands)]


def _is_readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def test_the_database_runs_below_a_folder_that_is_closed_to_others(tmp_path: Path):
    tmp_path.chmod(0o700)
    embedded = database.Postgres(
        binaries=database.find_binaries(Path(sysconfig.get_path("purelib"))),
        folder=tmp_path / "data",
        log=tmp_path / "database.log",
        server=database.DatabaseServer(
            host="127.0.0.1", port=free_ports(1)[0], user="postgres", password="made-for-this-test"
        ),
        settings=database.UNSYNCED,
    )
    try:
        embedded.start()
        assert embedded.is_running
    finally:
        embedded.stop()

    assert tmp_path.stat().st_mode & 0o777 == 0o700
