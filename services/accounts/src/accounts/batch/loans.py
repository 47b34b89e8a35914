"""What accounts does by itself about loans: lets transactions pay them out, and lets old proposals go."""

from accounts.operations import disbursement, loan_decisions
from accounts.operations.desk import Desk
from accounts.operations.disbursement import PAY_OUT
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.settings import admission_limits, lending_limits
from chassis.injection import Clock, Keys, ServiceCaller
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from contracts.calls import load
from contracts.errors import Kind, ServiceError
from contracts.transactions.lending import PAY_OUT_LOAN
from contracts.transactions.lending_commands import PayOutLoan

A_QUARTER_OF_AN_HOUR = 900


class LoanDuties:
    """Each may run again at any point, and changes nothing the second time."""

    books = UnitOfWork(Register)
    clock = Clock()
    keys = Keys()
    ledger = ServiceCaller("transactions")
    limits = admission_limits()
    lending = lending_limits()

    @step(PAY_OUT)
    def pay_out_loan(self, planned: Step) -> None:
        """Let transactions pay a loan out, then write that it is paid, or why it is not (mechanics B4).

        The question is the recorded one, word for word. While transactions is away it is asked again; a
        refusal makes the loan approved again.
        """
        command = load(PayOutLoan, planned.payload["command"])
        try:
            answer = self.ledger.ask(PAY_OUT_LOAN, command, on_behalf_of=planned.actor)
        except ServiceError as refusal:
            if refusal.kind is Kind.AWAY:
                raise
            with self.books() as register:
                disbursement.record_refused(register, command["id"], refusal)
            return
        apr_percent = planned.payload["apr_percent"]
        with self.books() as register:
            disbursement.record_paid_out(register, command, answer, self._desk(), apr_percent=apr_percent)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def lapse_loans(self) -> None:
        """Let proposals go that nobody has paid out in time."""
        with self.books() as register:
            loan_decisions.lapse_loans(register, self.lending, self.clock.today())

    def _desk(self) -> Desk:
        return Desk(
            numbers=PrivateNumbers.of(self.keys),
            limits=self.limits,
            today=self.clock.today(),
            lending=self.lending,
        )
