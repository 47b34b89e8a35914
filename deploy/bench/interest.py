"""Interest and the look for dormant members over many savings accounts, branch by branch.

Asked for as staff do and done by the batch process; only the accounts are made at once, in the tables.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bench.books import only
from bench.figures import Figure, below
from chassis.clock import SystemWatch, today
from chassis.config import spell_driver
from chassis.database import Database
from chassis.ids import new_id
from chassis.process import Process
from chassis.work import Opening
from contracts.actor import Actor
from contracts.keys import Keyring
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from transactions.domain.days import first_of_month
from transactions.domain.savings.runs import InterestRun
from transactions.operations.interest import run_interest
from transactions.repository import Books

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection

    from bench.installation import Installation

EACH = 2_000
"""Savings accounts of a branch."""
MONTHS = 6
"""For how many months each was paid into, once a month."""
MEMORY_GOAL_MIB = 300
LONGEST_SECONDS = 7_200
BATCH = "transactions.batch"
PLACE = "/SAVED/"
TERMS = """{"version": 1, "product_code": "GS", "product_name_bn": "সঞ্চয়", "product_name_en": "Savings",
 "floor": "0.00", "annual_rate_bps": 600, "sex": "female",
 "interest_posting_months": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}"""

WITHOUT_TRIGGERS = "SET session_replication_role = replica"
ROOM = "SELECT make_posting_partitions(%(first)s, %(today)s)"
BRANCHES = """
INSERT INTO offices (id, code, level, parent_id, path, name_bn, name_en, version)
SELECT md5('saved office' || n)::uuid, 'Y' || lpad(n::text, 4, '0'), 'branch', NULL,
       %(place)s || 'Y' || lpad(n::text, 4, '0') || '/', 'বেঞ্চ শাখা', 'Bench branch', 1
FROM generate_series(0, %(branches)s - 1) AS n
"""
DAYS = """
INSERT INTO days (office_id, "on", status, opened_by, opened_at)
SELECT md5('saved office' || n)::uuid, %(today)s, 'open', md5('nobody')::uuid, now()
FROM generate_series(0, %(branches)s - 1) AS n
"""
SAVED = """
CREATE TEMPORARY TABLE saved AS
SELECT n, md5('saved account' || n)::uuid AS id, md5('saved office' || n / %(each)s)::uuid AS office_id,
       1 + n %% %(each)s AS number, (100 + n %% 900) * 100 AS amount
FROM generate_series(0, %(accounts)s - 1) AS n
"""
ACCOUNTS = """
INSERT INTO accounts (id, office_id, ledger, code, member_id, grows_on, floor, credits, sequence,
                      terms_version, opened_on, opened_at)
SELECT id, office_id, '2110', 'SAVED.' || n, md5('saved member' || n)::uuid, 'credit', 0,
       amount * %(months)s, %(months)s, 1, %(first)s, now()
FROM saved
"""
AGREED = "INSERT INTO account_terms SELECT id, 1, CAST(%(terms)s AS jsonb), now() FROM saved"
VAULTS = """
INSERT INTO accounts (id, office_id, ledger, grows_on, floor, debits, sequence, opened_at)
SELECT md5('vault' || office_id)::uuid, office_id, '1110', 'debit', 0, sum(amount) * %(months)s, %(months)s,
       now()
FROM saved GROUP BY office_id
"""
ENTRIES = """
INSERT INTO entries (id, office_id, business_on, value_on, kind, maker_id, lines, recorded_at)
SELECT md5('saved' || office_id || "on")::uuid, office_id, "on", "on", 'collection', md5('nobody')::uuid,
       count(*) + 1, now()
FROM saved, unnest(%(paid_on)s) AS "on" GROUP BY office_id, "on"
"""
CREDITS = """
INSERT INTO postings (business_on, entry_id, number, account_id, side, amount, sequence, balance_after,
                      value_on, row_id)
SELECT "on", md5('saved' || office_id || "on")::uuid, number, id, 'credit', amount, place, amount * place,
       "on", md5('saved row' || n || "on")::uuid
FROM saved, unnest(%(paid_on)s) WITH ORDINALITY AS paid("on", place)
"""
DEBITS = """
INSERT INTO postings (business_on, entry_id, number, account_id, side, amount, sequence, balance_after,
                      value_on)
SELECT "on", md5('saved' || office_id || "on")::uuid, count(*) + 1, md5('vault' || office_id)::uuid, 'debit',
       sum(amount), place, sum(amount) * place, "on"
