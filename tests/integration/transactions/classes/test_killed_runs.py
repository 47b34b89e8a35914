"""A month's run that is killed, shared or asked for by many is done once (mechanics T7)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.classes_errors import ClassRunAsked
from contracts.transactions.ledger import CLOSE_DAY
from contracts.transactions.ledger_errors import DayIsClosing
from tests.support.class_runs import (
    JUNE_END,
    ask,
    classes_of,
    entries_of,
    go_on,
    lend_the_worked_example,
    progress,
)
from tests.support.loan_book import LENT_BY_HAND
from transactions.batch.duties import TransactionsBatch
from transactions.operations import class_runs

if TYPE_CHECKING:
    from tests.support.branch import Branch
    from tests.support.loan_book import LoanBook


pytestmark = LENT_BY_HAND


class TestARunThatIsKilled:
    def test_goes_on_where_it_was_and_writes_nothing_twice(self, book: LoanBook, branch: Branch) -> None:
        """Killed after the first chunk, within the second, and within the booking."""
        lend_the_worked_example(book)
        run_id = ask(branch, JUNE_END)["id"]

        assert go_on(branch, run_id)
        die_in(branch, run_id)
        assert progress(branch, run_id) == ("running", 2, 5)
        while progress(branch, run_id)[1] < 5:
            assert go_on(branch, run_id)
        die_in(branch, run_id)
        assert (entries_of(branch, "loan_loss"), progress(branch, run_id)) == ([], ("running", 5, 5))
        assert not go_on(branch, run_id)
        assert not go_on(branch, run_id)

        assert progress(branch, run_id) == ("finished", 5, 5)
        assert classes_of(branch)["loans"] == 5
        assert branch.trial_balance()["2410"] == ("0.00", "295000.00")

    def test_is_carried_out_once_by_two_processes_at_a_time(self, book: LoanBook, branch: Branch) -> None:
        """A process that was only slow still works when another has taken its step."""
        lend_the_worked_example(book)
        run_id = ask(branch, JUNE_END)["id"]

        def carry_out() -> None:
            while go_on(branch, run_id):
                pass

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(carry_out) for _ in range(4)]:
                done.result()

        assert progress(branch, run_id) == ("finished", 5, 5)
        assert branch.trial_balance()["2410"] == ("0.00", "295000.00")

    def test_is_asked_for_once_by_many(self, branch: Branch) -> None:
        def wish(_number: int) -> str:
            try:
                return str(ask(branch, JUNE_END)["state"])
            except ClassRunAsked as refusal:
                return refusal.code

        with ThreadPoolExecutor(6) as pool:
            ended = sorted(pool.map(wish, range(6)))

        assert ended == ["CLASS_RUN_ASKED"] * 5 + ["running"]
        assert len(branch.harness.planned("run_classes")) == 1

    def test_waits_while_its_branch_closes_a_day(self, book: LoanBook, branch: Branch) -> None:
        """What it books goes onto the day that comes next."""
        lend_the_worked_example(book)
        run_id = ask(branch, JUNE_END)["id"]
        branch.count_vault("closing", {})
        branch.ask(CLOSE_DAY, branch.manager, office_id=branch.id, on=branch.day()["on"])

        with pytest.raises(DayIsClosing):
            branch.harness.take_steps("run_classes", by=TransactionsBatch)
        branch.harness.take_steps("close_day", by=TransactionsBatch)
        while go_on(branch, run_id):
            pass

        assert [row.business_on for row in entries_of(branch, "loan_loss")] == [date(2026, 11, 24)]


def die_in(branch: Branch, run_id: str) -> None:
    with pytest.raises(RuntimeError, match="killed"):
        _go_on_and_die(branch, run_id)


def _go_on_and_die(branch: Branch, run_id: str) -> None:
    with branch.harness.service().books() as books:
        class_runs.advance(books, run_id, limit=2)
        raise RuntimeError("killed")
