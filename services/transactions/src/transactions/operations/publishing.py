"""Publishing seals outside the database; run again after a crash, what is written is not written twice."""

from transactions.repository import Books
from transactions.repository.registers import SealRegisters

PUBLISH_SEALS = "publish_seals"


def publish_seals(books: Books, registers: SealRegisters, office_id: str) -> int:
    """Add to an office's register whatever seals it lacks, and tell how many there were.

    Raises:
        RegisterDisagrees: the register's last seal is not in the database: nothing is written.
        OSError: the register cannot be written; the step is tried again, for ever.
    """
    last = registers.last(office_id)
    kept = books.closing.seals_since(office_id, last.seal.on if last else None)
    return registers.append(office_id, kept)
