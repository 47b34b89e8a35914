"""The branch day beside its opening and closing, as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.behind import LIST_BRANCHES_BEHIND
from contracts.transactions.cash_limits import LIST_CASH_LIMITS, PROPOSE_CASH_LIMIT
from contracts.transactions.dashboards import READ_DASHBOARD
from contracts.transactions.deferrals import DEFER_SHEET, LIST_DEFERRALS
from contracts.transactions.desk import READ_DESK
from contracts.transactions.supplements import PROPOSE_SUPPLEMENT
from transactions.domain.cash_limits import CashLimit
from transactions.operations import cash_limits, deferrals, supplements
from transactions.queries import collection as questions
from transactions.queries.dashboards import read_dashboard
from transactions.queries.days import list_behind, list_cash_limits
from transactions.queries.desk import read_desk
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class BranchDays(Entrypoints):
    """Days that close past a sheet (M3), are reopened (M16) or behind (M17), and what a vault should hold."""

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

    @serve(PROPOSE_SUPPLEMENT)
    def propose_supplement(self, command: Command) -> Command:
        """Ask the area to let the last closed day be gone on with."""
        with self.books() as books:
            state = supplements.propose_supplement(
                books, command["id"], command["office_id"], command["on"], command["reason"]
            )
        return {"id": command["id"], "state": state}

    @serve(LIST_BRANCHES_BEHIND)
    def list_branches_behind(self, command: Command) -> Command:
        """Answer which branches are behind the calendar."""
        with self.books() as books:
            return list_behind(books, command["office_id"])

    @serve(READ_DESK)
    def read_desk(self, command: Command) -> Command:
        """Answer how far the open days below an office have come."""
        with self.books() as books:
            return read_desk(books, command["office_id"])

    @serve(READ_DASHBOARD)
    def read_dashboard(self, command: Command) -> Command:
        """Answer how an office stands, and its last twelve closed months."""
        with self.books() as books:
            return read_dashboard(books, command["office_id"])

    @serve(PROPOSE_CASH_LIMIT)
    def propose_cash_limit(self, command: Command) -> Command:
        """Ask for another limit of a vault."""
        limit = CashLimit(**command, maker_id=self.call.actor.person_id)
        with self.books() as books:
            return {"id": limit.id, "state": cash_limits.propose_limit(books, limit)}

    @serve(LIST_CASH_LIMITS)
    def list_cash_limits(self, command: Command) -> Command:
        """Answer an office's limits."""
        with self.books() as books:
            return list_cash_limits(books, command["office_id"])
