"""What follows from an agreed reschedule: the books are asked again, then handed the schedule (rule L1)."""

from accounts.operations import reschedules
from accounts.operations.reschedules import RESCHEDULE_LOAN
from accounts.repository import Register
from accounts.settings import lending_limits
from chassis.injection import ServiceCaller
from chassis.rounds import Step, step
from chassis.work import UnitOfWork
from contracts.transactions.lending import LOAN_STANDINGS


class RescheduleSteps:
    """May be taken again at any point."""

    books = UnitOfWork(Register)
    ledger = ServiceCaller("transactions")
    lending = lending_limits()

    @step(RESCHEDULE_LOAN)
    def reschedule_loan(self, planned: Step) -> None:
        """Make the schedule anew as the loan stands now, and plan to hand it over, or write why not."""
        asked = {"loan_ids": [planned.payload["loan_id"]]}
        found = self.ledger.ask(LOAN_STANDINGS, asked, on_behalf_of=planned.actor)["items"]
        with self.books(actor=planned.actor) as register:
            reschedules.put_in_force(register, planned.id, found[0] if found else None, self.lending)
