"""A database as its superuser sees it, for tests of what other tests stand on."""

from __future__ import annotations

import re
import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import psycopg2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import cursor

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

NOT_THE_SAME_TWICE = re.compile(r"^\\(un)?restrict .*\n", re.MULTILINE)


@contextmanager
def asking(server: PostgresServer, urls: DatabaseUrls) -> Iterator[cursor]:
    """A superuser's cursor, whom triggers do not stop."""
    with closing(psycopg2.connect(server.address_of(urls))) as opened:
        opened.autocommit = True
        with opened.cursor() as asked:
            asked.execute("SET session_replication_role = replica")
            yield asked


def dump_of(server: PostgresServer, urls: DatabaseUrls) -> str:
    """What PostgreSQL's own program tells of a database: tables, triggers, rights, rows, sequences."""
    command = (str(server.binaries / "pg_dump"), server.address_of(urls))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return NOT_THE_SAME_TWICE.sub("", done.stdout)
