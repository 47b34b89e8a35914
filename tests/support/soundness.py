"""What `./mikrof verify` asks of the books, asked of sound books in one statement instead of one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from chassis.work import Opening
from transactions.queries.coherence import find_false_seals
from transactions.repository import Books
from transactions.repository.questions import FAULTS
from transactions.verify import faults_in, verifier

if TYPE_CHECKING:
    from chassis.process import Process
    from transactions.domain.coherence import Fault

ANY = " UNION ALL ".join(
    f"(SELECT 1 FROM ({question}) AS {code} LIMIT 1)" for code, question in FAULTS.items()
)


def faults_of(process: Process) -> tuple[Fault, ...]:
    """Return what `transactions.verify.faults_in` returns, in a tenth of the time where that is nothing."""
    with Opening(process, process.own_call(), Books)() as books:
        books.coherence.see_one_moment()
        if books.work.session.execute(text(ANY)).first() is None:
            return tuple(find_false_seals(books, verifier(process.keys), None))
    return faults_in(process)