FROM saved, unnest(%(paid_on)s) WITH ORDINALITY AS paid("on", place) GROUP BY office_id, "on", place
"""
FINISHED = "SELECT count(*) FROM interest_runs WHERE kind = %s AND finished_at IS NOT NULL"
MAKE = (
    WITHOUT_TRIGGERS,
    ROOM,
    BRANCHES,
    DAYS,
    SAVED,
    ACCOUNTS,
    AGREED,
    VAULTS,
    ENTRIES,
    CREDITS,
    DEBITS,
)


def savings_of(installation: Installation, accounts: int) -> list[Figure]:
    """How long a month's provision, its posting and the look for dormant members take."""
    ledger = installation.database("transactions")
    on = today(SystemWatch(ZoneInfo("Asia/Dhaka")))
    branches = -(-accounts // EACH)
    make(installation, accounts, branches, on)
    figures = [runs(installation, ledger, kind, first_of_month(on, -1)) for kind in InterestRunKind]
    peak = peak_mib(installation)
    return [
        *figures,
        below("memory of the batch process after interest, its peak", peak, MEMORY_GOAL_MIB, "MiB"),
        dormancy(installation, ledger, branches),
    ]


def make(installation: Installation, accounts: int, branches: int, on: date, place: str = PLACE) -> None:
    """Put the accounts, and what was paid into them, into the tables; the branches lie under a place."""
    facts = {
        "accounts": accounts,
        "branches": branches,
        "each": -(-accounts // branches),
        "months": MONTHS,
        "place": place,
        "today": on,
        "first": first_of_month(on, -MONTHS),
        "paid_on": [first_of_month(on, month) + timedelta(days=6) for month in range(-MONTHS, 0)],
        "terms": TERMS,
    }
    filler = installation.database("transactions")
    with filler.cursor() as books:
        for statement in MAKE:
            books.execute(statement, facts)
        books.execute("ANALYZE")
    filler.close()


def runs(installation: Installation, ledger: connection, kind: InterestRunKind, month: date) -> Figure:
    """One run of a kind and month in every branch, from the first request to the last run's end."""
    began = time.perf_counter()
    asked = ask(installation, kind, month)
    wait(
        ledger, "SELECT count(*) FROM interest_runs WHERE kind = %s AND finished_at IS NOT NULL", kind, asked
    )
    seconds = time.perf_counter() - began
    looked_at = count(ledger, "SELECT sum(looked_at) FROM interest_runs WHERE kind = %s", kind)
    moved = count(ledger, "SELECT sum(moved) FROM interest_runs WHERE kind = %s", kind)
    said = (
        f"{looked_at / seconds:,.0f} accounts/s, {looked_at:,} looked at, {moved:,} moved, {asked} branches"
    )
    return Figure(f"interest run, {kind.value}, {MONTHS} deposits an account", f"{seconds:,.1f} s ({said})")


def ask(installation: Installation, kind: InterestRunKind, month: date) -> int:
    """Ask for each branch's run, as its accountant does; tell how many branches there are."""
    accountant = Actor(person_id=str(uuid4()), kind="staff", role="accountant", office_path=PLACE)
    with books_of(installation) as opening:
        offices = branches_of(installation)
        for office_id in offices:
            with opening(actor=accountant) as books:
                run = InterestRun(
                    id=str(uuid4()),
                    office_id=office_id,
                    kind=kind,
                    month=month,
                    state=InterestRunState.RUNNING,
                    asked_by=accountant.person_id,
                    asked_at=books.work.now,
                )
                run_interest(books, run)
    return len(offices)


@contextmanager
def books_of(installation: Installation) -> Iterator[Opening[Books]]:
    """The books as a process of the service opens them."""
    watch = SystemWatch(ZoneInfo("Asia/Dhaka"))
    process = Process(
        service="transactions",
        keys=Keyring(Path(installation.places.keys)),
        database=Database(spell_driver(installation.address("transactions")), connections=1),
        watch=watch,
        new_id=new_id,
        ring=lambda: None,
    )
    try:
        yield Opening(process, process.own_call(), Books)
    finally:
        process.database.close()


def branches_of(installation: Installation) -> list[str]:
    """The branches that were made."""
    with installation.database("transactions").cursor() as books:
        books.execute("SELECT id::text FROM offices WHERE starts_with(path, %s) ORDER BY path", (PLACE,))
        return [str(row[0]) for row in books.fetchall()]


def dormancy(installation: Installation, ledger: connection, branches: int) -> Figure:
    """The monthly look for dormant members: the batch process begins with it, so it is restarted."""
    before = installation.process_of(BATCH)
    began = time.perf_counter()
    os.kill(before, signal.SIGTERM)
    finished = "SELECT count(*) FROM dormancy_runs WHERE finished_at IS NOT NULL AND office_id IN "
    made = "(SELECT id FROM offices WHERE starts_with(path, %s))"
    wait(ledger, finished + made, PLACE, branches)
    seconds = time.perf_counter() - began
    members = branches * EACH
    peak = peak_mib(installation)
    said = f"{members / seconds:,.0f} members/s with the start of the process, peak {peak:,.0f} MiB"
    return Figure("look for dormant members, all branches", f"{seconds:,.1f} s ({said})")


def wait(ledger: connection, question: str, fact: str, wanted: int) -> None:
    """Wait until a question counts so many."""
    until = time.monotonic() + LONGEST_SECONDS
    while count(ledger, question, fact) < wanted:
        if time.monotonic() > until:
            raise TimeoutError(question)
        time.sleep(0.2)


def count(ledger: connection, question: str, fact: str) -> int:
    """What a question counts."""
    with ledger.cursor() as books:
        books.execute(question, (fact,))
        found: Any = only(books)
        return int(found or 0)


def peak_mib(installation: Installation) -> float:
    """The most memory that the batch process has held so far."""
    status = Path(f"/proc/{installation.process_of(BATCH)}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
