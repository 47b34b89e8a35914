"""Databases of services, migrated once a session and copied for each test that wants a fresh one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chassis.migrate import migrate

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

_templates: dict[tuple[int, str], "DatabaseUrls"] = {}


def migrated(server: "PostgresServer", service: str) -> "DatabaseUrls":
    """Return the session's template of a service's database: migrated, granted, empty, never written to."""
    key = (id(server), service)
    if key not in _templates:
        urls = server.create_service_database(service)
        migrate(service, urls.owner)
        _templates[key] = urls
    return _templates[key]


@contextmanager
def fresh_database(
    server: "PostgresServer", service: str, *, template: Callable[..., "DatabaseUrls"] = migrated
) -> Iterator["DatabaseUrls"]:
    """Copy a service's migrated database (50 ms) and drop the copy at the end."""
    urls = server.create_service_database(service, like=template(server, service))
    try:
        yield urls
    finally:
        server.drop(urls)
