"""What is wrong with the books, where something is: a code, and what it is wrong with. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from transactions.domain.seal import (
    NOTHING_BEFORE,
    Seal,
    SealedLeaf,
    SealedPosting,
    altered_rows,
    root_of,
)

Verify = Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be in sound books."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class SealedDay:
    """A seal with its signature, what was kept of its leaves, and the day's postings as they are now."""

    seal: Seal
    signature: bytes
    leaves: Sequence[SealedLeaf]
    postings: Sequence[SealedPosting]


def faults_of_chain(days: Iterable[SealedDay], verify: Verify) -> Iterator[Fault]:
    """Check an office's seals in the order of their chain; a row is named where its leaf survives (D9).

    Args:
        days: All of an office, the oldest first.
        verify: Tells whether a signature holds for a statement.
    """
    previous = NOTHING_BEFORE
    for day in days:
        where = f"{day.seal.office_id} {day.seal.on.isoformat()}"
        if not verify(day.signature, day.seal.statement()):
            yield Fault("SEAL_SIGNATURE_FALSE", where)
        if day.seal.previous != previous:
            yield Fault("SEAL_CHAIN_BROKEN", where)
        previous = day.seal.digest()
        if day.seal.leaves != len(day.leaves) or day.seal.root != root_of([leaf.hash for leaf in day.leaves]):
            yield Fault("SEAL_LEAVES_DO_NOT_MAKE_THE_ROOT", where)
        yield from (
            Fault("SEALED_ROW_ALTERED", row)
            for row in altered_rows(day.leaves, day.postings, day.seal.version)
        )
