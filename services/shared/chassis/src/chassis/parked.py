"""`python -m chassis.parked <service> list|show|replay`: what could not be handled, for an operator."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from environs import Env

from chassis import tables
from chassis.clock import SystemWatch
from chassis.config import spell_driver
from chassis.database import Database
from chassis.replays import hear_again


def list_parked(database: Database) -> Sequence[dict[str, Any]]:
    """Return what waits or is parked, oldest first, without bodies."""
    table = tables.parked
    wanted = sa.select(
        table.c.consumer, table.c.event_id, table.c.state, table.c.attempts, table.c.fault, table.c.first_at
    )
    with database.transaction() as session:
        rows = session.execute(wanted.where(table.c.state != "done").order_by(table.c.first_at)).mappings()
        return [dict(row) for row in rows]


def show(database: Database, event_id: str) -> Sequence[dict[str, Any]]:
    """Return everything about an event, a row for each consumer that failed; secrets in it are sealed."""
    table = tables.parked
    with database.transaction() as session:
        rows = session.execute(sa.select(table).where(table.c.event_id == event_id)).mappings()
        return [dict(row) for row in rows]


def replay(database: Database, event_id: str, *, by: tuple[str, str], reason: str, now: datetime) -> int:
    """Let an event be tried again by the running service, and record the two who wanted it (P7).

    It is for the hour in which the portal does not answer; else `propose_replay` and `decide_replay` are.

    Returns:
        How many consumers will; none where it is not parked or is older than 35 days, because its inbox
        row may be gone by then (mechanics T4).
    """
    with database.transaction() as session:
        count = hear_again(session, event_id, now=now)
        if count:
            session.execute(sa.insert(tables.audit).values(_audit(event_id, by, reason, now)))
    return count


def _audit(event_id: str, by: tuple[str, str], reason: str, now: datetime) -> dict[str, Any]:
    asked_by, agreed_by = by
    return {
        "at": now,
        "actor_id": agreed_by,
        "actor_kind": "operator",
        "vouched_by": "operator",
        "deed": "replay_parked",
        "subject_kind": "event",
        "subject_id": event_id,
        "facts": {"reason": reason, "asked_by": asked_by},
        "correlation_id": event_id,
    }


def main() -> None:
    """Run the command on the database that MIKROF_SERVICE_DATABASE_URL names."""
    parser = argparse.ArgumentParser(prog="python -m chassis.parked", description=__doc__)
    parser.add_argument("service")
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("list")
    deeds.add_parser("show").add_argument("event_id")
    again = deeds.add_parser("replay")
    again.add_argument("event_id")
    again.add_argument("--by", required=True, help="who wants it")
    again.add_argument("--agreed-by", required=True, help="the second person, who agrees")
    again.add_argument("--reason", required=True)
    arguments = parser.parse_args()
    env = Env(prefix="MIKROF_")
    database = Database(spell_driver(env.str("SERVICE_DATABASE_URL")), connections=1)
    if arguments.deed == "replay":
        if arguments.by == arguments.agreed_by:
            parser.error("two people replay a message")
        watch = SystemWatch(ZoneInfo(env.str("TIME_ZONE", "Asia/Dhaka")))
        people = (arguments.by, arguments.agreed_by)
        count = replay(database, arguments.event_id, by=people, reason=arguments.reason, now=watch.now())
        _say([{"replayed": count}])
        raise SystemExit(0 if count else 1)
    _say(list_parked(database) if arguments.deed == "list" else show(database, arguments.event_id))


def _say(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        sys.stdout.write("  ".join(f"{name}={value}" for name, value in row.items()) + "\n")


if __name__ == "__main__":
    main()
