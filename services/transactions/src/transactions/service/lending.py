"""Loans in the book as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.errors import IdConflict
from contracts.transactions import lending as promised
from transactions.operations.lending import payouts, repayments, schedules
from transactions.queries import lending as questions
from transactions.schemas.lending import payout_of, repayment_of, schedule_asked_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Lending(Entrypoints):
    """Loans: paid out, re-dated, repaid, read."""

    @serve(promised.PAY_OUT_LOAN)
    def pay_out_loan(self, command: Command) -> Command:
        """Open a loan and pay it out; the same one again gives the same answer."""
        payout = payout_of(command, self.call.actor.person_id)
        try:
            with self.books() as books:
                return payouts.pay_out_loan(books, payout)
        except IdConflict:
            with self.books() as books:
                return payouts.answer_again(books, payout)

    @serve(promised.REPLACE_SCHEDULE)
    def replace_schedule(self, command: Command) -> Command:
        """Put another version of a schedule in force."""
        with self.books() as books:
            business_on = schedules.replace_schedule(books, schedule_asked_of(command))
        return {
            "loan_id": command["loan_id"],
            "version": command["version"],
            "business_on": business_on,
        }

    @serve(promised.LOAN_STANDINGS)
    def loan_standings(self, command: Command) -> Command:
        """Answer how some loans stand."""
        with self.books() as books:
            return questions.loan_standings(books, command["loan_ids"])

    @serve(promised.POST_REPAYMENT)
    def post_repayment(self, command: Command) -> Command:
        """Post a repayment at the counter; the same one again gives the same answer."""
        repayment = repayment_of(command, self.call.actor.person_id)
        try:
            with self.books() as books:
                return repayments.post_repayment(books, repayment)
        except IdConflict:
            with self.books() as books:
                return repayments.answer_again(books, repayment)

    @serve(promised.READ_LOAN)
    def read_loan(self, command: Command) -> Command:
        """Answer a loan with its schedule."""
        with self.books() as books:
            return questions.read_loan(books, command["loan_id"], command["on"])

    @serve(promised.LIST_LOANS)
    def list_loans(self, command: Command) -> Command:
        """Answer loans of a member or an office."""
        with self.books() as books:
            return questions.list_loans(books, command)

    @serve(promised.READ_OWN_LOAN)
    def read_own_loan(self, command: Command) -> Command:
        """Answer a loan of the caller's own."""
        with self.books() as books:
            return questions.own_loan(books, command["loan_id"], command["on"])
