"""Day-ends of many branches at once: asked for as managers do, done by one batch process or by two."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.bulk import LINES_A_DAY
from bench.figures import Figure
from bench.interest import BATCH, books_of, wait
from contracts.actor import Actor
from transactions.operations.days import close_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.bulk import Bulk
    from bench.installation import Installation

AT_ONCE = 20
ALL = 1_000
COUNTED = """
WITH counted AS (
    INSERT INTO vault_counts
           (id, office_id, "on", moment, denominations, total, booked, counted_by, counted_at, fingerprint)
    SELECT gen_random_uuid(), accounts.office_id, %(on)s, moment, '{}', balance, balance, md5('one')::uuid,
           now(), 'bench'
      FROM accounts CROSS JOIN unnest(ARRAY['opening', 'closing']) AS moment
     WHERE accounts.ledger = '1110' AND accounts.office_id = ANY(%(offices)s::uuid[])
    RETURNING id
)
INSERT INTO vault_confirmations SELECT id, md5('other')::uuid, now() FROM counted
"""
CLOSED = "SELECT count(*) FROM closings WHERE finished_at IS NOT NULL AND office_id = ANY(%s::uuid[])"


def closings_of(installation: Installation, bulk: Bulk) -> list[Figure]:
    """Twenty branches by one batch process, twenty others by two."""
    figures = [day_ends(installation, bulk, first=1, processes=1)]
    with another_batch(installation):
        figures.append(day_ends(installation, bulk, first=1 + AT_ONCE, processes=2))
    return figures


def day_ends(installation: Installation, bulk: Bulk, *, first: int, processes: int) -> Figure:
    """How long the closing of twenty branches takes, from the first request to the last open next day."""
    offices = [bulk.office(number) for number in range(first, first + AT_ONCE)]
    ledger = installation.database("transactions")
    with ledger.cursor() as books:
        books.execute(COUNTED, {"on": bulk.on, "offices": offices})
    began = time.perf_counter()
    ask(installation, bulk, offices)
    wait(ledger, CLOSED, f"{{{','.join(offices)}}}", AT_ONCE)
    seconds = time.perf_counter() - began
    ledger.close()
    minutes = seconds / AT_ONCE * ALL / 60
    said = (
        f"{seconds:,.1f} s for {AT_ONCE} measured at {LINES_A_DAY} lines and 3,500 accounts,"
        f" {seconds / AT_ONCE:,.2f} s each"
    )
    return Figure(
        f"day-end of {ALL:,} branches by {('one batch process', 'two batch processes')[processes - 1]}",
        f"{minutes:,.1f} min ({said})",
    )


def ask(installation: Installation, bulk: Bulk, offices: list[str]) -> None:
    """Ask for every closing, each in a transaction of its own."""
    manager = Actor(person_id=str(uuid4()), kind="staff", role="branch_manager", office_path=bulk.path)
    with books_of(installation) as opening:
        for office_id in offices:
            with opening(actor=manager) as books:
                close_day(books, str(uuid4()), office_id, bulk.on)


@contextmanager
def another_batch(installation: Installation) -> Iterator[None]:
    """A second batch process beside the one that runs, told the same by its environment."""
    running = installation.process_of(BATCH)
    words = Path(f"/proc/{running}/environ").read_text(encoding="utf-8").split("\0")
    told = dict(word.split("=", 1) for word in words if "=" in word)
    told["MIKROF_HEALTH_PORT"] = "0"
    log = installation.places.logs / "another-batch.log"
    with log.open("w", encoding="utf-8") as written:
        second = subprocess.Popen(
            [str(installation.places.python), "-m", BATCH],
            env=os.environ | told,
            cwd=installation.places.root,
            stdout=written,
            stderr=written,
        )
        try:
            time.sleep(5)
            yield
        finally:
            second.terminate()
            second.wait(60)
