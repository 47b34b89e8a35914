"""Money of applicants as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import applicants as promised
from contracts.transactions.applicant_words import ApplicantMoneyState
from transactions.domain.applicants import ApplicantReceiptRequest, ApplicantRefundRequest
from transactions.operations import applicants
from transactions.queries.applicants import list_applicants_money
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Applicants(Entrypoints):
    """What the branch holds of who is no member yet (rule L8)."""

    @serve(promised.RECEIVE_APPLICANT_MONEY)
    def receive_applicant_money(self, command: Command) -> Command:
        """Take an applicant's cash."""
        request = ApplicantReceiptRequest(**command, taken_by=self.call.actor.person_id)
        with self.books() as books:
            return applicants.receive_money(books, request)

    @serve(promised.REFUND_APPLICANT)
    def refund_applicant(self, command: Command) -> Command:
        """Give an applicant back what is held of her."""
        evidence = command.pop("evidence")
        request = ApplicantRefundRequest(**command, **evidence, paid_by=self.call.actor.person_id)
        with self.books() as books:
            return applicants.refund(books, request)

    @serve(promised.LIST_APPLICANTS_MONEY)
    def list_applicants_money(self, command: Command) -> Command:
        """Answer a page of what an office holds."""
        with self.books() as books:
            return list_applicants_money(
                books, command["office_id"], command["after"], overdue=command["overdue"]
            )

    @serve(promised.MOVE_APPLICANT_MONEY)
    def move_applicant_money(self, command: Command) -> Command:
        """Put what is held of a new member onto her account."""
        with self.books() as books:
            amount = applicants.move_to_savings(books, **command)
        return {**command, "amount": amount, "state": ApplicantMoneyState.MOVED}
