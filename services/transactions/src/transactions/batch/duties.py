"""What transactions does by itself: closes days, issues sheets, and makes room for months to come."""

import secrets

from chassis.injection import CallContext, Clock, Keys
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from transactions.operations import closing, sheets
from transactions.operations.days import CLOSE_DAY
from transactions.repository import Books
from transactions.service.vitals import RoomInTheBooks

A_QUARTER_OF_AN_HOUR = 900
SIX_HOURS = 21_600


class TransactionsBatch:
    """Steps and timers; each may run again at any point, and changes nothing the second time."""

    name = "transactions"

    call = CallContext()
    books = UnitOfWork(Books)
    clock = Clock()
    keys = Keys()
    room = RoomInTheBooks()

    @step(CLOSE_DAY)
    def close_day(self, planned: Step) -> None:
        """Bring a closing to its end, a transaction a stage; after a crash it goes on where it was."""
        sign = self.keys.issuer(self.name).key.sign
        more = True
        while more:
            with self.books() as books:
                more = closing.advance(books, planned.id, sign=sign, random_bytes=secrets.token_bytes)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def issue_sheets(self) -> None:
        """Make the sheets of the coming week, wherever a day is open, a transaction a branch (rule M4)."""
        with self.books() as books:
            offices = books.collection.sheets.offices_with_a_day()
        for office_id in offices:
            with self.books() as books:
                sheets.keep_sheets_issued(books, office_id, today=self.clock.today())

    @every(seconds=SIX_HOURS)
    def make_room(self) -> None:
        """Let the owner's function make the partitions of the coming months (mechanics D3)."""
        with self.books() as books:
            books.partitions.make_room(self.clock.today())
