"""Samples for an auditor as other processes call them: load, act, answer."""

import secrets
from typing import Any

from chassis.serving import serve
from contracts.transactions import audit_samples as promised
from contracts.transactions.audit_sample_words import SampleOf
from transactions.domain.audit_samples import Wanted
from transactions.operations import audit_samples
from transactions.queries import audit_samples as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class AuditSamples(Entrypoints):
    """What the system draws for an auditor (rule P12)."""

    @serve(promised.DRAW_SAMPLE)
    def draw_sample(self, command: Command) -> Command:
        """Draw a sample."""
        wanted = Wanted(
            office_id=command["office_id"],
            of=SampleOf(command["of"]),
            from_on=command["from_on"],
            to_on=command["to_on"],
            size=command["size"],
        )
        with self.books() as books:
            audit_samples.draw_sample(books, command["id"], wanted, seed=secrets.token_hex())
            return questions.get_sample(books, command["id"])

    @serve(promised.GET_SAMPLE)
    def get_sample(self, command: Command) -> Command:
        """Answer a sample with what was drawn."""
        with self.books() as books:
            return questions.get_sample(books, command["id"])

    @serve(promised.LIST_SAMPLES)
    def list_samples(self, command: Command) -> Command:
        """Answer an office's samples."""
        with self.books() as books:
            return questions.list_samples(books, command["office_id"], command["after"])

    @serve(promised.PRINT_CONFIRMATIONS)
    def print_confirmations(self, command: Command) -> Command:
        """Answer the letters to the drawn members."""
        with self.books() as books:
            audit_samples.print_confirmations(books, command["id"], command["on"])
            return questions.confirmations(books, command["id"], command["on"])
