"""What was counted too much, as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.excesses import LIST_EXCESSES, PROPOSE_EXCESS_INCOME, PROPOSE_EXCESS_RETURN
from transactions.operations import excesses
from transactions.queries.excesses import list_excesses
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Excesses(Entrypoints):
    """Whose an excess is, or that it becomes income (rule M7)."""

    @serve(LIST_EXCESSES)
    def list_excesses(self, command: Command) -> Command:
        """Answer a page of excesses."""
        with self.books() as books:
            return list_excesses(books, command)

    @serve(PROPOSE_EXCESS_RETURN)
    def propose_excess_return(self, command: Command) -> Command:
        """Ask to give it to the member whose it is."""
        request_id = command.pop("id")
        with self.books() as books:
            return {"id": request_id, "state": excesses.propose_return(books, request_id, **command)}

    @serve(PROPOSE_EXCESS_INCOME)
    def propose_excess_income(self, command: Command) -> Command:
        """Ask the area to let it become income."""
        request_id = command.pop("id")
        with self.books() as books:
            return {"id": request_id, "state": excesses.propose_income(books, request_id, **command)}
