"""Changes of members' numbers as other processes call them: load, act, answer."""

from typing import Any

from accounts.domain.number_changes import ChangeState, NumberChange
from accounts.domain.scope import Scope
from accounts.operations import number_changes
from accounts.queries import number_changes as questions
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.number_changes import (
    CONFIRM_NUMBER_CHANGE,
    LIST_NUMBER_CHANGES,
    PROPOSE_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    SEND_NUMBER_CODE,
    NumberCodeWrong,
)
from contracts.digits import to_latin

Said = dict[str, Any]


class NumberChanges(Entrypoints):
    """A member's other number, step by step (rule P1)."""

    @serve(PROPOSE_NUMBER_CHANGE)
    def propose_number_change(self, command: Said) -> Said:
        """Take another number down and send a code to it."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        with self.books() as register:
            return self._shown(number_changes.propose(register, command, desk, scope=scope))

    @serve(SEND_NUMBER_CODE)
    def send_number_code(self, command: Said) -> Said:
        """Send another code to the new number."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        with self.books() as register:
            return self._shown(number_changes.send_code(register, command["id"], desk, scope=scope))

    @serve(CONFIRM_NUMBER_CHANGE)
    def confirm_number_change(self, command: Said) -> Said:
        """Compare the code that she said; the try is counted whatever comes of it."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        with self.books() as register:
            change = number_changes.count_try(register, command["id"], scope=scope)
        said = desk.numbers.code_index(
            change.id, to_latin(desk.numbers.unsealed("code", command["code"])).strip()
        )
        if change.state is ChangeState.ASKED and said != change.code_index:
            raise NumberCodeWrong(tries_left=change.tries_left)
        with self.books() as register:
            return self._shown(number_changes.confirm(register, change.id, desk, scope=scope))

    @serve(RECORD_NUMBER_CALL_BACK)
    def record_number_call_back(self, command: Said) -> Said:
        """Write down that somebody else has called her back."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return self._shown(number_changes.record_call_back(register, command, scope=scope))

    @serve(LIST_NUMBER_CHANGES)
    def list_number_changes(self, command: Said) -> Said:
        """Answer all changes of a member's number."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return questions.list_number_changes(
                register, command["member_id"], scope=scope, numbers=self._numbers()
            )

    def _shown(self, change: NumberChange) -> Said:
        return questions.shown(change, self._numbers())
