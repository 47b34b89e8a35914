"""What must be true at any moment, as questions that answer with no rows (mechanics S4).

Of the books it is what `./mikrof verify` asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transactions.repository.questions import FAULTS

if TYPE_CHECKING:
    from psycopg2.extensions import connection

LEDGER = FAULTS
"""For the transactions database."""

EVERYWHERE = {
    "no event is parked": "SELECT event_id FROM parked WHERE state = 'parked'",
}
"""For each service's database."""

UNDER_WAY = {
    "every event is told": "SELECT id FROM outbox WHERE sent_at IS NULL",
    "every event that met a fault was heard at a later try": """
        SELECT event_id FROM parked WHERE state = 'waiting'
    """,
}
"""For each service's database: true again soon after whatever happened."""


def broken(database: connection, questions: dict[str, str]) -> dict[str, int]:
    """The questions that answered with rows, each with how many: nothing, where all is well."""
    with database.cursor() as books:
        found = {}
        for what, question in questions.items():
            books.execute(question)
            found[what] = len(books.fetchall())
    return {what: count for what, count in found.items() if count}
