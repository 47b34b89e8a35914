"""What members who died leave, as other processes call it: load, act, answer (rule L5)."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.nominees import AGREE_CLAIM, CLOSE_ESTATE, GET_CLAIM, PAY_NOMINEE
from transactions.domain.nominees import NomineePayment
from transactions.operations import nominees
from transactions.queries.nominees import show_claim
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Nominees(Entrypoints):
    """Claims of nominees: agreed, closed, paid."""

    @serve(AGREE_CLAIM)
    def agree_claim(self, command: Command) -> Command:
        """Keep whom the area lets be paid."""
        with self.books() as books:
            nominees.agree_claim(books, command)
            return show_claim(books, command["id"])

    @serve(GET_CLAIM)
    def get_claim(self, command: Command) -> Command:
        """Answer a claim."""
        with self.books() as books:
            return show_claim(books, command["id"])

    @serve(CLOSE_ESTATE)
    def close_estate(self, command: Command) -> Command:
        """Close her accounts for her nominees."""
        with self.books() as books:
            nominees.close_estate(books, command["id"])
            return show_claim(books, command["id"])

    @serve(PAY_NOMINEE)
    def pay_nominee(self, command: Command) -> Command:
        """Pay one nominee."""
        evidence = command.pop("evidence")
        payment = NomineePayment(**command, **evidence, paid_by=self.call.actor.person_id)
        with self.books() as books:
            nominees.pay_nominee(books, payment)
            return show_claim(books, payment.claim_id)
