"""What accounts does by itself: opens agreed savings in the ledger, and puts changes of samities in force."""

from functools import partial
from typing import Any

from accounts import projections
from accounts.batch.calendar import CalendarSteps
from accounts.batch.cut_overs import CutOverSteps
from accounts.batch.loans import LoanDuties
from accounts.batch.reschedules import RescheduleSteps
from accounts.operations import deaths, exits, samities, savings
from accounts.operations.deaths import AGREE_CLAIM
from accounts.operations.exits import CLOSE_MEMBER, REOPEN_MEMBER
from accounts.operations.savings import MOVE_APPLICANT_MONEY, OPEN_SAVINGS
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from chassis.injection import CallContext, Clock, Keys, ServiceCaller
from chassis.rebuild import REBUILD, pages
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from contracts.identity import EXPORT_LOGINS, EXPORT_OFFICES, EXPORT_STAFF
from contracts.transactions import applicants, nominees
from contracts.transactions.ledger import OPEN_ACCOUNT
from contracts.transactions.standing import MEMBER_STANDING

A_QUARTER_OF_AN_HOUR = 900


class AccountsBatch(LoanDuties, CalendarSteps, RescheduleSteps, CutOverSteps):
    """Steps and timers; each may run again at any point, and changes nothing the second time."""

    name = "accounts"

    call = CallContext()
    books = UnitOfWork(Register)
    clock = Clock()
    keys = Keys()
    identity = ServiceCaller("identity")
    ledger = ServiceCaller("transactions")

    @step(OPEN_SAVINGS)
    def open_savings(self, planned: Step) -> None:
        """Open an agreed account in the ledger, then write that it is open (architecture §6.4).

        Nothing is held while transactions is asked. A crash after its answer asks again under the same id,
        which it answers alike; while it is away the chassis tries again.
        """
        with self.books() as register:
            account = register.savings.get_planned(planned.id)
        opened = self.ledger.ask(OPEN_ACCOUNT, savings.ledger_command(account), on_behalf_of=planned.actor)
        with self.books() as register:
            savings.record_opened(register, planned.id, business_on=opened["business_on"])

    @step(MOVE_APPLICANT_MONEY)
    def move_applicant_money(self, planned: Step) -> None:
        """Let what she brought as an applicant go onto her savings, once (rule L8)."""
        self.ledger.ask(applicants.MOVE_APPLICANT_MONEY, planned.payload, on_behalf_of=planned.actor)

    @step(CLOSE_MEMBER)
    def close_member(self, planned: Step) -> None:
        """Close a membership, after asking the book once more whether nothing is left (rule L7)."""
        standing = self._standing(planned)
        with self.books() as register:
            exits.close_member(register, planned.payload["exit_id"], standing, PrivateNumbers.of(self.keys))

    @step(REOPEN_MEMBER)
    def reopen_member(self, planned: Step) -> None:
        """Undo a leaving, if the branch's day is still the one on which it was (rule L7)."""
        standing = self._standing(planned)
        with self.books() as register:
            exits.reopen_member(register, planned.payload["undo_id"], standing, PrivateNumbers.of(self.keys))

    def _standing(self, planned: Step) -> dict[str, Any]:
        asked = {"member_id": planned.payload["member_id"]}
        return self.ledger.ask(MEMBER_STANDING, asked, on_behalf_of=planned.actor)

    @step(AGREE_CLAIM)
    def agree_claim(self, planned: Step) -> None:
        """Name her nominees to the book, which then may pay them (rule L5)."""
        with self.books() as register:
            claim = deaths.claim_of(register, planned.payload["case_id"])
        self.ledger.ask(nominees.AGREE_CLAIM, claim, on_behalf_of=planned.actor)
        with self.books() as register:
            deaths.record_agreed(register, planned.payload["case_id"])

    @step(REBUILD)
    def rebuild(self, _planned: Step) -> None:
        """Read identity's feeds again and remember what they say, a page a transaction (mechanics T4)."""
        project_staff = partial(projections.project_staff, numbers=PrivateNumbers.of(self.keys))
        for feed, remember in (
            (EXPORT_OFFICES, projections.project_office),
            (EXPORT_STAFF, project_staff),
            (EXPORT_LOGINS, projections.project_login),
        ):
            for page in pages(self.identity, feed):
                with self.books() as register:
                    for state in page:
                        remember(register, state)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def put_changes_in_force(self) -> None:
        """Tell of each samity whose new officer or weekday counts from today."""
        with self.books() as register:
            samities.put_due_in_force(register, today=self.clock.today())
