"""What every room of the service has at hand."""

from chassis.injection import CallContext, Clock, Ids, Keys
from chassis.work import UnitOfWork
from transactions.repository import Books


class Entrypoints:
    """The head of the service: the call in hand, the books, the clock, ids and keys."""

    call = CallContext()
    books = UnitOfWork(Books)
    clock = Clock()
    ids = Ids()
    keys = Keys()
