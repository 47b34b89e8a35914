"""What a member says of the messages that she gets."""

from typing import Any

from notifications.repository import Books, Message, Preference, Scope


def set_preferences(books: Books, command: dict[str, Any]) -> Preference:
    """Change how the member is written to; the kinds of rule P2 come whatever she says.

    Raises:
        Forbidden: the actor is no member.
    """
    Scope.own(books.work.actor)
    preference = Preference(command["detail"], command["confirmations"], command["language"])
    books.people.set_preference(books.work.actor.person_id, preference)
    books.work.audit("set_preferences", "member", books.work.actor.person_id, command)
    return preference


def mark_read(books: Books, message_id: str) -> Message:
    """Note that the member has read one of her messages.

    Raises:
        NotFound: there is none, or it is another's.
    """
    return books.messages.note_read(message_id, Scope.own(books.work.actor), now=books.work.now)
