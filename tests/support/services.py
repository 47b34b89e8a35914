"""Databases of services, migrated once a session; each test gets a copy that holds what the template holds.

A copy goes from test to test, brought back in between (`tests.support.wiping`): making one costs ten times as
much. Each time it gets a new name, so that whoever still knows the old one meets nobody's database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg2

from chassis.migrate import migrate
from tests.support.wiping import Content, begin_to_count, bring_back, content_of

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

TESTS_OF_A_COPY = 40
"""Then it is dropped: deleted rows stay in its files, and scans would take longer and longer."""
_templates: dict[tuple[int, str], "DatabaseUrls"] = {}
_waiting: dict[tuple[int, str], list["Copy"]] = {}


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
    """Lend a database that holds what a template holds, nobody connected, nothing of another test in it."""
    like = template(server, service)
    waiting = _waiting.setdefault((id(server), like.owner), [])
    copy = waiting.pop() if waiting else Copy.of(server, service, like)
    try:
        yield copy.urls
    finally:
        if copy.come_back(server):
            waiting.append(copy)
        else:
            server.drop(copy.urls)


@dataclass
class Copy:
    """A copy of a template, what it held when it was new, and how the count of its changes stands."""

    urls: "DatabaseUrls"
    content: Content
    count: str
    tests: int = 0

    @classmethod
    def of(cls, server: "PostgresServer", service: str, template: "DatabaseUrls") -> "Copy":
        """Copy a template."""
        urls = server.create_service_database(service, like=template)
        address = server.address_of(urls)
        return cls(urls, content_of(address), begin_to_count(address))

    def come_back(self, server: "PostgresServer") -> bool:
        """Take it from the test that had it; tells whether another may have it."""
        self.tests += 1
        if self.tests >= TESTS_OF_A_COPY:
            return False
        try:
            self.urls = server.take_back(self.urls)
        except psycopg2.Error:
            return False
        count = bring_back(server.address_of(self.urls), self.content, self.count)
        self.count = count or ""
        return count is not None
