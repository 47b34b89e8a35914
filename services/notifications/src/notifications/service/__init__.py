"""Notifications, as the gateway and the other services meet it."""

from collections.abc import Mapping
from typing import Any

from chassis.replaying import keeps_parked
from chassis.serving import serve
from contracts.notifications import (
    GET_PREFERENCES,
    LIST_MESSAGES,
    LIST_OWN_MESSAGES,
    MARK_READ,
    PING,
    SET_PREFERENCES,
)
from contracts.wordings import (
    DECIDE_APPROVAL,
    GET_TEMPLATE,
    LIST_APPROVALS,
    LIST_TEMPLATES,
    PREVIEW_TEMPLATE,
    PROPOSE_TEMPLATE,
)
from notifications import queries
from notifications.operations import preferring, wording
from notifications.repository import Message, Preference
from notifications.service.hearing import HearingRoom

Answer = Mapping[str, Any]


@keeps_parked
class NotificationsService(HearingRoom):
    """Messages to members, and how they want to be written to."""

    name = "notifications"

    @serve(PING)
    def ping(self, command: dict[str, Any]) -> Answer:
        """Say that the service is there."""
        del command
        return {"service": self.name}

    @serve(LIST_OWN_MESSAGES)
    def list_own_messages(self, command: dict[str, Any]) -> Answer:
        """List the member's own messages."""
        with self.books() as books:
            return queries.list_own_messages(books, command["before"])

    @serve(MARK_READ)
    def mark_read(self, command: dict[str, Any]) -> Message:
        """Note that the member has read a message."""
        with self.books() as books:
            return preferring.mark_read(books, command["id"])

    @serve(GET_PREFERENCES)
    def get_preferences(self, command: dict[str, Any]) -> Preference:
        """Say how the member wants to be written to."""
        del command
        with self.books() as books:
            return queries.get_preferences(books)

    @serve(SET_PREFERENCES)
    def set_preferences(self, command: dict[str, Any]) -> Preference:
        """Change how the member is written to."""
        with self.books() as books:
            return preferring.set_preferences(books, command)

    @serve(LIST_MESSAGES)
    def list_messages(self, command: dict[str, Any]) -> Answer:
        """List the messages to members of the actor's offices."""
        with self.books() as books:
            return queries.list_messages(books, command)

    @serve(LIST_TEMPLATES)
    def list_templates(self, command: dict[str, Any]) -> Answer:
        """List how each kind of message reads now."""
        del command
        with self.books() as books:
            return queries.list_templates(books)

    @serve(GET_TEMPLATE)
    def get_template(self, command: dict[str, Any]) -> Answer:
        """Read one kind of message with every wording proposed for it."""
        with self.books() as books:
            return queries.get_template(books, command["kind"])

    @serve(PREVIEW_TEMPLATE)
    def preview_template(self, command: dict[str, Any]) -> Answer:
        """Say how a wording would read; nothing is kept."""
        return queries.preview_template(command)

    @serve(PROPOSE_TEMPLATE)
    def propose_template(self, command: dict[str, Any]) -> Answer:
        """Propose another wording."""
        with self.books() as books:
            return queries.pending(wording.propose_template(books, command), books.work.actor)

    @serve(LIST_APPROVALS)
    def list_approvals(self, command: dict[str, Any]) -> Answer:
        """List the wordings that wait for a second person."""
        del command
        with self.books() as books:
            return queries.list_approvals(books)

    @serve(DECIDE_APPROVAL)
    def decide_approval(self, command: dict[str, Any]) -> Answer:
        """Agree to a wording, or decline it."""
        with self.books() as books:
            state = wording.decide_approval(books, command)
        return {"id": command["id"], "state": state, "secret": None}
