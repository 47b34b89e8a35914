"""Whether the books are sound: postings, balances, totals, numbers and seals agree (mechanics D6, D9)."""

from collections.abc import Iterator

from transactions.domain.coherence import Fault, SealedDay, Verify, faults_of_chain
from transactions.repository import Books


def find_faults(books: Books, verify: Verify) -> Iterator[Fault]:
    """Find everything that is wrong.

    Args:
        books: One database transaction, which sees one state of the books.
        verify: Tells whether a signature holds for a statement.
    """
    yield from books.coherence.faults()
    for office_id in books.coherence.office_ids():
        yield from faults_of_chain(_sealed_days(books, office_id), verify)


def _sealed_days(books: Books, office_id: str) -> Iterator[SealedDay]:
    for seal, signature in books.closing.seals_of(office_id):
        leaves = books.closing.leaves_of(seal)
        yield SealedDay(seal, signature, leaves, books.closing.sealed_postings(office_id, seal.on))
