"""A database that goes from test to test brings nothing along, and goes no further once it was rebuilt."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg2
import pytest

from chassis.testing import harness_of
from demo.town import eventually
from tests.support import services
from tests.support.branch import found_branches
from tests.support.dumping import asking, dump_of
from tests.support.services import fresh_database, migrated
from tests.support.wiping import begin_to_count, count_of, shape_of
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from psycopg2.extensions import connection, cursor

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

IDENTITY = "SELECT oid FROM pg_database WHERE datname = current_database()"
THINGS = """
    CREATE TABLE people (name text);
    CREATE TABLE known (name text);
    CREATE TABLE tills (code int PRIMARY KEY, taka int DEFAULT 0) PARTITION BY LIST (code);
    CREATE TABLE till_1 PARTITION OF tills FOR VALUES IN (1);
    CREATE SEQUENCE numbers;
    CREATE FUNCTION one() RETURNS int RETURN 1;
    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER guard BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION stop();
"""
DEEDS = (
    "ALTER TABLE people ADD COLUMN more text",
    "ALTER TABLE people ALTER COLUMN name SET DEFAULT 'nobody'",
    "ALTER TABLE people DISABLE TRIGGER guard",
    "ALTER TABLE people ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE people SET (autovacuum_enabled = false)",
    "ALTER TABLE tills DETACH PARTITION till_1",
    "ALTER TABLE tills ALTER COLUMN taka SET DEFAULT 1",
    "ALTER TABLE tills ADD CONSTRAINT given CHECK (taka > 0)",
    "ALTER SEQUENCE numbers INCREMENT BY 2",
    "ALTER DATABASE {database} SET timezone TO 'Asia/Dhaka'",
    "ALTER DATABASE {database} CONNECTION LIMIT 3",
    "ALTER ROLE transactions IN DATABASE {database} SET work_mem TO '1MB'",
    "GRANT CREATE ON DATABASE {database} TO transactions",
    "GRANT DELETE ON people TO transactions",
    "REVOKE USAGE ON SCHEMA public FROM transactions",
    "ALTER DEFAULT PRIVILEGES GRANT DELETE ON TABLES TO transactions",
    "CREATE TABLE tills_2 PARTITION OF tills FOR VALUES IN (2)",
    "CREATE TABLE forgotten ()",
    "CREATE INDEX slow ON people (name)",
    "CREATE SCHEMA elsewhere",
    "CREATE TYPE color AS ENUM ('red')",
    "CREATE OR REPLACE FUNCTION one() RETURNS int RETURN 2",
    "CREATE VIEW all_people AS SELECT * FROM people",
    "CREATE RULE never AS ON INSERT TO people DO INSTEAD NOTHING",
    "TRUNCATE known",
    "INSERT INTO known VALUES ('Rahima'); ANALYZE known",
    "SELECT lo_create(0)",
    "DROP TRIGGER guard ON people",
    "DROP TABLE known",
    "ALTER TABLE people RENAME TO others",
)
"""What changes a database besides its rows, in an order in which all of it can be done."""
OFFICE = """
    INSERT INTO offices (id, code, level, path, name_bn, name_en, version)
    VALUES (%s, 'B001', 'branch', '/HO/B001/', 'শাখা', 'Branch', 1)
