"""Passbook checking as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import passbook_checks as promised
from transactions.operations import passbook_checks
from transactions.queries import passbook_checks as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class PassbookChecking(Entrypoints):
    """Whose passbooks are looked at, and what their paper says (rule P5)."""

    @serve(promised.LIST_PASSBOOK_CHECKS)
    def list_passbook_checks(self, command: Command) -> Command:
        """Answer what was drawn for a branch in a month."""
        with self.books() as books:
            return questions.list_passbook_checks(books, command["office_id"], command["month"])

    @serve(promised.GET_PASSBOOK_CHECK)
    def get_passbook_check(self, command: Command) -> Command:
        """Answer a check."""
        with self.books() as books:
            return questions.get_passbook_check(books, command["id"])

    @serve(promised.RECORD_PASSBOOK_CHECK)
    def record_passbook_check(self, command: Command) -> Command:
        """Take what the paper says, and show the book beside it."""
        typed = {paper["account_id"]: paper["balance"] for paper in command["papers"]}
        with self.books() as books:
            passbook_checks.record_passbook_check(books, command["id"], typed, today=self.clock.today())
            return questions.get_passbook_check(books, command["id"])
