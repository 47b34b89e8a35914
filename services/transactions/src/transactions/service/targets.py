"""Targets as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import targets as promised
from transactions.domain.days import first_of_month
from transactions.domain.targets import Targets
from transactions.operations import targets
from transactions.queries import targets as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class MonthlyTargets(Entrypoints):
    """What branches and officers are to reach in a month."""

    @serve(promised.SET_TARGETS)
    def set_targets(self, command: Command) -> Command:
        """Set targets of a branch or of an officer."""
        month = first_of_month(command["month"])
        wanted = Targets(**{**command, "month": month}, set_by=self.call.actor.person_id)
        with self.books() as books:
            targets.set_targets(books, wanted)
            return questions.get_targets(books, wanted.id)

    @serve(promised.LIST_TARGETS)
    def list_targets(self, command: Command) -> Command:
        """Answer what was set for a branch and its officers."""
        with self.books() as books:
            return questions.list_targets(books, command["office_id"], command["month"])
