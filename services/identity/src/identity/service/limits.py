"""Limits by amount, and who of the own office could be a witness."""

from collections.abc import Mapping
from typing import Any

from chassis.serving import serve
from contracts.identity import LIST_COLLEAGUES, LIST_LIMITS, PROPOSE_LIMIT
from identity.operations import limits
from identity.queries import limits as questions
from identity.queries import people
from identity.service.base import Room

Answer = Mapping[str, Any]


class LimitRoom(Room):
    """What the institution lets its roles allow."""

    @serve(PROPOSE_LIMIT)
    def propose_limit(self, command: dict[str, Any]) -> Answer:
        """Propose a limit; another administrator approves."""
        with self.books() as books:
            return people.proposed(books, limits.propose_limit(books, command))

    @serve(LIST_LIMITS)
    def list_limits(self, command: dict[str, Any]) -> Answer:
        """List every limit with its days."""
        del command
        with self.books() as books:
            return questions.list_limits(books)

    @serve(LIST_COLLEAGUES)
    def list_colleagues(self, command: dict[str, Any]) -> Answer:
        """List who works at the actor's own office today."""
        del command
        with self.books() as books:
            return people.list_colleagues(books)
