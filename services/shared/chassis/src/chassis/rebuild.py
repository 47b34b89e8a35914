"""`python -m chassis.rebuild <service>`: let a service read again what it remembers of others (mechanics T4).

It only records a step of the kind `rebuild`; the service's batch process takes it at once: its
`@step(REBUILD)` asks the feeds of the others and remembers each state as if an event had told it.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from environs import Env

from chassis import tables
from chassis.clock import SystemWatch
from chassis.config import spell_driver
from chassis.database import Database
from chassis.ids import new_id
from chassis.injection import OtherService
from contracts.actor import Actor
from contracts.calls import Method
from contracts.registry import SERVICES

REBUILD = "rebuild"
PAGE = 100


def plan_rebuild(database: Database, service: str, *, step_id: str, now: datetime) -> None:
    """Record the step; asked for twice, it is done twice, and the second changes nothing."""
    row = {
        "id": step_id,
        "kind": REBUILD,
        "payload": {},
        "actor": Actor.of_service(service).to_plain(),
        "correlation_id": step_id,
        "state": "planned",
        "attempts": 0,
        "planned_at": now,
        "due_at": now,
    }
    with database.transaction() as session:
        session.execute(sa.insert(tables.steps).values(row))


def pages(other: OtherService, feed: Method) -> Iterator[list[dict[str, Any]]]:
    """Ask a feed of another service for one page after the other until its end."""
    after: str | None = None
    while True:
        page = other.ask(feed, {"after": after, "limit": PAGE})
        yield page["items"]
        after = page["next"]
        if after is None:
            return


def main() -> None:
    """Run the command on the database that MIKROF_SERVICE_DATABASE_URL names."""
    parser = argparse.ArgumentParser(prog="python -m chassis.rebuild", description=__doc__)
    parser.add_argument("service", choices=SERVICES)
    service = parser.parse_args().service
    env = Env(prefix="MIKROF_")
    database = Database(spell_driver(env.str("SERVICE_DATABASE_URL")), connections=1)
    now = SystemWatch(ZoneInfo(env.str("TIME_ZONE", "Asia/Dhaka"))).now()
    plan_rebuild(database, service, step_id=new_id(now), now=now)
    database.close()
    sys.stdout.write(f"The batch process of {service} reads the feeds again.\n")


if __name__ == "__main__":
    main()
