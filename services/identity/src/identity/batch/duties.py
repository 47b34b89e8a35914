"""What identity does of itself."""

from chassis.injection import CallContext
from chassis.rounds import every
from chassis.work import UnitOfWork
from identity.operations import sessions
from identity.repository import Books


class IdentityBatch:
    """The duties of identity's second process; the chassis adds the relay."""

    name = "identity"
    call = CallContext()
    books = UnitOfWork(Books)

    @every(seconds=300)
    def sweep(self) -> None:
        """Forget sessions, tokens and tries that are long over."""
        with self.books() as books:
            sessions.sweep(books)
