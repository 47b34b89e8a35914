"""Loans in the book as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.errors import IdConflict
from contracts.transactions import lending as promised
from transactions.operations.lending import payouts, schedules
from transactions.queries import lending as questions
from transactions.schemas.lending import payout_of, schedule_asked_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Lending(Entrypoints):
    """Loans: paid out, re-dated, asked after."""

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
