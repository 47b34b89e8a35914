"""A savings account's life as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import savings as promised
from transactions.operations import closings, corrections, withdrawals
from transactions.queries import savings as questions
from transactions.schemas.savings import closing_of, correction_of, terms_answer, withdrawal_of
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

    @serve(promised.QUOTE_CLOSING)
    def quote_closing(self, command: Command) -> Command:
        """Answer what closing an account would pay today."""
        with self.books() as books:
            terms = closings.quote_closing(books, command["account_id"])
        return terms_answer(command["account_id"], terms)

    @serve(promised.PROPOSE_CLOSING)
    def propose_closing(self, command: Command) -> Command:
        """Ask for an account to be closed."""
        request = closing_of(command, self.call.actor.person_id)
        with self.books() as books:
            state, terms = closings.propose_closing(books, request)
        return {"id": request.id, "state": state, "terms": terms_answer(request.account_id, terms)}

    @serve(promised.READ_TERM_DUES)
    def read_term_dues(self, command: Command) -> Command:
        """Answer where a monthly term account stands."""
        with self.books() as books:
            return questions.read_term_dues(books, command["account_id"])
