"""The age of loans as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import classes as promised
from transactions.operations import class_data, class_runs
from transactions.queries import classes as questions
from transactions.schemas.classes import freeze_request_of, rules_request_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Classes(Entrypoints):
    """Month-end runs over loans, what they found, the register of overdue loans, and the dated rules."""

    @serve(promised.RUN_CLASSES)
    def run_classes(self, command: Command) -> Command:
        """Take on the run of a branch and month."""
        with self.books() as books:
            class_runs.run_classes(books, command["id"], command["office_id"], command["month"])
            return questions.get_class_run(books, command["id"])

    @serve(promised.CANCEL_CLASS_RUN)
    def cancel_class_run(self, command: Command) -> Command:
        """Let a run go no further."""
        with self.books() as books:
            class_runs.cancel_class_run(books, command["id"])
            return questions.get_class_run(books, command["id"])

    @serve(promised.GET_CLASS_RUN)
    def get_class_run(self, command: Command) -> Command:
        """Answer how far a run has come."""
        with self.books() as books:
            return questions.get_class_run(books, command["id"])

    @serve(promised.LIST_CLASS_RUNS)
    def list_class_runs(self, command: Command) -> Command:
        """Answer a page of a month's runs below an office."""
        with self.books() as books:
            return questions.list_class_runs(books, command["office_id"], command["month"], command["after"])

    @serve(promised.LIST_CLASSES)
    def list_classes(self, command: Command) -> Command:
        """Answer the totals of an office by class."""
        with self.books() as books:
            return questions.list_classes(books, command["office_id"], command["month"])

    @serve(promised.LIST_OVERDUE_LOANS)
    def list_overdue_loans(self, command: Command) -> Command:
        """Answer a page of a branch's overdue loans."""
        with self.books() as books:
            return questions.list_overdue_loans(books, command["office_id"], command["on"], command["after"])

    @serve(promised.LIST_CLASS_DATA)
    def list_class_data(self, command: Command) -> Command:
        """Answer the dated rules and freezes."""
        del command
        with self.books() as books:
            return questions.list_class_data(books)

    @serve(promised.PROPOSE_CLASS_RULES)
    def propose_class_rules(self, command: Command) -> Command:
        """Ask for other classes from a day on."""
        request = rules_request_of(command, self.call.actor.person_id)
        with self.books() as books:
            return {"id": request.id, "state": class_data.propose_rules(books, request)}

    @serve(promised.PROPOSE_CLASS_FREEZE)
    def propose_class_freeze(self, command: Command) -> Command:
        """Ask for a freeze of classes."""
        request = freeze_request_of(command, self.call.actor.person_id)
        with self.books() as books:
            return {"id": request.id, "state": class_data.propose_freeze(books, request)}
