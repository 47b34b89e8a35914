"""Twenty sheets of one branch from eight threads while its day is asked to end.

Every row is booked once, or refused with a reason and booked on the day that follows: none is lost (rule M5).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from contracts.errors import ServiceError, ServiceOverloaded
from contracts.money import parse_taka
from contracts.transactions.collection import CHECK_SHEET, ISSUE_SPECIAL_SHEET
from contracts.transactions.ledger import CLOSE_DAY, CONFIRM_VAULT_COUNT, GET_DAY, RECORD_VAULT_COUNT
from tests.support import invariants
from tests.support.field import Branch, Phone, new_id, notes
from transactions.batch.duties import TransactionsBatch
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg2.extensions import connection

REGULAR, SPECIAL, AT_THE_END, THREADS, SAVERS = 12, 8, 4, 8, 3
ASKED_AGAIN = 20
BOOKED = """
    SELECT row_id::text, count(DISTINCT entry_id), sum(amount)
    FROM postings WHERE row_id IS NOT NULL AND side = 'credit' GROUP BY row_id
"""


@dataclass
class Task:
    """One sheet on its way into the book; its ids are made once, so that every step may be sent again."""

    branch: Branch
    phone: Phone
    sheet_id: str
    rows: list[dict[str, Any]]
    handover_id: str = field(default_factory=new_id)
    count_id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        self.submission = self.phone.submission(self.sheet_id, self.rows)
        self.taka = sum(int(row["amount"].removesuffix(".00")) for row in self.rows)

    @property
    def steps(self) -> tuple[Callable[[], Any], ...]:
        """Each is sent twice, as if its answer had been lost."""
        return (
            *(lambda: self.phone.ask_submission(self.submission),) * 2,
            *(lambda: self.phone.hand_over([self.sheet_id], self.taka, self.handover_id),) * 2,
            *(lambda: self.branch.count(self.handover_id, self.taka, count_id=self.count_id),) * 2,
            *(lambda: self.branch.authorise(self.handover_id, self.count_id),) * 2,
            *(lambda: self.branch.ask(CHECK_SHEET, {"sheet_id": self.sheet_id}, self.branch.manager),) * 2,
        )

    def run(self) -> str | None:
        """Go all of the way, or as far as it is let; return the reason why not."""
        try:
            for step in self.steps:
                patiently(step)
        except ServiceError as refusal:
            return refusal.code
        return None


def patiently(step: Callable[[], Any]) -> Any:
    """Ask again where there was more work than the service takes on, as phones and portal do."""
    for _ in range(ASKED_AGAIN):
        with suppress(ServiceOverloaded):
            return step()
    return step()


@dataclass
class DayEnd:
    """The manager, who asks for the end of the day again and again, and what was said to him."""

    branch: Branch
    refusals: list[ServiceError] = field(default_factory=list)
    taken_on: bool = False

    def ask(self) -> bool:
        """Count what should be in the vault, then ask; tell whether the day ends."""
        asked = {"office_id": self.branch.office_id}
        try:
            vault = self.branch.ask(GET_DAY, asked, self.branch.manager)["vault"]
            count_vault(self.branch, "closing", int(vault.removesuffix(".00")))
            self.branch.ask(CLOSE_DAY, asked | {"on": self.branch.on.isoformat()}, self.branch.manager)
        except ServiceError as refusal:
            self.refusals.append(refusal)
        else:
            self.taken_on = True
        return self.taken_on

    def ask_until(self, over: Event) -> None:
        while not over.is_set() and not self.ask():
            pass

    def finish(self) -> str:
        """Ask now that all is quiet, and let the batch process do it; return the day that is open then."""
        assert self.taken_on or any(self.ask() for _ in range(ASKED_AGAIN)), self.refusals[-1]
        self.branch.harness.take_steps("close_day", by=TransactionsBatch)
        day = self.branch.ask(GET_DAY, {"office_id": self.branch.office_id}, self.branch.manager)
        return str(day["on"])


def count_vault(branch: Branch, moment: str, taka: int) -> None:
    branch.harness.watch.advance(timedelta(seconds=1))
    count_id = new_id()
    said = {"office_id": branch.office_id, "on": branch.on.isoformat(), "moment": moment}
    branch.ask(RECORD_VAULT_COUNT, {"id": count_id, "denominations": notes(taka), **said}, branch.accountant)
    branch.ask(CONFIRM_VAULT_COUNT, {"id": count_id, "book_difference": False}, branch.manager)


@pytest.fixture
def tasks(branch: Branch) -> list[Task]:
    """Regular sheets, for which the day waits, then special ones; each in a phone, with money on all rows."""
    samities = [branch.open_samity(code=f"{at:04d}") for at in range(REGULAR)]
    savers = [
        [branch.admit(samity, at * 10 + number) for number in range(SAVERS)]
        for at, samity in enumerate(samities)
    ]
    branch.open_day()
    count_vault(branch, "opening", 0)
    sheets = [(at, branch.sheet_of(samity)) for at, samity in enumerate(samities)]
    for at in range(SPECIAL):
        asked = {"id": new_id(), "samity_id": samities[at], "on": branch.on.isoformat()}
        sheets.append((at, branch.ask(ISSUE_SPECIAL_SHEET, asked, branch.officer)["id"]))
    return [written(branch, sheet_id, savers[at], 100 + 5 * n) for n, (at, sheet_id) in enumerate(sheets)]


def written(branch: Branch, sheet_id: str, savers: list[Any], taka: int) -> Task:
    phone = branch.phone()
    phone.hold(sheet_id)
    rows = [phone.paid(saver, taka + number) for number, saver in enumerate(savers)]
    return Task(branch, phone, sheet_id, rows)


@pytest.fixture
def book(branch: Branch) -> Iterator[connection]:
    url = branch.harness.process.database.engine.url.set(drivername="postgresql")
    with closing(psycopg2.connect(url.render_as_string(hide_password=False))) as opened:
        opened.autocommit = True
        yield opened


@pytest.mark.rule("M4")
@pytest.mark.rule("M5")
def test_all_of_twenty_sheets_is_booked_once_while_the_day_is_asked_to_end(
    branch: Branch, tasks: list[Task], book: connection
) -> None:
    day_end, over = DayEnd(branch), Event()
    first, last = tasks[:-AT_THE_END], tasks[-AT_THE_END:]
    with ThreadPoolExecutor(THREADS + 1) as threads:
        asking = threads.submit(day_end.ask_until, over)
        outcomes = dict(zip([task.sheet_id for task in first], threads.map(Task.run, first), strict=True))
        over.set()
        asking.result()
    assert day_end.refusals, "nobody was in anybody's way"
    assert_booked_once(book, tasks, [task for task in first if outcomes[task.sheet_id] is None])

    together = Barrier(AT_THE_END + 1)
    with ThreadPoolExecutor(AT_THE_END + 1) as threads:
        asking = threads.submit(lambda: (together.wait(), day_end.ask()))
        outcomes |= zip([task.sheet_id for task in last], threads.map(at(together), last), strict=True)
        asking.result()
    assert_booked_once(book, tasks, [task for task in tasks if outcomes[task.sheet_id] is None])

    assert day_end.finish() > branch.on.isoformat()
    refused = [task for task in tasks if outcomes[task.sheet_id] is not None]
    assert [task.run() for task in refused] == [None] * len(refused), outcomes
    assert_booked_once(book, tasks, tasks)
    assert invariants.broken(book, invariants.LEDGER | invariants.EVERYWHERE) == {}
    assert faults_in(branch.harness.process) == ()


def at(together: Barrier) -> Callable[[Task], str | None]:
    def run(task: Task) -> str | None:
        together.wait()
        return task.run()

    return run


def assert_booked_once(book: connection, tasks: list[Task], done: list[Task]) -> None:
    """Each row of what is done is in one entry, with its amount; no row at all is in more than one."""
    with book.cursor() as cursor:
        cursor.execute(BOOKED)
        found = {row_id: (entries, paisa) for row_id, entries, paisa in cursor.fetchall()}
    money = {row["row_id"]: parse_taka(row["amount"]) for task in tasks for row in task.rows}
    assert {row_id: (1, money[row_id]) for row_id in found} == found
    assert found.keys() >= {row["row_id"] for task in done for row in task.rows}
