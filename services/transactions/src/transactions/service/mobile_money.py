"""Mobile money as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import mobile_money as promised
from transactions.operations import mobile_money
from transactions.queries import mobile_money as questions
from transactions.schemas.mobile_money import lines_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class MobileMoney(Entrypoints):
    """What providers state, and what it is in the book (rule M14)."""

    @serve(promised.IMPORT_STATEMENT)
    def import_statement(self, command: Command) -> Command:
        """Take a provider's statement."""
        with self.books() as books:
            return mobile_money.import_statement(
                books, command["id"], command["office_id"], lines_of(command), command["file_name"]
            )

    @serve(promised.LIST_STATEMENT_LINES)
    def list_statement_lines(self, command: Command) -> Command:
        """Answer a page of lines."""
        with self.books() as books:
            return questions.list_lines(books, **command)

    @serve(promised.MATCH_STATEMENT_LINE)
    def match_statement_line(self, command: Command) -> Command:
        """Put a waiting line onto an account."""
        with self.books() as books:
            mobile_money.match_line(books, command["id"], command["account_id"], command["reason"])
            return questions.line_shown(books, command["id"])

    @serve(promised.RECONCILE_MOBILE_MONEY)
    def reconcile_mobile_money(self, command: Command) -> Command:
        """Answer one day's mobile money."""
        with self.books() as books:
            return questions.reconcile(books, **command)
