"""Do totals, balances, postings, numbers and registers agree? Asked of one moment (D6, R1.9)."""

from collections.abc import Iterator

from sqlalchemy import select, text

from chassis.work import Work
from transactions.domain.coherence import Fault
from transactions.models.projections import offices
from transactions.repository.questions import FAULTS

_SHOWN = 100


class CoherenceStore:
    """Looks for what cannot be, over the whole book."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def see_one_moment(self) -> None:
        """Let all questions of this transaction see the same state, and take the time that they need."""
        self._session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        self._session.execute(text("SET LOCAL statement_timeout = 0"))

    def faults(self) -> Iterator[Fault]:
        """Find what disagrees, at most a hundred of a kind."""
        for code, question in FAULTS.items():
            rows = self._session.execute(text(question)).scalars().fetchmany(_SHOWN)
            yield from (Fault(code, subject) for subject in rows)

    def office_ids(self) -> tuple[str, ...]:
        """Return all offices."""
        return tuple(self._session.execute(select(offices.c.id).order_by(offices.c.path)).scalars())
