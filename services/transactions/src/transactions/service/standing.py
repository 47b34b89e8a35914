"""How a member stands with the book, as other processes ask it."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.standing import MEMBER_STANDING, READ_FINAL_STATEMENT
from transactions.queries import standing
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Standings(Entrypoints):
    """What must be settled before she leaves, and her final statement (rule L7)."""

    @serve(MEMBER_STANDING)
    def member_standing(self, command: Command) -> Command:
        """Answer all of a member's that is in the book or on its way."""
        with self.books() as books:
            return standing.member_standing(books, command["member_id"])

    @serve(READ_FINAL_STATEMENT)
    def read_final_statement(self, command: Command) -> Command:
        """Answer what each account of a member paid."""
        with self.books() as books:
            return standing.final_statement(books, command["member_id"])
