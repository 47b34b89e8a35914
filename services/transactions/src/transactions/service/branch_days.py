"""The branch day beside its opening and closing, as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.deferrals import DEFER_SHEET, LIST_DEFERRALS
from transactions.operations import deferrals
from transactions.queries import collection as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class BranchDays(Entrypoints):
    """Days that close past a sheet (rule M3)."""

    @serve(DEFER_SHEET)
    def defer_sheet(self, command: Command) -> Command:
        """Let the open day close without a sheet."""
        with self.books() as books:
            deferrals.defer_sheet(
                books, command["id"], command["sheet_id"], command["reason"], command["cash_overnight"]
            )
        with self.books() as books:
            return questions.get_deferral(books, command["id"])

    @serve(LIST_DEFERRALS)
    def list_deferrals(self, command: Command) -> Command:
        """Answer a page of deferrals."""
        with self.books() as books:
            return questions.list_deferrals(books, command)
