"""Samities as other processes call them: load, act, answer."""

from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.domain.tenures import Tenure
from accounts.operations import samities
from accounts.queries import samities as samity_questions
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts import ASSIGN_SAMITY_OFFICER, LIST_SAMITIES, MOVE_SAMITY_MEETING, OPEN_SAMITY
from contracts.accounts.samities import LIST_OTHER_SAMITIES


class Samities(Entrypoints):
    """Opening samities, and who keeps them on which day."""

    @serve(OPEN_SAMITY)
    def open_samity(self, command: dict[str, Any]) -> dict[str, Any]:
        """Open a samity and answer with it."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            samities.open_samity(
                register,
                schemas.samity_opening(command),
                scope=scope,
                fingerprint=schemas.samity_fingerprint(command),
            )
            return register.samities.show(scope, command["id"])

    @serve(ASSIGN_SAMITY_OFFICER)
    def assign_samity_officer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let another officer keep a samity from a day on."""
        scope = Scope.of(self.call.actor)
        change = Tenure(command["from_on"], command["officer_id"])
        samity_id, change_id = command["samity_id"], command["id"]
        with self.books() as register:
            samities.assign_officer(
                register, samity_id, change_id, change=change, scope=scope, today=self.clock.today()
            )
            return register.samities.show(scope, samity_id)

    @serve(MOVE_SAMITY_MEETING)
    def move_samity_meeting(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let a samity meet on another weekday from a day on."""
        scope = Scope.of(self.call.actor)
        change = Tenure(command["from_on"], command["meeting_weekday"])
        samity_id, change_id = command["samity_id"], command["id"]
        with self.books() as register:
            samities.move_meeting(
                register, samity_id, change_id, change=change, scope=scope, today=self.clock.today()
            )
            return register.samities.show(scope, samity_id)

    @serve(LIST_OTHER_SAMITIES)
    def list_other_samities(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer to which samities a member may move, by code and name only."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return samity_questions.list_other_samities(
                register, command["member_id"], command["query"], scope=scope
            )

    @serve(LIST_SAMITIES)
    def list_samities(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the actor's samities."""
        with self.books() as register:
            return samity_questions.list_samities(register, command, scope=Scope.of(self.call.actor))
