"""`python -m chassis.migrate <service> [--check]`: bring a database to the service's schema, as its owner.

The runtime role gets SELECT, INSERT, UPDATE and DELETE on ordinary tables, and only SELECT and INSERT on
those that the service's models list as APPEND_ONLY (mechanics D1).
"""

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from chassis import tables
from chassis.config import spell_driver

ORDINARY = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT"


def migrations_of(service: str) -> Path:
    """Return the folder of a service's migrations: beside its `src`, or where MIKROF_MIGRATIONS says."""
    given = os.environ.get("MIKROF_MIGRATIONS")
    if given:
        return Path(given) / "versions"
    spec = importlib.util.find_spec(service)
    if spec is None or spec.origin is None:
        raise SystemExit(f"there is no service called {service}")
    return Path(spec.origin).parents[2] / "migrations" / "versions"


def configuration(service: str, url: str) -> Config:
    """Return Alembic's configuration; the environment script is the chassis's own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    config.set_main_option("version_locations", str(migrations_of(service)))
    config.set_main_option("path_separator", "newline")
    config.attributes["url"] = spell_driver(url)
    return config


def migrate(service: str, owner_url: str) -> None:
    """Bring a database to the newest schema and grant the runtime role its rights.

    Args:
        service: Its name; the runtime role is called the same.
        owner_url: The database, for the owner.
    """
    command.upgrade(configuration(service, owner_url), "heads")
    engine = sa.create_engine(spell_driver(owner_url))
    with engine.begin() as connection:
        grant(connection, service, append_only(service))
    engine.dispose()


def append_only(service: str) -> tuple[str, ...]:
    """Return the tables on which the runtime role may only add."""
    models = importlib.import_module(f"{service}.models")
    return (*tables.APPEND_ONLY, *getattr(models, "APPEND_ONLY", ()))


def grant(connection: sa.Connection, role: str, only_append: Iterable[str]) -> None:
    """Grant the runtime role its rights on every table and sequence, and take back what it has beyond."""
    quote = connection.dialect.identifier_preparer.quote
    added = set(only_append)
    inspector = sa.inspect(connection)
    missing = added - set(inspector.get_table_names())
    if missing:
        raise SystemExit(f"append-only tables that do not exist: {', '.join(sorted(missing))}")
    partitions = partitions_of(connection)
    for name in inspector.get_table_names():
        connection.execute(sa.text(f"REVOKE ALL ON TABLE {quote(name)} FROM {quote(role)}"))
        if name in partitions:
            continue
        rights = "SELECT" if name == "alembic_version" else APPEND if name in added else ORDINARY
        connection.execute(sa.text(f"GRANT {rights} ON TABLE {quote(name)} TO {quote(role)}"))
    connection.execute(sa.text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}"))


def partitions_of(connection: sa.Connection) -> frozenset[str]:
    """Return the partitions of partitioned tables: they are reached through their parent, and only so."""
    return frozenset(
        connection.execute(sa.text("SELECT relname FROM pg_class WHERE relispartition")).scalars()
    )


def differences(service: str, owner_url: str) -> list[str]:
    """Return how the models differ from the migrated database; empty is as it should be."""
    metadata = importlib.import_module(f"{service}.models").metadata
    engine = sa.create_engine(spell_driver(owner_url))
    with engine.connect() as connection:
        partitions = partitions_of(connection)

        def is_table_of_models(_: object, name: str | None, kind: str, *__: object) -> bool:
            return kind != "table" or name not in partitions

        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": False,
                "include_object": is_table_of_models,
            },
        )
        found = [str(difference) for difference in compare_metadata(context, metadata)]
    engine.dispose()
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m chassis.migrate", description=__doc__)
    parser.add_argument("service")
    parser.add_argument("--check", action="store_true", help="compare models and database, change nothing")
    arguments = parser.parse_args()
    url = os.environ.get("MIKROF_DATABASE_OWNER_URL")
    if not url:
        raise SystemExit("MIKROF_DATABASE_OWNER_URL names no database")
    if not arguments.check:
        migrate(arguments.service, url)
        return
    found = differences(arguments.service, url)
    for difference in found:
        sys.stderr.write(f"{arguments.service}: {difference}\n")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