"""


def identity_of(server: PostgresServer, urls: DatabaseUrls) -> int:
    with asking(server, urls) as asked:
        asked.execute(IDENTITY)
        return int(asked.fetchone()[0])


def live(urls: DatabaseUrls, keys_folder: Path) -> None:
    """Two days of a branch: entries, seals, told events, planned steps, audit."""
    with harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness:
        here = found_branches(harness)[0]
        here.open_samity("Dormant", active=False)
        here.admit("Rahima", "Dormant")
        here.open_savings("Rahima")
        here.open_day()
        here.deposit("Rahima", "100.00")
        here.count_vault("closing", {"100": 1})
        here.close_day()
        here.deposit("Rahima", "50.00")


def spoil(asked: cursor) -> None:
    """What no service does: take away what came with the tables, draw numbers that nobody uses."""
    asked.execute("DELETE FROM class_rules")
    asked.execute("UPDATE alembic_version SET version_num = 'elsewhere'")
    asked.execute("SELECT nextval('outbox_number_seq') FROM generate_series(1, 7)")
    asked.execute(OFFICE, (str(uuid4()),))
    asked.execute(
        "SET lock_timeout = 1; SELECT pg_advisory_lock(7); LISTEN anything; CREATE TEMP TABLE mine ()"
    )


def test_what_comes_back_is_as_a_new_copy_of_the_template(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MIKROF_SEALS", str(tmp_path))
    template = migrated(postgres_server, "transactions")
    new = dump_of(postgres_server, template)
    with fresh_database(postgres_server, "transactions") as urls:
        first = identity_of(postgres_server, urls)
        live(urls, keys_folder)
        with asking(postgres_server, urls) as asked:
            spoil(asked)
        assert dump_of(postgres_server, urls) != new

    with fresh_database(postgres_server, "transactions") as urls:
        assert identity_of(postgres_server, urls) == first, "it was not lent again, so nothing is proved"
        assert dump_of(postgres_server, urls) == new
        with asking(postgres_server, urls) as asked:
            asked.execute("SELECT pg_try_advisory_lock(7), current_setting('lock_timeout')")
            assert asked.fetchone() == (True, "3s")


@pytest.fixture(scope="module")
def built(postgres_server: PostgresServer) -> Iterator[connection]:
    urls = postgres_server.create_service_database("transactions")
    with closing(psycopg2.connect(postgres_server.address_of(urls))) as opened:
        with opened.cursor() as asked:
            asked.execute(THINGS)
        opened.commit()
        yield opened
    postgres_server.drop(urls)


@pytest.fixture
def opened(built: connection) -> Iterator[connection]:
    yield built
    built.rollback()


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_is_built_is_seen(opened: connection, deed: str):
    with opened.cursor() as asked:
        before = shape_of(asked)
        asked.execute(deed.format(database=opened.info.dbname))
        assert shape_of(asked) != before


def test_whatever_is_built_is_counted(postgres_server: PostgresServer):
    urls = postgres_server.create_service_database("transactions")
    with asking(postgres_server, urls) as asked:
        asked.execute(THINGS)
    wait_until_left(postgres_server, urls)
    count = begin_to_count(postgres_server.address_of(urls))
    for deed in DEEDS:
        with asking(postgres_server, urls) as asked:
            assert count_of(asked) == count
            asked.execute(deed.format(database=asked.connection.info.dbname))
        wait_until_left(postgres_server, urls)
        with asking(postgres_server, urls) as asked:
            before, count = count, count_of(asked)
        assert count != before, deed
    postgres_server.drop(urls)


def test_a_server_that_was_killed_remembers_no_count(postgres_server: PostgresServer):
    with fresh_database(postgres_server, "transactions") as urls:
        rebuilt = identity_of(postgres_server, urls)
        with asking(postgres_server, urls) as asked:
            count = count_of(asked)
            asked.execute("ALTER TABLE postings DISABLE TRIGGER ALL")
        postgres_server.kill()
        postgres_server.start()
        with asking(postgres_server, urls) as asked:
            assert count_of(asked) != count

    with fresh_database(postgres_server, "transactions") as urls:
        assert identity_of(postgres_server, urls) != rebuilt


def wait_until_left(server: PostgresServer, urls: DatabaseUrls) -> None:
    """What somebody did is counted when he goes."""
    address, _, name = server.address_of(urls).rpartition("/")
    with closing(psycopg2.connect(f"{address}/postgres")) as opened:
        opened.autocommit = True
        with opened.cursor() as asked:
            eventually(lambda: nobody_is_in(asked, name))


def nobody_is_in(asked: cursor, name: str) -> bool:
    asked.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", (name,))
    return not asked.rowcount


def test_a_rebuilt_database_is_lent_to_nobody(postgres_server: PostgresServer):
    with fresh_database(postgres_server, "transactions") as urls:
        rebuilt = identity_of(postgres_server, urls)
        with asking(postgres_server, urls) as asked:
            asked.execute("ALTER TABLE postings DISABLE TRIGGER ALL")

    for _ in range(2):
        with fresh_database(postgres_server, "transactions") as urls:
            assert identity_of(postgres_server, urls) != rebuilt


def test_whoever_is_still_connected_has_to_go_and_does_not_find_it_again(postgres_server: PostgresServer):
    with fresh_database(postgres_server, "transactions") as urls:
        known = postgres_server.address_of(urls)
        left = psycopg2.connect(known)
        with left.cursor() as asked:
            asked.execute(OFFICE, (str(uuid4()),))

    with closing(left), pytest.raises(psycopg2.OperationalError), left.cursor() as asked:
        asked.execute("COMMIT")
    with fresh_database(postgres_server, "transactions") as urls, asking(postgres_server, urls) as asked:
        asked.execute("SELECT count(*) FROM offices")
        assert asked.fetchone() == (0,)
        with pytest.raises(psycopg2.OperationalError, match="does not exist"):
            psycopg2.connect(known)


def test_two_who_ask_at_once_get_two(postgres_server: PostgresServer):
    with (
        fresh_database(postgres_server, "transactions") as one,
        fresh_database(postgres_server, "transactions") as another,
    ):
        assert identity_of(postgres_server, one) != identity_of(postgres_server, another)


def test_a_copy_is_dropped_when_many_had_it(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "TESTS_OF_A_COPY", 3)
    had: Counter[int] = Counter()
    for _ in range(7):
        with fresh_database(postgres_server, "transactions") as urls:
            had[identity_of(postgres_server, urls)] += 1
    assert max(had.values()) == 3
