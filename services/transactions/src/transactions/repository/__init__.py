"""The only room that queries: what the books keep, by subject."""

from chassis.work import Work
from transactions.repository.approvals import ApprovalStore
from transactions.repository.days import DayStore
from transactions.repository.ledger import LedgerStore
from transactions.repository.people import PeopleStore


class Books:
    """The books of one database transaction."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.ledger = LedgerStore(work)
        self.days = DayStore(work)
        self.people = PeopleStore(work)
        self.approvals = ApprovalStore(work)
