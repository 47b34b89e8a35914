"""Bringing a used database back to what its template holds, far quicker than copying the template again.

Rows and sequences are put back. A test that changed anything else (a table, a trigger, a right, a setting,
what the planner knows) is found by the versions of the catalog's rows, and its database is not used again.
They are read only where the server has counted a change in the catalog, or does not remember its count.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

OURS = 16384
"""From this object id on things were made by somebody; what is below came with the server."""
WITHOUT_ID = {
    "pg_attribute": "attrelid",
    "pg_index": "indexrelid",
    "pg_inherits": "inhrelid",
    "pg_partitioned_table": "partrelid",
    "pg_sequence": "seqrelid",
    "pg_statistic": "starelid",
    "pg_statistic_ext_data": "stxoid",
}
CATALOGS = """
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'oid'
    WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared
        AND relname <> 'pg_namespace'  -- whoever had a temporary table leaves one
    ORDER BY 1
"""
VERSIONS = "SELECT concat('{catalog} ', {id}, ' ', xmin) FROM {catalog} WHERE {id} >= {ours}"
BESIDES = """
    SELECT concat('size ', oid, ' ', relpages, ' ', reltuples) FROM pg_class WHERE oid >= {ours}
    UNION ALL SELECT concat('namespace ', oid, ' ', xmin) FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'
    UNION ALL SELECT concat('setting ', setrole, ' ', setconfig::text) FROM pg_db_role_setting
        WHERE setdatabase IN (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT (to_jsonb(d) - '{{datname,datfrozenxid,datminmxid}}'::text[])::text FROM pg_database AS d
        WHERE datname = current_database()
"""
COUNTED = """
    SELECT concat('written ', sum(
        pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid)
    )) FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared
    UNION ALL SELECT concat('since ', stats_reset) FROM pg_stat_database WHERE datname = current_database()
"""
"""A server that is killed forgets, and then knows of no beginning."""
SHAPE = "SELECT md5(string_agg(version, ' ' ORDER BY version)) FROM ({versions}) AS all_of_them (version)"
USED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm') AND pg_relation_size(oid) > 0
"""
SEQUENCES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'"


@dataclass(frozen=True)
class Content:
    """What a database holds.

    Attributes:
        shape: A digest of everything in it that is not rows or where sequences stand.
        rows: Those of each table that has any, as `COPY` tells them.
        sequences: Where each stands, and whether that number was given out.
    """

    shape: str
    rows: dict[str, str]
    sequences: dict[str, tuple[int, bool]]


def content_of(url: str) -> Content:
    """Read what a database holds that was just copied."""
    with closing(psycopg2.connect(url)) as opened, opened.cursor() as cursor:
        rows = {table: _rows(cursor, table) for table in _names(cursor, USED)}
        return Content(shape_of(cursor), rows, _sequences(cursor))


def bring_back(url: str, content: Content, count: str) -> str | None:
    """Make a database hold that again; returns how the new count stands, None where it is of no use.

    Args:
        url: The database, for a superuser: what is only ever added to is taken away here.
        content: What it held when it was new.
        count: How the count of changes stood when it was lent.
    """
    try:
        with closing(psycopg2.connect(url)) as opened, opened.cursor() as cursor:
            if count_of(cursor) != count and shape_of(cursor) != content.shape:
                return None
            tables = {table: content.rows.get(table, "") for table in _names(cursor, USED)}
            put_back(cursor, tables, content.sequences)
            opened.commit()
            return _begin_to_count(opened, cursor)
    except psycopg2.Error:
        return None


def begin_to_count(url: str) -> str:
    """Let a database's server count its changes from now on; returns how the count stands."""
    with closing(psycopg2.connect(url)) as opened, opened.cursor() as cursor:
        return _begin_to_count(opened, cursor)


def count_of(cursor: cursor) -> str:
    """Digest how often something besides rows and sequences was written since when, and how large all is."""
    cursor.execute(SHAPE.format(versions=f"{COUNTED} UNION ALL {BESIDES.format(ours=OURS)}"))
    return str(cursor.fetchone()[0])


def shape_of(cursor: cursor) -> str:
    """Digest everything that a database holds besides rows and where sequences stand."""
    catalogs = WITHOUT_ID | dict.fromkeys(_names(cursor, CATALOGS), "oid")
    versions = [VERSIONS.format(catalog=name, id=key, ours=OURS) for name, key in catalogs.items()]
    cursor.execute(SHAPE.format(versions=" UNION ALL ".join((*versions, BESIDES.format(ours=OURS)))))
    return str(cursor.fetchone()[0])


def _begin_to_count(opened: connection, cursor: cursor) -> str:
    cursor.execute("SELECT pg_stat_reset()")
    opened.commit()
    return count_of(cursor)


def put_back(cursor: cursor, rows: dict[str, str], sequences: dict[str, tuple[int, bool]]) -> None:
    """Let tables hold these rows, as `COPY` tells them, and no others; triggers are not asked."""
    cursor.execute("SET session_replication_role = replica")
    for table, wanted in rows.items():
        if wanted and _rows(cursor, table) == wanted:
            continue
        cursor.execute(sql.SQL("DELETE FROM ONLY {}").format(sql.Identifier(table)))
        if wanted:
            cursor.copy_expert(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table)), StringIO(wanted))
    for name, (last, is_called) in sequences.items():
        if _sequence(cursor, name) != (last, is_called):
            cursor.execute("SELECT setval(%s, %s, %s)", (f"public.{name}", last, is_called))


def _rows(cursor: cursor, table: str) -> str:
    text = StringIO()
    cursor.copy_expert(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table)), text)
    return text.getvalue()


def _names(cursor: cursor, question: str) -> list[str]:
    cursor.execute(question)
    return [name for (name,) in cursor.fetchall()]


def _sequences(cursor: cursor) -> dict[str, tuple[int, bool]]:
    return {name: _sequence(cursor, name) for name in _names(cursor, SEQUENCES)}


def _sequence(cursor: cursor, name: str) -> tuple[int, bool]:
    cursor.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name)))
    return cursor.fetchone()
