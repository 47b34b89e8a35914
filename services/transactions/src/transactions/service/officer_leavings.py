"""An officer's leaving as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import officer_leavings as promised
from transactions.operations import officer_leavings
from transactions.queries import officer_leavings as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class OfficerLeavings(Entrypoints):
    """Who leaves, who follows, and what both sign (rule P8)."""

    @serve(promised.BEGIN_OFFICER_LEAVING)
    def begin_officer_leaving(self, command: Command) -> Command:
        """Begin it, with the lists and the passbooks that are drawn."""
        with self.books() as books:
            return questions.answer_of(books, officer_leavings.begin_officer_leaving(books, command))

    @serve(promised.DRAW_LEAVING_LISTS)
    def draw_leaving_lists(self, command: Command) -> Command:
        """Draw again what has moved."""
        with self.books() as books:
            return questions.answer_of(books, officer_leavings.draw_leaving_lists(books, command["id"]))

    @serve(promised.SIGN_LEAVING_LIST)
    def sign_leaving_list(self, command: Command) -> Command:
        """Sign a list as it was read."""
        with self.books() as books:
            officer_leavings.sign_leaving_list(books, command["id"], command["samity_id"], command["number"])
            return questions.get_leaving_list(books, command["id"], command["samity_id"])

    @serve(promised.FINISH_OFFICER_LEAVING)
    def finish_officer_leaving(self, command: Command) -> Command:
        """Let him go."""
        with self.books() as books:
            return questions.answer_of(books, officer_leavings.finish_officer_leaving(books, command["id"]))

    @serve(promised.GET_OFFICER_LEAVING)
    def get_officer_leaving(self, command: Command) -> Command:
        """Answer one leaving."""
        with self.books() as books:
            return questions.get_officer_leaving(books, command["id"])

    @serve(promised.GET_LEAVING_LIST)
    def get_leaving_list(self, command: Command) -> Command:
        """Answer the list of one samity."""
        with self.books() as books:
            return questions.get_leaving_list(books, command["id"], command["samity_id"])

    @serve(promised.LIST_OFFICER_LEAVINGS)
    def list_officer_leavings(self, command: Command) -> Command:
        """Answer a branch's leavings."""
        with self.books() as books:
            return questions.list_officer_leavings(books, command["office_id"])
