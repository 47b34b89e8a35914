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
from notifications import queries
from notifications.operations import preferring
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
