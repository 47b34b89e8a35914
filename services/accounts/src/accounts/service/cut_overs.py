"""Branches that are brought over, as other processes call them: load, act, answer."""

from typing import Any

from accounts.domain.scope import Scope
from accounts.operations import branch_writing, cut_overs
from accounts.queries import cut_overs as questions
from accounts.repository import Register
from accounts.schemas import cut_overs as schemas
from accounts.service.base import Entrypoints
from chassis.hearing import Heard, hear
from chassis.serving import serve
from contracts.accounts import cut_overs as promised
from contracts.transactions.cut_over import CUT_OVER_POSTED

Command = dict[str, Any]


class CutOvers(Entrypoints):
    """Rows of old books, their check, and the request to bring a branch over."""

    @serve(promised.OPEN_CUT_OVER)
    def open_cut_over(self, command: Command) -> Command:
        """Begin to bring a branch over."""
        scope, fingerprint = Scope.of(self.call.actor), schemas.opening_fingerprint(command)
        with self.books() as register:
            cut_overs.open_cut_over(
                register, command, scope=scope, today=self.clock.today(), fingerprint=fingerprint
            )
            return questions.show(register, command["id"], scope=scope)

    @serve(promised.ADD_CUT_OVER_ROWS)
    def add_cut_over_rows(self, command: Command) -> Command:
        """Keep rows of a file, their numbers hidden."""
        scope, numbers = Scope.of(self.call.actor), self._numbers()
        with self.books() as register:
            branch_id = register.cut_overs.show(scope, command["id"])["branch_id"]
            rows = schemas.kept_rows(branch_id, command, numbers)
            cut_overs.add_rows(register, command["id"], rows, scope=scope)
            return questions.show(register, command["id"], scope=scope)

    @serve(promised.CHECK_CUT_OVER)
    def check_cut_over(self, command: Command) -> Command:
        """Let the rows be checked."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            cut_overs.ask_check(register, command["id"], scope=scope)
            return questions.show(register, command["id"], scope=scope)

    @serve(promised.PROPOSE_CUT_OVER)
    def propose_cut_over(self, command: Command) -> Command:
        """Let a second person look at it."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            cut_overs.propose(register, command["id"], scope=scope)
            return questions.show(register, command["id"], scope=scope)

    @serve(promised.GET_CUT_OVER)
    def get_cut_over(self, command: Command) -> Command:
        """Answer where a cut-over stands."""
        with self.books() as register:
            return questions.show(register, command["id"], scope=Scope.of(self.call.actor))

    @serve(promised.LIST_CUT_OVERS)
    def list_cut_overs(self, command: Command) -> Command:
        """Answer a page of cut-overs."""
        with self.books() as register:
            return questions.list_cut_overs(register, command, scope=Scope.of(self.call.actor))

    @serve(promised.LIST_CUT_OVER_FAULTS)
    def list_cut_over_faults(self, command: Command) -> Command:
        """Answer what is wrong with a file."""
        with self.books() as register:
            return questions.list_faults(register, command, scope=Scope.of(self.call.actor))

    @hear(CUT_OVER_POSTED)
    def record_cut_over_posted(self, heard: Heard, register: Register) -> None:
        """Write that all balances of a branch are in the book."""
        branch_writing.record_posted(register, heard.data["id"])
