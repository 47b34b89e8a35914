"""What every room of the service declares."""

from collections.abc import Mapping
from typing import Any

from chassis.injection import CallContext
from chassis.work import UnitOfWork
from identity.operations.doors import Opened
from identity.repository import Books
from identity.vault import VaultOf


class Room:
    """The call in hand, the books, and the keys."""

    call = CallContext()
    books = UnitOfWork(Books)
    vault = VaultOf()

    def tokens_of(self, opened: Opened) -> Mapping[str, Any]:
        """Return a session's new tokens, sealed to the gateway."""
        return {
            "tokens": self.vault.seal_pair(opened.pair),
            "expires_in": opened.expires_in,
            "session_id": opened.session.id,
        }
