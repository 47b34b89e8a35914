"""Acting assignments."""

from collections.abc import Mapping
from typing import Any

from chassis.serving import serve
from contracts.identity import END_ACTING, LIST_ACTING, PROPOSE_ACTING
from identity.operations import acting
from identity.queries import acting as questions
from identity.queries import people
from identity.service.base import Room

Answer = Mapping[str, Any]


class ActingRoom(Room):
    """Who holds whose post while that one is away."""

    @serve(PROPOSE_ACTING)
    def propose_acting(self, command: dict[str, Any]) -> Answer:
        """Propose that a person acts in another's post."""
        with self.books() as books:
            return people.proposed(books, acting.propose_acting(books, command))

    @serve(END_ACTING)
    def end_acting(self, command: dict[str, Any]) -> Answer:
        """End it before its last day."""
        with self.books() as books:
            acting.end_acting(books, command["id"], command["reason"])
            return questions.show_acting(books, command["id"])

    @serve(LIST_ACTING)
    def list_acting(self, command: dict[str, Any]) -> Answer:
        """List the acting posts at the actor's offices."""
        with self.books() as books:
            return questions.list_acting(books, command)
