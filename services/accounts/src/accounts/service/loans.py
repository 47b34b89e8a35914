"""Loans as other processes call them: load, ask transactions where money decides, act, answer."""

from typing import Any

from accounts.domain.lending.eligibility import MoneyStanding, saved_in
from accounts.domain.scope import Scope
from accounts.operations import call_backs, disbursement, loan_decisions, loan_proposals, payout_codes
from accounts.queries import loans
from accounts.repository import Register
from accounts.schemas.loans import loan_proposal
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.loan_errors import PayoutCodeWrong
from contracts.accounts.loans import (
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    LIST_CALL_BACKS,
    LIST_LOANS,
    PROPOSE_LOAN,
    RECOMMEND_LOAN,
    RECORD_CALL_BACK,
    SEND_PAYOUT_CODE,
)
from contracts.money import Paisa
from contracts.transactions.lending import LOAN_STANDINGS
from contracts.transactions.standing import MEMBER_STANDING


class Loans(Entrypoints):
    """A loan from proposal to payout. Nothing is held while transactions is asked."""

    @serve(PROPOSE_LOAN)
    def propose_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Take a proposal down, and answer with the schedule quoted for the planned day."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        proposal = loan_proposal(command, desk.numbers)
        with self.books() as register:
            if loan_proposals.is_known(register, proposal):
                return self._loan_file(register, proposal.id, scope=scope)
            register.members.show(scope, proposal.member_id)
        standing = self._money_standing(proposal.member_id)
        with self.books() as register:
            loan_proposals.propose_loan(register, proposal, standing, desk, scope=scope)
            return self._loan_file(register, proposal.id, scope=scope)

    @serve(RECOMMEND_LOAN)
    def recommend_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Write what somebody found at her home."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            loan_decisions.recommend_loan(register, command, self._desk(), scope=scope)
            return self._loan_file(register, command["id"], scope=scope)

    @serve(APPROVE_LOAN)
    def approve_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Approve a loan for what was asked, or less with her consent."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            loan_decisions.approve_loan(register, command, self._desk(), scope=scope)
            return self._loan_file(register, command["id"], scope=scope)

    @serve(CANCEL_LOAN)
    def cancel_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let go of a loan that is not paid out."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            loan_decisions.cancel_loan(register, command["id"], command["reason"], scope=scope)
            return self._loan_file(register, command["id"], scope=scope)

    @serve(SEND_PAYOUT_CODE)
    def send_payout_code(self, command: dict[str, Any]) -> dict[str, Any]:
        """Send her the code that she says when she gets the money."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        with self.books() as register:
            return payout_codes.send_code(register, command["id"], desk, scope=scope)

    @serve(DISBURSE_LOAN)
    def disburse_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Fix the schedule for the day and let transactions pay; the batch process takes the step."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        with self.books() as register:
            member_id = register.loan_files.show(scope, command["id"])["member_id"]
        standing = self._money_standing(member_id)
        self._try_code(command, scope=scope)
        with self.books() as register:
            disbursement.disburse_loan(register, command, standing, desk, scope=scope)
            return self._loan_file(register, command["id"], scope=scope)

    @serve(GET_LOAN)
    def get_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer everything about a loan, its agreement included."""
        with self.books() as register:
            return loans.get_loan(
                register,
                command["id"],
                command["on"],
                scope=Scope.of(self.call.actor),
                numbers=self._numbers(),
                limits=self.lending,
            )

    @serve(LIST_LOANS)
    def list_loans(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the actor's loans."""
        with self.books() as register:
            return loans.list_loans(register, command, scope=Scope.of(self.call.actor), limits=self.lending)

    @serve(LIST_CALL_BACKS)
    def list_call_backs(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the payouts that members are to be asked about."""
        scope, today = Scope.of(self.call.actor), self.clock.today()
        with self.books() as register:
            return loans.list_call_backs(register, command, scope=scope, today=today)

    @serve(RECORD_CALL_BACK)
    def record_call_back(self, command: dict[str, Any]) -> dict[str, Any]:
        """Write what she said."""
        scope, today = Scope.of(self.call.actor), self.clock.today()
        with self.books() as register:
            call_backs.record_call_back(register, command, scope=scope)
            return loans.get_call_back(register, command["loan_id"], scope=scope, today=today)

    def _try_code(self, command: dict[str, Any], *, scope: Scope) -> None:
        """Compare the code that she said; the try is counted whatever comes of it."""
        said = payout_codes.digest_of(command["id"], command["code"], self._numbers())
        if said is None:
            return
        with self.books() as register:
            code = payout_codes.count_try(register, command["id"], scope=scope)
        if code is not None and said != code.code_index:
            raise PayoutCodeWrong(field="code", tries_left=code.tries_left - 1)

    def _loan_file(self, register: Register, loan_id: str, *, scope: Scope) -> dict[str, Any]:
        return loans.get_loan(
            register, loan_id, None, scope=scope, numbers=self._numbers(), limits=self.lending
        )

    def _money_standing(self, member_id: str) -> MoneyStanding:
        """Return what she has saved, and what of her running loans is overdue."""
        with self.books() as register:
            agreed = register.savings.of_members([member_id]).get(member_id, ())
            running = register.borrowers.running_loans_of(member_id)
        book = self.ledger.ask(MEMBER_STANDING, {"member_id": member_id})
        asked = {"loan_ids": running}
        loans_of_hers = self.ledger.ask(LOAN_STANDINGS, asked)["items"] if running else []
        saved = saved_in({row["account_id"] for row in agreed}, book["accounts"])
        return MoneyStanding(saved, Paisa(sum(loan["overdue"] for loan in loans_of_hers)))
