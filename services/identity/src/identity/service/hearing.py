"""What identity hears of accounts: who is a member, and who is her officer (P1)."""

from chassis.hearing import Heard, hear
from contracts.accounts import MEMBER_CHANGED, SAMITY_CHANGED
from identity.operations import logins
from identity.repository import Books
from identity.service.base import Room


class HearingRoom(Room):
    """Where other services are listened to."""

    @hear(MEMBER_CHANGED)
    def project_member(self, event: Heard, books: Books) -> None:
        """Remember a member; the login of one who has left ends."""
        logins.remember_member(books, event.data)

    @hear(SAMITY_CHANGED)
    def project_samity(self, event: Heard, books: Books) -> None:
        """Remember a samity's officer."""
        books.logins.project_samity(event.data)
