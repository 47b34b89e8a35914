"""Ageing and classes over many loans, branch by branch: asked for as staff do, done by the batch process.

Only the loans are made at once, straight into the tables.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bench.books import only
from bench.figures import Figure
from chassis.clock import SystemWatch, today
from chassis.config import spell_driver
from chassis.database import Database
from chassis.ids import new_id
from chassis.process import Process
from chassis.work import Opening
from contracts.actor import Actor
from contracts.keys import Keyring
from transactions.operations.class_runs import run_classes
from transactions.repository import Books

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from bench.installation import Installation

EACH = 3_500
"""Loans of a branch."""
INSTALMENTS = 46
PRINCIPAL, CHARGE = 10_000_00, 1_250_00
MEMORY_GOAL_MIB = 300
LONGEST_SECONDS = 3_600
BATCH = "transactions.batch"

BRANCHES = """
INSERT INTO offices (id, code, level, parent_id, path, name_bn, name_en, version)
SELECT md5('aged office' || n)::uuid, 'Z' || lpad(n::text, 4, '0'), 'branch', NULL,
       '/AGED/Z' || lpad(n::text, 4, '0') || '/', 'বেঞ্চ শাখা', 'Bench branch', 1
FROM generate_series(0, %(branches)s - 1) AS n
"""
DAYS = """
INSERT INTO days (office_id, "on", status, opened_by, opened_at)
SELECT md5('aged office' || n)::uuid, %(today)s, 'open', md5('nobody')::uuid, now()
FROM generate_series(0, %(branches)s - 1) AS n
"""
# Each loan is one of 500: lent in one of the last hundred weeks, with a fifth of the loans some weeks behind.
KINDS = """
CREATE TEMPORARY TABLE kinds AS
SELECT kind, begins_on, array_agg(begins_on + 8 + 7 * n ORDER BY n) AS due_on,
       array_agg(%(principal)s * n / %(instalments)s ORDER BY n) AS principal,
       array_agg(%(charge)s * n / %(instalments)s ORDER BY n) AS charge,
       greatest(0, least(%(instalments)s - 1,
                         (%(month_end)s - begins_on - 8) / 7
                         - CASE kind %% 5 WHEN 0 THEN 1 + kind %% 60 ELSE 0 END)) AS paid
  FROM (
         SELECT kind, %(month_end)s - 7 * (kind %% 100) - 1 AS begins_on
           FROM generate_series(0, 499) AS kind
       ) AS one,
       generate_series(1, %(instalments)s) AS n
 GROUP BY kind, begins_on
"""
LENT = """
CREATE TEMPORARY TABLE lent AS
SELECT n, md5('aged loan' || n)::uuid AS id, md5('aged principal' || n)::uuid AS account_id,
       md5('aged office' || n / %(each)s)::uuid AS office_id, n %% 500 AS kind
FROM generate_series(0, %(loans)s - 1) AS n
"""
PRINCIPALS = """
INSERT INTO accounts (id, office_id, ledger, code, member_id, grows_on, floor, debits, credits, sequence,
                      terms_version, opened_on, opened_at)
SELECT account_id, office_id, '1310', 'AGED.' || n, md5('aged member' || n)::uuid, 'debit', 0, %(principal)s,
       CASE paid WHEN 0 THEN 0 ELSE kinds.principal[paid] END, 1 + paid, 1, begins_on, now()
FROM lent JOIN kinds USING (kind)
"""
CHARGES = """
INSERT INTO accounts (id, office_id, ledger, owner_id, grows_on, credits, sequence, opened_at)
SELECT md5('aged charge' || n)::uuid, office_id, '4110', id, 'credit', kinds.charge[paid], paid, now()
FROM lent JOIN kinds USING (kind) WHERE paid > 0
"""
LOANS = """
INSERT INTO loans (id, account_id, member_id, office_id, code, product_code, fund, sex, split, principal,
                   charge, disbursed_on, matures_on, schedule_version, status, fingerprint, recorded_at)
SELECT id, account_id, md5('aged member' || n)::uuid, office_id, 'AGED.' || n,
       (ARRAY['JAG', 'BUN', 'AGR'])[1 + n %% 3], (ARRAY['own', 'pksf'])[1 + n %% 2],
       CASE n %% 20 WHEN 0 THEN 'male' ELSE 'female' END, 'proportional', %(principal)s, %(charge)s,
       begins_on, due_on[%(instalments)s], 1, 'running', 'bench', now()
