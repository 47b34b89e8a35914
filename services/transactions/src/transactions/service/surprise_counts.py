"""Counts by surprise as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import surprise_counts as promised
from transactions.operations import surprise_counts
from transactions.queries import surprise_counts as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class SurpriseCounts(Entrypoints):
    """What is found in a vault or with an officer when nobody was told."""

    @serve(promised.RECORD_SURPRISE_COUNT)
    def record_surprise_count(self, command: Command) -> Command:
        """Save a count."""
        with self.books() as books:
            count = surprise_counts.record_surprise_count(
                books,
                command["id"],
                office_id=command["office_id"],
                officer_id=command["officer_id"],
                denominations=command["denominations"],
                remark=command["remark"],
            )
            return questions.answer_of(books, count)[0]

    @serve(promised.SEE_SURPRISE_COUNT)
    def see_surprise_count(self, command: Command) -> Command:
        """Let who keeps the cash say that he saw it."""
        with self.books() as books:
            count = surprise_counts.see_surprise_count(books, command["id"], command["reply"])
            return questions.answer_of(books, count)[0]

    @serve(promised.LIST_SURPRISE_COUNTS)
    def list_surprise_counts(self, command: Command) -> Command:
        """Answer an office's counts."""
        with self.books() as books:
            return questions.list_surprise_counts(books, command["office_id"], command["after"])
