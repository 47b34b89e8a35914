"""Payments in the field as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import floats as promised
from transactions.domain.floats import FieldPayments
from transactions.operations import field_payments, floats
from transactions.queries import floats as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Floats(Entrypoints):
    """Where withdrawals are paid in the field, and the floats for them (rule M9)."""

    @serve(promised.PROPOSE_FIELD_PAYMENTS)
    def propose_field_payments(self, command: Command) -> Command:
        """Ask for another setting of an office."""
        setting = FieldPayments(**command, maker_id=self.call.actor.person_id)
        with self.books() as books:
            return {"id": setting.id, "state": field_payments.propose_setting(books, setting)}

    @serve(promised.LIST_FIELD_PAYMENTS)
    def list_field_payments(self, command: Command) -> Command:
        """Answer an office's settings."""
        with self.books() as books:
            return questions.list_field_payments(books, command["office_id"])

    @serve(promised.ISSUE_FLOAT)
    def issue_float(self, command: Command) -> Command:
        """Set cash apart for agreed withdrawals of a samity."""
        with self.books() as books:
            floats.issue_float(books, command["id"], command["sheet_id"], command["withdrawal_ids"])
            return questions.get_float(books, command["id"])

    @serve(promised.ACCEPT_FLOAT)
    def accept_float(self, command: Command) -> Command:
        """Take the cash of a float."""
        with self.books() as books:
            floats.accept_float(books, command["id"])
            return questions.get_float(books, command["id"])

    @serve(promised.RETURN_FLOAT)
    def return_float(self, command: Command) -> Command:
        """Take a float back, or withdraw one that nobody took."""
        with self.books() as books:
            floats.return_float(books, command["id"], command["reason"])
            return questions.get_float(books, command["id"])

    @serve(promised.LIST_FLOATS)
    def list_floats(self, command: Command) -> Command:
        """Answer a page of an office's floats."""
        with self.books() as books:
            return questions.list_floats(books, command)
