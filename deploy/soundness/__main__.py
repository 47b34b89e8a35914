"""Compare what two services keep of the same things, and look for what never arrived (mechanics S4).

`MIKROF_IDENTITY_URL`, `MIKROF_ACCOUNTS_URL` and so on name the databases. It reads, as the runtime roles, and
compares in the order of ids, so that a million members take no memory. A line a fault; status 1 where there
is any.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg2

from launcher.places import SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection

CHUNK = 5_000
OVERDUE = (
    "SELECT id::text, name FROM outbox WHERE sent_at IS NULL AND occurred_at < now() - interval '1 minute'"
)
PARKED = "SELECT event_id::text, state FROM parked WHERE state = 'parked'"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same things in two services: each question answers id and what is said of it, ordered by id."""

    code: str
    first: tuple[str, str]
    second: tuple[str, str]


PAIRS = (
    Pair(
        "OFFICE_IS_TOLD_OTHERWISE",
        ("identity", "SELECT id::text, path FROM offices ORDER BY id"),
        ("transactions", "SELECT id::text, path FROM offices ORDER BY id"),
    ),
    Pair(
        "SAMITY_IS_TOLD_OTHERWISE",
        ("accounts", "SELECT id::text, version::text FROM samities ORDER BY id"),
        ("transactions", "SELECT id::text, version::text FROM samities ORDER BY id"),
    ),
    Pair(
        "MEMBER_IS_TOLD_OTHERWISE",
        (
            "accounts",
            "SELECT id::text, status || ' ' || samity_id FROM members WHERE code IS NOT NULL ORDER BY id",
        ),
        (
            "transactions",
            "SELECT id::text, status || ' ' || samity_id FROM members WHERE code IS NOT NULL ORDER BY id",
        ),
    ),
    Pair(
        "SAVINGS_ARE_NOT_THE_AGREED_ONES",
        (
            "accounts",
            "SELECT id::text, member_id::text FROM savings_accounts WHERE status = 'open' ORDER BY id",
        ),
        (
            "transactions",
            """
            SELECT id::text, member_id::text FROM accounts
             WHERE member_id IS NOT NULL AND ledger LIKE '21%' AND NOT closed ORDER BY id
            """,
        ),
    ),
    Pair(
        "LOANS_ARE_NOT_THE_AGREED_ONES",
        ("accounts", "SELECT id::text, member_id::text FROM loans WHERE state = 'disbursed' ORDER BY id"),
        ("transactions", "SELECT id::text, member_id::text FROM loans WHERE status = 'running' ORDER BY id"),
    ),
)


def address(service: str) -> str:
    """The address of a service's database, as psycopg2 reads it."""
    return os.environ[f"MIKROF_{service.upper()}_URL"].replace("postgresql+psycopg2", "postgresql")


@contextmanager
def databases() -> Iterator[dict[str, connection]]:
    """All four, each as one moment sees it."""
    opened = {service: psycopg2.connect(address(service)) for service in SERVICES}
    try:
        for one in opened.values():
            one.set_session(isolation_level="REPEATABLE READ", readonly=True)
        yield opened
    finally:
        for one in opened.values():
            one.close()


def rows_of(database: connection, question: str) -> Iterator[tuple[str, str]]:
    """The answers of a question in their order, a chunk at a time."""
    with database.cursor(name=f"sound_{uuid4().hex}") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(question)
        yield from cursor


def differences(opened: dict[str, connection], pair: Pair) -> Iterator[str]:
    """What one of the two lacks, or says otherwise."""
    both = merge(*(rows_of(opened[service], question) for service, question in (pair.first, pair.second)))
    for thing, said in groupby(both, key=itemgetter(0)):
        words = [word for _, word in said]
        if len(words) != len((pair.first, pair.second)) or words[0] != words[1]:
            yield f"{pair.code} {thing}"


def undelivered(service: str, database: connection) -> Iterator[str]:
    """Events that were not told for a minute, or that wait for people."""
    for code, question in (("EVENT_NOT_TOLD", OVERDUE), ("EVENT_PARKED", PARKED)):
        yield from (f"{code} {service} {event}" for event, _ in rows_of(database, f"{question} LIMIT 100"))


def main() -> int:
    """Compare everything and tell what differs."""
    with databases() as opened:
        faults = [fault for pair in PAIRS for fault in differences(opened, pair)]
        faults += [fault for service, one in opened.items() for fault in undelivered(service, one)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(faults)} differences between the services\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
