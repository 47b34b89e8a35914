"""The register of mismatches and complaints as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import complaints as promised
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintVia,
    Contacted,
)
from transactions.domain.complaints import Finding, Told
from transactions.operations import complaints
from transactions.queries import complaints as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Complaints(Entrypoints):
    """What members say is wrong, and what became of it (rule P4)."""

    @serve(promised.TAKE_COMPLAINT)
    def take_complaint(self, command: Command) -> Command:
        """Take what a member says at the counter or by telephone."""
        told = _told(command, ComplaintVia(command["via"]))
        with self.books() as books:
            return questions.taken(
                complaints.take_complaint(
                    books, command["id"], command["member_code"], told, today=self.clock.today()
                )
            )

    @serve(promised.MAKE_OWN_COMPLAINT)
    def make_own_complaint(self, command: Command) -> Command:
        """Take what a member says herself."""
        told, today = _told(command, ComplaintVia.APP), self.clock.today()
        with self.books() as books:
            complaints.make_own_complaint(books, command["id"], told, today=today)
            return questions.own_complaint(books, command["id"], today=today)

    @serve(promised.LIST_OWN_COMPLAINTS)
    def list_own_complaints(self, command: Command) -> Command:
        """Answer all of a member's own."""
        del command
        with self.books() as books:
            return questions.list_own_complaints(books, today=self.clock.today())

    @serve(promised.LIST_COMPLAINTS)
    def list_complaints(self, command: Command) -> Command:
        """Answer a page of cases."""
        with self.books() as books:
            return questions.list_complaints(
                books, command, today=self.clock.today(), waits=command["waits_for"]
            )

    @serve(promised.LIST_TOLD_COMPLAINTS)
    def list_told_complaints(self, command: Command) -> Command:
        """Answer a page of an officer's own, with whose members somebody has spoken."""
        with self.books() as books:
            return questions.list_told_complaints(books, command["after"])

    @serve(promised.GET_COMPLAINT)
    def get_complaint(self, command: Command) -> Command:
        """Answer a case."""
        with self.books() as books:
            return questions.get_complaint(books, command["id"], today=self.clock.today())

    @serve(promised.ACKNOWLEDGE_COMPLAINT)
    def acknowledge_complaint(self, command: Command) -> Command:
        """Take it that somebody looks at a case."""
        contact, today = command["contact"], self.clock.today()
        with self.books() as books:
            complaints.acknowledge_complaint(
                books, command["id"], Contacted(contact) if contact else None, today=today
            )
            return questions.get_complaint(books, command["id"], today=today)

    @serve(promised.CONTACT_COMPLAINANT)
    def contact_complainant(self, command: Command) -> Command:
        """Take it that somebody has spoken with her."""
        contact, today = Contacted(command["contact"]), self.clock.today()
        with self.books() as books:
            complaints.contact_complainant(books, command["id"], contact, today=today)
            return questions.get_complaint(books, command["id"], today=today)

    @serve(promised.ANSWER_COMPLAINT)
    def answer_complaint(self, command: Command) -> Command:
        """Take what was found."""
        finding = Finding(
            outcome=ComplaintOutcome(command["outcome"]),
            answer=command["answer"],
            correction_id=command["correction_id"],
        )
        with self.books() as books:
            complaints.answer_complaint(books, command["id"], finding, today=self.clock.today())
            return questions.get_complaint(books, command["id"], today=self.clock.today())


def _told(command: Command, via: ComplaintVia) -> Told:
    return Told(
        about=ComplaintAbout(command["about"]),
        against=ComplaintAgainst(command["against"]),
        via=via,
        said=command["said"],
        entry_id=command["entry_id"],
        row_id=command["row_id"],
        account_code=command["account_code"],
        on=command["on"],
    )