FROM lent JOIN kinds USING (kind)
"""
SCHEDULES = """
INSERT INTO loan_schedules (loan_id, version, reason, recorded_on, begins_on, due_on, principal, charge,
                            recorded_at)
SELECT id, 1, 'payout', begins_on, begins_on, due_on, kinds.principal, kinds.charge, now()
FROM lent JOIN kinds USING (kind)
"""
MAKE = (BRANCHES, DAYS, KINDS, LENT, PRINCIPALS, CHARGES, LOANS, SCHEDULES)


def classes_of(installation: Installation, loans: int) -> list[Figure]:
    """How long the month-end run takes over so many loans, and how much memory it holds."""
    ledger = installation.database("transactions")
    on = today(SystemWatch(ZoneInfo("Asia/Dhaka")))
    month_end = on.replace(day=1) - timedelta(days=1)
    branches = -(-loans // EACH)
    make(ledger, loans, branches, on, month_end)
    before = peak_mib(installation)
    began = time.perf_counter()
    ask(installation, branches, month_end)
    wait(ledger, branches)
    seconds = time.perf_counter() - began
    peak = peak_mib(installation)
    classed = counted(ledger)
    said = f"{classed / seconds:,.0f} loans/s, {classed:,} classed in {branches} branches"
    return [
        Figure("ageing and classes, a month-end run of all branches", f"{seconds:,.1f} s ({said})"),
        Figure(
            "memory of the batch process, its peak",
            f"{peak:,.0f} MiB ({before:,.0f} MiB before)",
            f"< {MEMORY_GOAL_MIB} MiB",
            peak < MEMORY_GOAL_MIB,
        ),
    ]


def make(ledger: connection, loans: int, branches: int, on: date, month_end: date) -> None:
    """Put the loans into the tables."""
    facts = {
        "loans": loans,
        "branches": branches,
        "each": EACH,
        "today": on,
        "month_end": month_end,
        "principal": PRINCIPAL,
        "charge": CHARGE,
        "instalments": INSTALMENTS,
    }
    with ledger.cursor() as books:
        for statement in MAKE:
            books.execute(statement, facts)
        books.execute("ANALYZE")


def ask(installation: Installation, branches: int, month_end: date) -> None:
    """Ask for each branch's run, as its accountant does."""
    process = Process(
        service="transactions",
        keys=Keyring(Path(installation.places.keys)),
        database=Database(spell_driver(installation.address("transactions")), connections=1),
        watch=SystemWatch(ZoneInfo("Asia/Dhaka")),
        new_id=new_id,
        ring=lambda: None,
    )
    opening = Opening(process, process.own_call(), Books)
    accountant = Actor(person_id=str(uuid4()), kind="staff", role="accountant", office_path="/AGED/")
    for office_id in offices(installation, branches):
        with opening(actor=accountant) as books:
            run_classes(books, str(uuid4()), office_id, month_end)
    process.database.close()


def offices(installation: Installation, branches: int) -> list[str]:
    """The branches that were made."""
    with installation.database("transactions").cursor() as books:
        books.execute("SELECT id::text FROM offices WHERE starts_with(path, '/AGED/') ORDER BY path")
        found = [str(row[0]) for row in books.fetchall()]
    if len(found) != branches:
        raise LookupError(f"{len(found)} branches instead of {branches}")
    return found


def wait(ledger: connection, branches: int) -> None:
    """Wait until every run is finished."""
    until = time.monotonic() + LONGEST_SECONDS
    while counted_runs(ledger) < branches:
        if time.monotonic() > until:
            raise TimeoutError("the runs do not come to an end")
        time.sleep(0.1)


def counted_runs(ledger: connection) -> int:
    """How many runs are finished."""
    return _count(ledger, "SELECT count(*) FROM class_runs WHERE state = 'finished'")


def counted(ledger: connection) -> int:
    """How many loans have a class."""
    return _count(ledger, "SELECT count(*) FROM loan_classes")


def _count(ledger: connection, question: str) -> int:
    with ledger.cursor() as books:
        books.execute(question)
        found: Any = only(books)
        return int(found)


def peak_mib(installation: Installation) -> float:
    """The most memory that the batch process has held so far."""
    status = Path(f"/proc/{installation.process_of(BATCH)}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
