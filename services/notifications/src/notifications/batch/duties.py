"""What notifications does of itself: carry messages away, and read again what it remembers of others."""

from functools import partial

from chassis.injection import CallContext, ServiceCaller
from chassis.rebuild import REBUILD, pages
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from contracts.accounts import EXPORT_CONTACTS, EXPORT_MEMBERS
from contracts.identity import EXPORT_OFFICES
from notifications.operations import delivering, projecting
from notifications.repository import Books
from notifications.senders import SenderOf
from notifications.vault import VaultOf


class NotificationsBatch:
    """The duties of the second process; the chassis adds the relay."""

    name = "notifications"
    call = CallContext()
    books = UnitOfWork(Books)
    vault = VaultOf()
    sender = SenderOf()
    identity = ServiceCaller("identity")
    accounts = ServiceCaller("accounts")

    @every(seconds=1)
    def deliver(self) -> None:
        """Carry away what is due; nothing is held in the database while a slow sender works."""
        while self._deliver_some():
            pass

    def _deliver_some(self) -> bool:
        with self.books() as books:
            taken, now = delivering.take_due(books), books.work.now
        for due in taken:
            outcome = delivering.send(due, self.sender, self.vault, now=now)
            with self.books() as books:
                delivering.settle(books, outcome, self.sender)
        return bool(taken)

    @step(REBUILD)
    def rebuild(self, _planned: Step) -> None:
        """Read the feeds of identity and accounts again, a page a transaction (mechanics T4)."""
        feeds = (
            (self.identity, EXPORT_OFFICES, projecting.project_office),
            (self.accounts, EXPORT_MEMBERS, projecting.project_member),
            (self.accounts, EXPORT_CONTACTS, partial(projecting.project_contact, vault=self.vault)),
        )
        for other, feed, remember in feeds:
            for page in pages(other, feed):
                with self.books() as books:
                    for state in page:
                        remember(books, state)
