"""How loans end, and fees at the counter, as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.errors import IdConflict
from contracts.transactions import lending_endings as promised
from contracts.transactions.lending_endings_words import WaiverKind
from transactions.operations.lending import counter, from_savings, settling, waiving, writing_off
from transactions.queries import loan_endings as registers
from transactions.schemas import loan_endings as shapes
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class LoanEndings(Entrypoints):
    """Settlement, savings to loan, waiver, write-off, recovery, fees, and their registers."""

    @serve(promised.QUOTE_SETTLEMENT)
    def quote_settlement(self, command: Command) -> Command:
        """Answer what would end a loan today."""
        with self.books() as books:
            terms = settling.quote_settlement(books, command["loan_id"])
        return shapes.settlement_answer(command["loan_id"], terms)

    @serve(promised.PROPOSE_SETTLEMENT)
    def propose_settlement(self, command: Command) -> Command:
        """Ask for a loan to be settled."""
        request = shapes.settlement_of(command, self.call.actor.person_id)
        with self.books() as books:
            state, facts = settling.propose_settlement(books, request)
        return shapes.settlement_proposed(request, state, facts)

    @serve(promised.PROPOSE_SAVINGS_TO_LOAN)
    def propose_savings_to_loan(self, command: Command) -> Command:
        """Ask for savings to pay a loan."""
        request = shapes.savings_to_loan_of(command, self.call.actor.person_id)
        with self.books() as books:
            state, facts = from_savings.propose_savings_to_loan(books, request)
        return shapes.moved_answer(request, state, facts)

    @serve(promised.QUOTE_WAIVER)
    def quote_waiver(self, command: Command) -> Command:
        """Answer what waiving a loan would cost the risk fund."""
        with self.books() as books:
            kind = WaiverKind(command["kind"])
            terms = waiving.quote_waiver(books, command["loan_id"], command["died_on"], kind)
        return shapes.waiver_answer(command["loan_id"], terms)

    @serve(promised.PROPOSE_WAIVER)
    def propose_waiver(self, command: Command) -> Command:
        """Ask for a dead member's loan to be waived."""
        request = shapes.waiver_of(command, self.call.actor.person_id)
        with self.books() as books:
            return shapes.proposed_answer(*waiving.propose_waiver(books, request))

    @serve(promised.PROPOSE_DEATH_REFUND)
    def propose_death_refund(self, command: Command) -> Command:
        """Ask for what was paid after a death to be paid back."""
        request = shapes.refund_of(command, self.call.actor.person_id)
        with self.books() as books:
            return shapes.proposed_answer(*waiving.propose_refund(books, request))

    @serve(promised.QUOTE_WRITE_OFF)
    def quote_write_off(self, command: Command) -> Command:
        """Answer what writing a loan off would book."""
        with self.books() as books:
            terms, around = writing_off.quote_write_off(books, command["loan_id"])
        return shapes.write_off_answer(command["loan_id"], terms, around)

    @serve(promised.PROPOSE_WRITE_OFF)
    def propose_write_off(self, command: Command) -> Command:
        """Ask for a loan to be written off."""
        request = shapes.write_off_of(command, self.call.actor.person_id)
        with self.books() as books:
            return shapes.proposed_answer(*writing_off.propose_write_off(books, request))

    @serve(promised.POST_RECOVERY)
    def post_recovery(self, command: Command) -> Command:
        """Take money for a written-off loan; the same one asked again answers the same."""
        money = shapes.recovery_of(command, self.call.actor.person_id)
        try:
            with self.books() as books:
                return counter.post_recovery(books, money)
        except IdConflict:
            with self.books() as books:
                return counter.answer_again(books, money)

    @serve(promised.POST_FEE)
    def post_fee(self, command: Command) -> Command:
        """Take a fee or premium; the same one asked again answers the same."""
        fee = shapes.fee_of(command, self.call.actor.person_id)
        try:
            with self.books() as books:
                return counter.post_fee(books, fee)
        except IdConflict:
            with self.books() as books:
                return counter.answer_again(books, fee)

    @serve(promised.LIST_FEES)
    def list_fees(self, command: Command) -> Command:
        """Answer a page of the fees a member paid."""
        with self.books() as books:
            return registers.list_fees(books, command["member_id"], command["after"])

    @serve(promised.LIST_ENDED_LOANS)
    def list_ended_loans(self, command: Command) -> Command:
        """Answer a page of an office's ended loans."""
        asked = shapes.ended_of(command)
        with self.books() as books:
            return registers.list_ended_loans(books, asked)
