"""What identity does of itself."""

from chassis.injection import CallContext, ServiceCaller
from chassis.rebuild import REBUILD, pages
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from contracts.accounts import EXPORT_MEMBERS, EXPORT_SAMITIES
from identity.operations import holds, logins, sessions
from identity.repository import Books


class IdentityBatch:
    """The duties of identity's second process; the chassis adds the relay."""

    name = "identity"
    call = CallContext()
    books = UnitOfWork(Books)
    accounts = ServiceCaller("accounts")

    @every(seconds=300)
    def sweep(self) -> None:
        """Forget sessions, tokens and tries that are long over."""
        with self.books() as books:
            sessions.sweep(books)

    @every(seconds=60)
    def lapse_holds(self) -> None:
        """Let holds that nobody confirmed within a day lapse (P6)."""
        with self.books() as books:
            holds.lapse(books)

    @step(REBUILD)
    def rebuild(self, _planned: Step) -> None:
        """Read accounts' feeds again and remember what they say, a page a transaction (mechanics T4)."""
        for page in pages(self.accounts, EXPORT_SAMITIES):
            with self.books() as books:
                for state in page:
                    books.logins.project_samity(state)
        for page in pages(self.accounts, EXPORT_MEMBERS):
            with self.books() as books:
                for state in page:
                    logins.remember_member(books, state)
