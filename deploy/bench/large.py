"""Reading large books: trial balances, passbooks and sheets beside many million postings, and their plans."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.bulk import EACH, SAMITIES, make
from bench.closings import closings_of
from bench.figures import Figure, Run, below
from bench.interest import books_of
from bench.load import open_loop, timed
from bench.measures import again
from bench.plans import plans_of, told
from contracts.actor import Actor
from transactions.operations.sheets import keep_sheets_issued
from transactions.queries.books import read_trial_balance
from transactions.queries.collection import get_sheet
from transactions.queries.passbook import read_passbook
from transactions.service.books import opened_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.bulk import Bulk
    from bench.installation import Installation
    from bench.plans import Plan
    from demo.client import Person
    from demo.town import Branch, Town
    from transactions.repository import Books

READERS = 4
BRANCHES_READ = 40
PAGES_READ = 200


def books_of_many(
    installation: Installation, town: Town, postings: int, say: Callable[[str], None]
) -> tuple[list[Figure], str]:
    """The figures of reading and closing beside so many postings, and how the database found its rows."""
    stands = auditor(town)
    began = time.perf_counter()
    bulk = make(installation, town.head_office, postings, say)
    said = (
        f"{bulk.branches:,} branches, {bulk.members:,} members, made in {time.perf_counter() - began:,.0f} s"
    )
    readers = [again(stands, "auditor") for _ in range(READERS)]
    sheets = issued(installation, bulk)
    figures = [
        Figure("postings stored", f"{bulk.postings:,} ({said})"),
        branch_balances(readers, bulk),
        balance_of_all(readers[0], bulk),
        pages(readers, member_ids(installation, bulk)),
        sheets_read(readers, sheets),
    ]
    page = plans(installation, bulk, sheets[0])
    return figures + closings_of(installation, bulk), page


def auditor(town: Town) -> Branch:
    """Hire an auditor at the head office, who sees every branch, while the administrators are signed in."""
    branch = town.open_branch()
    town.hire(branch, "auditor", office_id=town.head_office)
    return branch


def issued(installation: Installation, bulk: Bulk) -> list[str]:
    """Let the branch whose samities meet today have its sheets, as the timer would; answers their ids."""
    with books_of(installation) as opening, opening() as books:
        keep_sheets_issued(books, bulk.office(0), today=bulk.on)
    with installation.database("transactions").cursor() as found:
        found.execute(
            "SELECT id::text FROM sheets WHERE office_id = %s AND meeting_on = %s", (bulk.office(0), bulk.on)
        )
        return [str(row[0]) for row in found.fetchall()]


def member_ids(installation: Installation, bulk: Bulk) -> list[str]:
    """Members of all branches, spread over the whole book."""
    step = bulk.members // PAGES_READ
    with installation.database("transactions").cursor() as found:
        found.execute(
            "SELECT md5('bulk member' || n * %s)::uuid::text FROM generate_series(0, %s - 1) AS n",
            (step, PAGES_READ),
        )
        return [str(row[0]) for row in found.fetchall()]


def one_by_one(acts: Sequence[Callable[[], object]]) -> Run:
    """Each act after the one before it."""
    began = time.perf_counter()
    each = [timed(act) for act in acts]
    good = tuple(one for one in each if one is not None)
    return Run(time.perf_counter() - began, good, len(each) - len(good))


def branch_balances(readers: list[Person], bulk: Bulk) -> Figure:
    """The trial balance of single branches, each with its open day."""
    offices = [bulk.office(number * bulk.branches // BRANCHES_READ) for number in range(BRANCHES_READ)]
    run = one_by_one([partial(readers[0].get, f"/offices/{office}/trial-balance") for office in offices])
    return of_run("trial balance of a branch, p95", run, 300)


def balance_of_all(reader: Person, bulk: Bulk) -> Figure:
    """The trial balance of the head office with all branches below it, their open days included."""
    run = one_by_one([partial(reader.get, f"/offices/{bulk.head_office}/trial-balance")] * 3)
    return of_run(f"trial balance of {bulk.branches:,} branches, the slowest of 3", run, 5_000, percent=99)


def pages(readers: list[Person], members: list[str]) -> Figure:
    """Passbook pages at a steady ten a second, spread over all branches."""
    acts = [partial(readers[n % READERS].get, f"/members/{one}/passbook") for n, one in enumerate(members)]
    return of_run("passbook page beside all postings, at 10/s, p95", open_loop(acts, 10), 80)


def sheets_read(readers: list[Person], sheets: list[str]) -> Figure:
    """The sheets of a branch's samities, read one after another."""
    run = one_by_one([partial(readers[0].get, f"/sheets/{sheet}") for sheet in sheets * 3])
    return of_run(f"sheet of a samity of {EACH} beside all members, p95", run, 500)


def of_run(what: str, run: Run, goal: float, percent: int = 95) -> Figure:
    """A run as a figure in milliseconds; one that failed is no good figure."""
    said = f"p50 {run.percentile(50):,.0f}, p99 {run.percentile(99):,.0f} ms, {run.failed} failed"
    return below(what, run.percentile(percent) if not run.failed else float("inf"), goal, "ms", said)


def balance(books: Books, office_id: str) -> object:
    """The trial balance as the service reads it."""
    return read_trial_balance(opened_by(books, {"office_id": office_id}))


def plans(installation: Installation, bulk: Bulk, sheet_id: str) -> str:
    """How each of the hot questions reaches its rows."""
    auditor = Actor(person_id=str(uuid4()), kind="staff", role="auditor", office_path=bulk.path)
    branch = bulk.office(bulk.branches // 2)
    member = member_ids(installation, bulk)[PAGES_READ // 2]

    def closing(books: Books) -> None:
        books.closing.movements(branch, bulk.on)
        books.closing.last_numbers(branch, bulk.fiscal_year)
        books.closing.sealed_postings(branch, bulk.on)
        books.closing.last_seal(branch)

    asked: dict[str, Callable[[Books], object]] = {
        "Trial balance of a branch": partial(balance, office_id=branch),
        f"Trial balance of {bulk.branches:,} branches": partial(balance, office_id=bulk.head_office),
        "Passbook page": lambda books: read_passbook(books, member),
        f"Sheet of a samity of {EACH}": lambda books: get_sheet(books, sheet_id),
        f"Day-end of a branch ({SAMITIES // 2} collections)": closing,
    }
    found: dict[str, list[Plan]] = {
        title: plans_of(installation, auditor, act) for title, act in asked.items()
    }
    return "\n\n".join(told(title, plans) for title, plans in found.items())
