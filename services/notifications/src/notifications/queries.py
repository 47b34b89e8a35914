"""What members and the staff ask about messages."""

from dataclasses import asdict
from typing import Any

from notifications.repository import Books, Preference, Question, Scope

PAGE = 100


def list_own_messages(books: Books, before: str | None) -> dict[str, Any]:
    """Return a page of the member's own messages, the newest first, whether or not they could be sent."""
    items = books.messages.list_own(Scope.own(books.work.actor), before)
    return {"items": items, "next": items[-1].id if len(items) == PAGE else None}


def get_preferences(books: Books) -> Preference:
    """Return how the member wants to be written to.

    Raises:
        Forbidden: the actor is no member.
    """
    Scope.own(books.work.actor)
    return books.people.get_preference(books.work.actor.person_id)


def list_messages(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the messages to members of the actor's offices, the newest first."""
    question = Question(command["office_id"], command["member_id"], command["status"], command["after"])
    found = books.messages.list_shown(Scope.of_staff(books.work.actor), question)
    items = [
        asdict(shown.message)
        | {"member_code": shown.code, "member_name_bn": shown.name_bn, "member_name_en": shown.name_en}
        for shown in found
    ]
    return {"items": items, "next": items[-1]["id"] if len(items) == PAGE else None}
