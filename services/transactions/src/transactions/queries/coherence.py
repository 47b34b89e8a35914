"""Whether the books are sound: postings, balances, totals, numbers and seals agree (mechanics D6, D9)."""

from collections.abc import Iterator

from transactions.domain.coherence import Fault, SealedDay, Verify, faults_of_chain
from transactions.domain.published import faults_of_register
from transactions.repository import Books
from transactions.repository.registers import SealRegisters


def find_faults(books: Books, verify: Verify, registers: SealRegisters | None) -> Iterator[Fault]:
    """Find everything that is wrong.

    Args:
        books: One database transaction, which sees one state of the books.
        verify: Tells whether a signature holds for a statement.
        registers: Where seals are published; None looks at the database alone.
    """
    yield from books.coherence.faults()
    yield from find_false_seals(books, verify, registers)


def find_false_seals(books: Books, verify: Verify, registers: SealRegisters | None) -> Iterator[Fault]:
    """Find what no longer is as it was sealed or published."""
    offices = books.coherence.office_ids()
    for office_id in offices:
        yield from faults_of_chain(_sealed_days(books, office_id), verify)
    if registers is not None:
        for office_id in sorted({*offices, *registers.office_ids()}):
            kept = books.closing.seals_since(office_id, None)
            lines = registers.lines(office_id)
            yield from faults_of_register(office_id, lines, kept, verify, books.work.now)


def _sealed_days(books: Books, office_id: str) -> Iterator[SealedDay]:
    """Yield each seal with what it covers; what none covers stands with a closed day's last one (M16)."""
    seals = books.closing.seals_of(office_id)
    last = {seal.on: seal.number for seal, _ in seals}
    for seal, signature in seals:
        leaves = books.closing.leaves_of(seal)
        own = {leaf.entry_id for leaf in leaves}
        others = books.closing.sealed_entries(office_id, seal.on) - own
        answers_for_all = seal.number == last[seal.on] and books.days.is_closed(office_id, seal.on)
        postings = tuple(
            line
            for line in books.closing.sealed_postings(office_id, seal.on)
            if line.entry_id in own or (answers_for_all and line.entry_id not in others)
        )
        yield SealedDay(seal, signature, leaves, postings)
