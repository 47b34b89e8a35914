"""A savings account's life as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import savings as promised
from transactions.operations import corrections, withdrawals
from transactions.queries import savings as questions
from transactions.schemas.savings import correction_of, withdrawal_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Savings(Entrypoints):
    """Withdrawals, closings, dues, and corrections of earlier days."""

    @serve(promised.PROPOSE_WITHDRAWAL)
    def propose_withdrawal(self, command: Command) -> Command:
        """Take down that a member wants money."""
        request = withdrawal_of(command, self.call.actor.person_id)
        with self.books() as books:
            withdrawals.propose_withdrawal(books, request)
            return questions.get_withdrawal(books, request.id)

    @serve(promised.PAY_WITHDRAWAL)
    def pay_withdrawal(self, command: Command) -> Command:
        """Pay an approved withdrawal against her mark."""
        with self.books() as books:
            return withdrawals.pay_withdrawal(books, command["id"], **command["evidence"])

    @serve(promised.CANCEL_WITHDRAWAL)
    def cancel_withdrawal(self, command: Command) -> Command:
        """Let go of a withdrawal."""
        with self.books() as books:
            withdrawals.cancel_withdrawal(books, command["id"], command["reason"])
            return questions.get_withdrawal(books, command["id"])

    @serve(promised.LIST_WITHDRAWALS)
    def list_withdrawals(self, command: Command) -> Command:
        """Answer a page of what waits in an office."""
        with self.books() as books:
            return questions.list_withdrawals(books, command["office_id"], command["after"])

    @serve(promised.PROPOSE_CORRECTION)
    def propose_correction(self, command: Command) -> Command:
        """Ask for a row of an earlier day to be put right."""
        request = correction_of(command, self.call.actor.person_id)
        with self.books() as books:
            return {"id": request.id, "state": corrections.propose_correction(books, request)}
