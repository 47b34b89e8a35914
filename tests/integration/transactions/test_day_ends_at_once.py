"""Two batch processes end the days of two branches at once, and one of them is killed each evening.

What the books say afterwards is what they say where one process ended one day after the other.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from chassis import rounds
from chassis.testing import harness_of
from contracts.transactions.ledger import CLOSE_DAY, DAY_CLOSED
from tests.support.branch import MONDAY, found_branches
from tests.support.kept_books import KeptBooks
from tests.support.services import fresh_database
from transactions.batch.duties import TransactionsBatch
from transactions.domain.days import STAGES
from transactions.operations import closing
from transactions.service import TransactionsService
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

    from tests.support.parts import PostgresServer
    from transactions.repository import Books

FORK = multiprocessing.get_context("fork")
DEEDS, PATIENCE = 6, 30
A_LEASE = rounds.LEASE + timedelta(seconds=1)
LEFT_BEHIND = {
    "totals": """
        SELECT office_id::text, "on", ledger, debits, credits, debits_to_date, credits_to_date,
               received, paid, received_to_date, paid_to_date
          FROM day_totals ORDER BY 1, 2, 3""",
    "vouchers": """
        SELECT vouchers.office_id::text, vouchers.business_on, vouchers.kind, fiscal_year, vouchers.number,
               entries.kind, sum(amount)
          FROM vouchers JOIN entries ON entries.id = vouchers.entry_id
          JOIN postings ON postings.entry_id = entries.id AND side = 'debit'
         GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 5""",
    "seals": 'SELECT office_id::text, "on", number, leaves FROM seals ORDER BY 1, 2',
    "days": 'SELECT office_id::text, "on", status FROM days ORDER BY 1, 2',
    "closings": 'SELECT office_id::text, "on", number, stage, next_on FROM closings ORDER BY 1, 2',
    "steps": "SELECT state, count(*) FROM steps WHERE kind = 'close_day' GROUP BY 1",
}
"""What the end of a day leaves in the books, but for ids, salts and instants."""

OF_BARE_POSTINGS = {"IN_TRANSIT_IS_NOT_THE_REMITTANCES", "PROVISION_IS_NOT_THE_ACCRUALS"}
"""What `verify` says of books that were kept without transfers and accruals beside the entries."""


@dataclass
class Evenings:
    """The two branches of one database, and how its batch processes reach it."""

    kept: KeptBooks
    url: str
    keys: Path

    def morning(self) -> None:
        for branch in self.kept.branches:
            self.kept.live(branch, DEEDS)

    def ask_for_the_end(self) -> None:
        """All that officers hold is in the vault, it is counted, and both managers ask."""
        for branch in self.kept.branches:
            self.kept.tidy_up(branch)
            branch.ask(CLOSE_DAY, branch.manager, office_id=branch.id, on=branch.day()["on"])

    def take_steps(self) -> int:
        return self.kept.branches[0].harness.take_steps("close_day", by=TransactionsBatch)

    def next_day(self) -> None:
        for branch in self.kept.branches:
            branch.count_vault("opening", {"1": int(branch.day()["vault"].removesuffix(".00"))})

    def left_behind(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.kept.branches[0].harness.process.database.transaction() as session:
            return {
                name: [tuple(row) for row in session.execute(sa.text(question))]
                for name, question in LEFT_BEHIND.items()
            }

    def batch_process(self, stages: Barrier, dies_in: int | None) -> tuple[ForkProcess, Connection]:
        """Begin a process that takes one step, stage by stage with the other one, and maybe stops in one."""
        here, there = FORK.Pipe()
        now = self.kept.branches[0].harness.watch.now()
        process = FORK.Process(target=work, args=(self, now, stages, there, dies_in), daemon=True)
        process.start()
        return process, here


def work(evenings: Evenings, now: Any, stages: Barrier, parent: Connection, dies_in: int | None) -> None:
    """What such a process does: one step, and then it says that it is done."""
    ended, advance, patch = iter(range(len(STAGES))), closing.advance, pytest.MonkeyPatch()

    def with_the_other(books: Books, closing_id: str, **tools: Any) -> bool:
        with suppress(threading.BrokenBarrierError):
            stages.wait(PATIENCE)
        more = advance(books, closing_id, **tools)
        if next(ended) == dies_in:
            parent.send("written, and not committed")
            signal.pause()
        return more

    patch.setattr(rounds, "BATCH", 1)
    patch.setattr(closing, "advance", with_the_other)
    with harness_of(TransactionsService, evenings.url, keys=evenings.keys, now=now) as harness:
        planned = rounds.claim(harness.process, "close_day")
        parent.send(len(planned))
        batch = harness.instance_of(TransactionsBatch, harness.process.own_call())
        for step in planned:
            TransactionsBatch.close_day.__wrapped__(batch, step)  # type: ignore[attr-defined]
            rounds.settle(harness.process, step, None)
        parent.send("done")


@contextmanager
def two_branches(server: PostgresServer, keys: Path) -> Iterator[Evenings]:
    with (
        fresh_database(server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys) as harness,
    ):
        kept = KeptBooks(found_branches(harness))
        for branch in kept.branches:
            branch.open_samity(f"Samity of {branch.code}", active=False)
            branch.open_day(MONDAY)
            kept.found(branch, 3_000_000)
        yield Evenings(kept, urls.runtime, keys)


def one_after_the_other(server: PostgresServer, keys: Path) -> dict[str, list[tuple[Any, ...]]]:
    with two_branches(server, keys) as evenings:
        for _ in STAGES[1:]:
            evenings.morning()
            evenings.ask_for_the_end()
            assert evenings.take_steps() == 2
            evenings.next_day()
        return evenings.left_behind()


def said(pipe: Connection) -> Any:
    assert pipe.poll(PATIENCE), "the process says nothing"
    return pipe.recv()


def kill_one_of_two(evenings: Evenings, dies_in: int) -> None:
    """Both are in the same stage; one dies before it commits, and the other comes to its end."""
    stages = FORK.Barrier(2)
    (slow, of_slow), (quick, of_quick) = (evenings.batch_process(stages, dies) for dies in (dies_in, None))
    assert [said(of_slow), said(of_quick)] == [1, 1]
    assert said(of_slow) == "written, and not committed"
    slow.kill()
    slow.join(PATIENCE)
    stages.abort()
    assert said(of_quick) == "done"
    quick.join(PATIENCE)
    assert (slow.exitcode, quick.exitcode) == (-signal.SIGKILL, 0)


@pytest.mark.rule("M7")
@pytest.mark.filterwarnings("ignore:Using fork:DeprecationWarning")  # what is forked uses no green thread
def test_two_branches_end_their_days_at_once_and_a_killed_process_changes_no_total(
    postgres_server: PostgresServer, keys_folder: Path
) -> None:
    with two_branches(postgres_server, keys_folder) as evenings:
        harness = evenings.kept.branches[0].harness
        for dies_in in range(len(STAGES[1:])):
            evenings.morning()
            evenings.ask_for_the_end()
            kill_one_of_two(evenings, dies_in)
            assert sorted(branch.day()["status"] for branch in evenings.kept.branches) == ["closing", "open"]
            assert evenings.take_steps() == 0, "another process may not take it before the lease is over"
            harness.watch.advance(A_LEASE)
            assert evenings.take_steps() == 1
            evenings.next_day()

        assert evenings.left_behind() == one_after_the_other(postgres_server, keys_folder)
        assert len(harness.told(DAY_CLOSED)) == 2 * len(STAGES[1:])
        assert {one.code for one in faults_in(harness.process)} == OF_BARE_POSTINGS
