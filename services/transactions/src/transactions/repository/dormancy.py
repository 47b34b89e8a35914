"""Members who have moved nothing for long: found in chunks, marked, and woken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.chart import SAVINGS_LEDGERS
from transactions.domain.savings.agreements import DORMANT_AFTER_MONTHS
from transactions.domain.savings.dormancy import HER_OWN
from transactions.models.metadata import ID
from transactions.models.savings import dormancy_runs

_NEXT_MEMBERS = text(
    """
    SELECT DISTINCT member_id FROM accounts
     WHERE office_id = :office_id AND ledger = ANY(:savings) AND NOT closed AND dormant_since IS NULL
       AND (CAST(:after AS uuid) IS NULL OR member_id > :after)
     ORDER BY member_id LIMIT :limit
    """
).columns(member_id=ID)

_MARK = text(
    """
    WITH moved AS (
        SELECT accounts.member_id,
               max(coalesce(latest.value_on, accounts.opened_on, accounts.opened_at::date)) AS last_on,
               coalesce(min((account_terms.terms ->> 'dormant_after_months')::integer), :months) AS months
          FROM accounts
          LEFT JOIN account_terms
            ON account_terms.account_id = accounts.id AND account_terms.version = accounts.terms_version
          LEFT JOIN LATERAL (
                   SELECT postings.value_on FROM postings
                     JOIN entries ON entries.id = postings.entry_id
                    WHERE postings.account_id = accounts.id AND entries.kind = ANY(:own)
                    ORDER BY postings.value_on DESC LIMIT 1
               ) AS latest ON true
         WHERE accounts.member_id = ANY(CAST(:members AS uuid[]))
         GROUP BY accounts.member_id
    ), quiet AS (
        SELECT member_id, last_on FROM moved
         WHERE last_on <= CAST(:on AS date) - make_interval(months => months)
    )
    UPDATE accounts SET dormant_since = quiet.last_on
      FROM quiet
     WHERE accounts.member_id = quiet.member_id AND NOT accounts.closed
    RETURNING accounts.member_id, accounts.office_id, quiet.last_on
    """
).columns(member_id=ID, office_id=ID)

_WAKE = text(
    """
    UPDATE accounts SET dormant_since = NULL
     WHERE dormant_since IS NOT NULL
       AND member_id IN (SELECT member_id FROM accounts WHERE id = ANY(CAST(:account_ids AS uuid[])))
    RETURNING member_id, office_id
    """
).columns(member_id=ID, office_id=ID)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A member who has moved nothing since a day."""

    member_id: str
    office_id: str
    since_on: date


class DormancyStore:
    """The monthly look for dormant members of each office, and the flag on their accounts."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def take(self, office_id: str, month: date) -> tuple[str | None] | None:
        """Take hold of an office's run of a month.

        Returns:
            After whom it goes on, in a tuple; None when it is finished.
        """
        self._session.execute(
            insert(dormancy_runs).values(office_id=office_id, month=month).on_conflict_do_nothing()
        )
        query = (
            dormancy_runs.select()
            .where(dormancy_runs.c.office_id == office_id, dormancy_runs.c.month == month)
            .with_for_update()
        )
        run = self._session.execute(query).one()
        return None if run.finished_at is not None else (run.after_member,)

    def next_members(self, office_id: str, after: str | None, limit: int) -> tuple[str, ...]:
        """Return the next members of an office who save and are not dormant yet, by id."""
        values = {"office_id": office_id, "savings": sorted(SAVINGS_LEDGERS), "after": after, "limit": limit}
        return tuple(self._session.execute(_NEXT_MEMBERS, values).scalars())

    def mark(self, members: Collection[str], on: date) -> tuple[Quiet, ...]:
        """Mark those members who have moved nothing for as long as the shortest of their terms says."""
        values = {
            "members": list(members),
            "on": on,
            "months": DORMANT_AFTER_MONTHS,
            "own": sorted(kind.value for kind in HER_OWN),
        }
        found = {
            row.member_id: Quiet(row.member_id, row.office_id, row.last_on)
            for row in self._session.execute(_MARK, values)
        }
        return tuple(found[member_id] for member_id in sorted(found))

    def went_on(self, office_id: str, month: date, after: str | None) -> None:
        """Keep how far a run has come; None is its end."""
        come = {"finished_at": self._now} if after is None else {"after_member": after}
        self._session.execute(
            update(dormancy_runs)
            .where(dormancy_runs.c.office_id == office_id, dormancy_runs.c.month == month)
            .values(**come)
        )

    def wake(self, account_ids: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Take the flag from the members of some accounts.

        Returns:
            Each member with her office.
        """
        rows = self._session.execute(_WAKE, {"account_ids": list(account_ids)})
        return tuple(sorted({(row.member_id, row.office_id) for row in rows}))
