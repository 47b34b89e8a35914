"""The ends of months as other processes call them: load, act, answer (rule M15)."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import months as promised
from transactions.operations import month_ends, month_signatures
from transactions.queries import months as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Months(Entrypoints):
    """Closing months, and what the area signs for."""

    @serve(promised.CLOSE_MONTH)
    def close_month(self, command: Command) -> Command:
        """Take on the end of a month for a branch, or for all below an office."""
        office_id, month = command["office_id"], command["month"]
        with self.books() as books:
            branches = month_ends.close_month(books, office_id, month)
            return questions.closing_answer(books, office_id, month, branches)

    @serve(promised.GET_MONTH_END)
    def get_month_end(self, command: Command) -> Command:
        """Answer one branch's month."""
        office_id, month = command["office_id"], command["month"]
        with self.books() as books:
            missing = month_ends.missing_now(books, office_id, month)
            return questions.get_month_end(books, office_id, month, missing)

    @serve(promised.LIST_MONTH_ENDS)
    def list_month_ends(self, command: Command) -> Command:
        """Answer a page of branches with their month."""
        with self.books() as books:
            return questions.list_month_ends(books, command["office_id"], command["month"], command["after"])

    @serve(promised.PROPOSE_MONTH_SIGNATURE)
    def propose_month_signature(self, command: Command) -> Command:
        """Ask the area to sign for what is in transit."""
        with self.books() as books:
            state = month_signatures.propose_signature(
                books, command["id"], command["office_id"], command["month"], command["reason"]
            )
        return {"id": command["id"], "state": state}
