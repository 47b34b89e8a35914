"""A report that is made in the background: how far it has come, and until when it is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from contracts.transactions.reports_errors import (
    ReportRunEnded,
    ReportRunUnfinished,
    ReportTooLong,
    ReportTooWide,
    TooManyReportRuns,
)
from contracts.transactions.reports_words import ReportRunState
from transactions.domain.reports.questions import Question
from transactions.domain.requests import fingerprint

KEPT = timedelta(days=7)
"""How long what a run made is kept; then it is removed, and asked for again if need be."""
AT_ONCE = 3
"""How many reports of one person are made at the same time."""
WAITED_FOR = 1_000
"""Of how many rows a file is made while somebody waits."""
ON_PAPER = 5_000
"""How many rows paper bears: some hundred and fifty pages."""
MOST_BRANCHES = 20
"""Of how many branches a report is made while somebody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """One run. A report whose rows are each of one branch is made branch by branch, else as of one.

    Attributes:
        question: What was asked for, complete.
        rows: How many are made.
        branches: How many there are; `branches_done` how many are behind it.
        branch_rows: How many rows the branch in hand has; `branch_done` how many of them are made.
        after: The place of the last row in the branch in hand, as a cursor; None before its first.
        chunks: How many pieces are stored.
        sums: The totals of the branches that were begun, by column; amounts in paisa.
    """

    id: str
    question: Question
    asked_by: str
    asked_at: datetime
    fingerprint: str
    branches: int
    state: ReportRunState = ReportRunState.RUNNING
    rows: int = 0
    branches_done: int = 0
    branch_rows: int = 0
    branch_done: int = 0
    after: str | None = None
    chunks: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    finished_at: datetime | None = None

    @property
    def progress(self) -> int:
        """How much is made, in percent."""
        if self.state is ReportRunState.FINISHED:
            return 100
        of_branch = self.branch_done / self.branch_rows if self.branch_rows else 0
        return min(99, int((self.branches_done + of_branch) / self.branches * 100))

    @property
    def kept_until(self) -> datetime:
        """When it is removed."""
        return (self.finished_at or self.asked_at) + KEPT

    @property
    def at_begin_of_branch(self) -> bool:
        """Whether nothing of the branch in hand is made yet."""
        return self.after is None

    def began(self, rows: int, sums: Mapping[str, int]) -> "ReportRun":
        """Return it with the totals of the branch that it begins."""
        added = {key: self.sums.get(key, 0) + value for key, value in sums.items()}
        return replace(self, branch_rows=rows, branch_done=0, sums=added)

    def went_on(self, rows: int, after: str | None) -> "ReportRun":
        """Return it some rows further; without a place the branch in hand is done."""
        further = replace(self, rows=self.rows + rows, branch_done=self.branch_done + rows, after=after)
        if after is not None:
            return further
        return replace(further, branches_done=self.branches_done + 1, branch_rows=0, branch_done=0)

    def one_more_chunk(self) -> "ReportRun":
        """Return it with one more piece stored."""
        return replace(self, chunks=self.chunks + 1)

    def ended(self, state: ReportRunState, at: datetime) -> "ReportRun":
        """Return it ended."""
        return replace(self, state=state, finished_at=at)


def run_fingerprint(said: Question, asked_by: str) -> str:
    """Return by what a repeated request is known: what was said, before anything else stands for the rest."""
    return fingerprint("ask_report_run", asked_by=asked_by, **said.to_plain())


def require_running(run: ReportRun) -> None:
    """Let a run be cancelled that goes on.

    Raises:
        ReportRunEnded: it does not.
    """
    if run.state is not ReportRunState.RUNNING:
        raise ReportRunEnded(state=run.state.value)


def require_finished(run: ReportRun) -> None:
    """Let a run be read that is whole.

    Raises:
        ReportRunUnfinished: it is not.
    """
    if run.state is not ReportRunState.FINISHED:
        raise ReportRunUnfinished(state=run.state.value)


def require_narrow(branches: int) -> None:
    """Let somebody wait for a report of few branches.

    Raises:
        ReportTooWide: there are more.
    """
    if branches > MOST_BRANCHES:
        raise ReportTooWide(branches=branches, at_most=MOST_BRANCHES)


def require_short(rows: int, at_most: int) -> None:
    """Let a file be made of few rows.

    Raises:
        ReportTooLong: there are more.
    """
    if rows > at_most:
        raise ReportTooLong(rows=rows, at_most=at_most)


def require_room(running: int) -> None:
    """Let a person have few reports made at the same time.

    Raises:
        TooManyReportRuns: so many are being made already.
    """
    if running >= AT_ONCE:
        raise TooManyReportRuns(at_most=AT_ONCE)
