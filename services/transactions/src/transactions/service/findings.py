"""Findings as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import findings as promised
from contracts.transactions.finding_words import FindingAbout, FindingState
from transactions.operations import findings
from transactions.queries import findings as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Findings(Entrypoints):
    """What auditors found, what offices answer, and what became of it (rule P12)."""

    @serve(promised.RAISE_FINDING)
    def raise_finding(self, command: Command) -> Command:
        """Take what an auditor found."""
        today = self.clock.today()
        with self.books() as books:
            findings.raise_finding(
                books,
                command["id"],
                office_id=command["office_id"],
                about=(FindingAbout(command["about"]), command["about_id"]),
                said=command["said"],
                wanted=(command["answer_by"], today),
            )
            return questions.get_finding(books, command["id"], today)

    @serve(promised.ANSWER_FINDING)
    def answer_finding(self, command: Command) -> Command:
        """Take the answer of the office."""
        with self.books() as books:
            findings.answer_finding(books, command["id"], command["step"], command["said"])
            return questions.get_finding(books, command["id"], self.clock.today())

    @serve(promised.ASK_FINDING_AGAIN)
    def ask_finding_again(self, command: Command) -> Command:
        """Send an answer back that does not do."""
        today = self.clock.today()
        with self.books() as books:
            findings.ask_finding_again(
                books, command["id"], command["step"], command["said"], (command["answer_by"], today)
            )
            return questions.get_finding(books, command["id"], today)

    @serve(promised.CLOSE_FINDING)
    def close_finding(self, command: Command) -> Command:
        """Be done with a finding."""
        with self.books() as books:
            findings.close_finding(books, command["id"], command["step"], command["said"])
            return questions.get_finding(books, command["id"], self.clock.today())

    @serve(promised.GET_FINDING)
    def get_finding(self, command: Command) -> Command:
        """Answer a finding with its steps."""
        with self.books() as books:
            return questions.get_finding(books, command["id"], self.clock.today())

    @serve(promised.LIST_FINDINGS)
    def list_findings(self, command: Command) -> Command:
        """Answer the findings of an office and all below it."""
        state = FindingState(command["state"]) if command["state"] else None
        with self.books() as books:
            return questions.list_findings(
                books, command["office_id"], state, command["after"], self.clock.today()
            )
