"""Interest that was credited before its money was known: found and put right in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select, text

from chassis.work import Work
from transactions.domain.chart import SAVINGS_LEDGERS
from transactions.domain.ledger import Entry, EntryKind, Standing
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.earning import BookedDay, Past
from transactions.domain.savings.late import adjusting_entries, late_movements
from transactions.models.interest import interest_postings
from transactions.models.metadata import ID
from transactions.repository.interest import EARNERS, agreement_of

_DAYS = text(
    """
    SELECT moved.account_id, moved.value_on, sum(moved.amount)::bigint AS total,
           coalesce(sum(moved.amount) FILTER (WHERE moved.kind = ANY(:of_interest)), 0)::bigint AS of_interest
      FROM (
               SELECT postings.account_id, postings.value_on,
                      CASE side WHEN 'credit' THEN amount ELSE -amount END AS amount,
                      coalesce(undone.kind, entries.kind) AS kind
                 FROM postings
                 JOIN entries ON entries.id = postings.entry_id
                 LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
                WHERE postings.account_id = ANY(CAST(:account_ids AS uuid[]))
           ) AS moved
     GROUP BY moved.account_id, moved.value_on
     ORDER BY moved.account_id, moved.value_on
    """
).columns(account_id=ID)

_OF_INTEREST = [EntryKind.INTEREST.value, EntryKind.INTEREST_ADJUSTMENT.value]


class LateInterest:
    """What rule M2 asks of entries that are valued before interest was credited."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._today = work.today

    def accounts_past(self, posted: Sequence[Entry]) -> frozenset[str]:
        """Return the accounts whose interest was credited past the value date of some entries."""
        late = late_movements(posted)
        return frozenset(self._counted(late)) if late else frozenset()

    def entries(self, posted: Sequence[Entry], standings: Mapping[str, Standing]) -> tuple[Entry, ...]:
        """Return the adjusting entries that some entries bring, which are in the book already."""
        late = late_movements(posted)
        counted = self._counted(late) if late else {}
        if not counted:
            return ()
        ids = list(counted)
        values = {"account_ids": ids, "month": self._today, "savings": sorted(SAVINGS_LEDGERS)}
        agreements = {
            row["account_id"]: agreement_of(row) for row in self._session.execute(EARNERS, values).mappings()
        }
        days = self._days(ids)
        corrections = {
            account_id: Past(
                agreement=agreement,
                days=days[account_id],
                late=late[account_id],
                counted=counted[account_id],
            ).corrections()
            for account_id, agreement in agreements.items()
        }
        return adjusting_entries(posted, corrections, standings)

    def _counted(self, late: Mapping[str, Sequence[Movement]]) -> dict[str, list[date]]:
        """Return up to which days interest was credited on each account that money came too late for."""
        query = (
            select(interest_postings.c.account_id, interest_postings.c.through_on)
            .where(interest_postings.c.account_id.in_(late))
            .order_by(interest_postings.c.account_id, interest_postings.c.through_on)
        )
        found = {
            account_id: [row.through_on for row in rows]
            for account_id, rows in groupby(self._session.execute(query), attrgetter("account_id"))
        }
        return {
            account_id: throughs
            for account_id, throughs in found.items()
            if throughs[-1] >= late[account_id][0].on
        }

    def _days(self, account_ids: Sequence[str]) -> dict[str, tuple[BookedDay, ...]]:
        rows = self._session.execute(_DAYS, {"account_ids": account_ids, "of_interest": _OF_INTEREST})
        return {
            account_id: tuple(BookedDay(row.value_on, row.total, row.of_interest) for row in days)
            for account_id, days in groupby(rows, attrgetter("account_id"))
        }
