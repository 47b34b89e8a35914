"""Interest on savings as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import interest as promised
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from transactions.domain.days import first_of_month
from transactions.domain.savings.runs import InterestRun
from transactions.operations import interest
from transactions.queries import interest as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Interest(Entrypoints):
    """Runs over a branch, and how far they have come."""

    @serve(promised.RUN_INTEREST)
    def run_interest(self, command: Command) -> Command:
        """Take on a run; the batch process carries it out."""
        with self.books() as books:
            run = InterestRun(
                id=command["id"],
                office_id=command["office_id"],
                kind=InterestRunKind(command["kind"]),
                month=first_of_month(command["month"]),
                state=InterestRunState.RUNNING,
                asked_by=self.call.actor.person_id,
                asked_at=books.work.now,
            )
            interest.run_interest(books, run)
            return questions.get_interest_run(books, run.id)

    @serve(promised.CANCEL_INTEREST_RUN)
    def cancel_interest_run(self, command: Command) -> Command:
        """Let a run go no further."""
        with self.books() as books:
            interest.cancel_interest_run(books, command["id"])
            return questions.get_interest_run(books, command["id"])

    @serve(promised.GET_INTEREST_RUN)
    def get_interest_run(self, command: Command) -> Command:
        """Answer how far a run has come."""
        with self.books() as books:
            return questions.get_interest_run(books, command["id"])

    @serve(promised.LIST_INTEREST_RUNS)
    def list_interest_runs(self, command: Command) -> Command:
        """Answer a page of an office's runs."""
        with self.books() as books:
            return questions.list_interest_runs(books, command["office_id"], command["after"])
