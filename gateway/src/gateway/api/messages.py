"""Messages to members, and how each wants to be written to (P2)."""

from typing import Any

from contracts.notifications import (
    GET_PREFERENCES,
    LIST_MESSAGES,
    LIST_OWN_MESSAGES,
    MARK_READ,
    SET_PREFERENCES,
)
from gateway.api.resource import Resource
from gateway.asking import ask

messages = Resource("messages", "Messages to members, and how each wants to be written to (P2).")


@messages.get("/me/messages", LIST_OWN_MESSAGES)
def list_own_messages(command: dict[str, Any]) -> dict[str, Any]:
    """List one's own messages, the newest first."""
    return ask(LIST_OWN_MESSAGES, command)


@messages.post("/me/messages/<uuid:id>/read", MARK_READ)
def mark_read(command: dict[str, Any]) -> dict[str, Any]:
    """Note that one has read a message."""
    return ask(MARK_READ, command)


@messages.get("/me/preferences", GET_PREFERENCES)
def get_preferences(command: dict[str, Any]) -> dict[str, Any]:
    """Tell how one is written to."""
    return ask(GET_PREFERENCES, command)


@messages.put("/me/preferences", SET_PREFERENCES)
def set_preferences(command: dict[str, Any]) -> dict[str, Any]:
    """Choose how one is written to; what rule P2 lists comes always."""
    return ask(SET_PREFERENCES, command)


@messages.get("/messages", LIST_MESSAGES)
def list_messages(command: dict[str, Any]) -> dict[str, Any]:
    """List the messages to members of the offices that one sees."""
    return ask(LIST_MESSAGES, command)
