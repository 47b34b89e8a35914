"""What accounts paid when they were closed, and the history from which that is computed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from transactions.domain.chart import Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.savings.closing import ClosingTerms, History
from transactions.domain.savings.dues import Movement
from transactions.models.ledger import account_terms, accounts, entries, postings
from transactions.models.metadata import ID
from transactions.models.savings import account_closings
from transactions.repository.interest import InterestStore

_HISTORY = text(
    """
    SELECT moved.account_id, moved.value_on, sum(moved.amount) AS total,
           coalesce(sum(moved.amount) FILTER (WHERE NOT moved.kind = ANY(:of_the_house)), 0) AS paid
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

OF_THE_HOUSE = sorted(
    kind.value
    for kind in (
        EntryKind.INTEREST,
        EntryKind.INTEREST_ADJUSTMENT,
        EntryKind.FEE,
        EntryKind.OPENING,
        EntryKind.TRANSFER_IN,
        EntryKind.TRANSFER_OUT,
    )
)


class AccountClosingStore:
    """Closings of savings accounts."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now
        self._interest = InterestStore(work)

    def histories(self, account_ids: Collection[str]) -> dict[str, History]:
        """Return what the books of some accounts say, by value date; one without postings is empty."""
        values = {"account_ids": list(account_ids), "of_the_house": OF_THE_HOUSE}
        rows = self._session.execute(_HISTORY, values).mappings()
        days = {account_id: list(each) for account_id, each in groupby(rows, itemgetter("account_id"))}
        counted, carried = self._interest.counted(account_ids), self._carried(account_ids)
        return {
            account_id: _history(days.get(account_id, []), *counted[account_id], carried.get(account_id, ()))
            for account_id in account_ids
        }

    def _carried(self, account_ids: Collection[str]) -> dict[str, tuple[Movement, ...]]:
        """Return what was paid on accounts before they came here from another book (rules L6, P13)."""
        current = (account_terms.c.account_id == accounts.c.id) & (
            account_terms.c.version == accounts.c.terms_version
        )
        query = (
            select(accounts.c.id, account_terms.c.terms["carried"].label("carried"))
            .join(account_terms, current)
            .where(accounts.c.id.in_(account_ids), account_terms.c.terms.has_key("carried"))
        )
        return {
            row.id: tuple(Movement(date.fromisoformat(paid["on"]), paid["amount"]) for paid in row.carried)
            for row in self._session.execute(query)
        }

    def add(self, closing_id: str, account_id: str, office_id: str, terms: ClosingTerms) -> None:
        """Write what an account paid."""
        self._session.execute(
            insert(account_closings).values(
                id=closing_id,
                account_id=account_id,
                office_id=office_id,
                on=terms.on,
                how=terms.how.value,
                balance=terms.balance,
                interest=terms.interest,
                provisioned=terms.provisioned,
                charge=terms.charge,
                rounding=terms.rounding,
                payout=terms.payout,
                closed_at=self._now,
            )
        )

    def lock_standing(self, closing_id: str) -> str | None:
        """Return the account of a closing that stands, and let nobody else undo it; None if none does."""
        query = (
            select(account_closings.c.account_id)
            .where(account_closings.c.id == closing_id, account_closings.c.undone_by.is_(None))
            .with_for_update()
        )
        return self._session.execute(query).scalar()

    def undo(self, closing_id: str, undone_by: str) -> None:
        """Write which entry undid a closing."""
        self._session.execute(
            update(account_closings).where(account_closings.c.id == closing_id).values(undone_by=undone_by)
        )

    def state_version(self, account_id: str) -> int:
        """Return how often an account was closed, or open again by the undoing of a closing."""
        counted = func.count() + func.count(account_closings.c.undone_by)
        query = select(counted).where(account_closings.c.account_id == account_id)
        return self._session.execute(query).scalar_one()

    def entries_of(self, entry_ids: Collection[str]) -> tuple[Entry, ...]:
        """Return those of some entries that are in the book, with their postings."""
        query = (
            select(
                entries,
                postings.c.account_id,
                postings.c.side,
                postings.c.amount,
                postings.c.row_id.label("of_row"),
            )
            .add_columns(postings.c.receipt)
            .join(
                postings,
                (postings.c.business_on == entries.c.business_on) & (postings.c.entry_id == entries.c.id),
            )
            .where(entries.c.id.in_(entry_ids))
            .order_by(entries.c.id, postings.c.number)
        )
        rows = self._session.execute(query).mappings()
        return tuple(_entry(list(lines)) for _, lines in groupby(rows, itemgetter("id")))


def _history(
    days: Sequence[Mapping[Any, Any]],
    earned_to: date | None,
    provided: Paisa,
    carried: tuple[Movement, ...],
) -> History:
    return History(
        movements=tuple(Movement(day["value_on"], int(day["total"])) for day in days if day["total"]),
        paid=(*carried, *(Movement(day["value_on"], int(day["paid"])) for day in days if day["paid"])),
        earned_to=earned_to,
        provided=provided,
    )


def _entry(lines: list[Mapping[Any, Any]]) -> Entry:
    head = lines[0]
    return Entry(
        id=head["id"],
        office_id=head["office_id"],
        kind=EntryKind(head["kind"]),
        business_on=head["business_on"],
        value_on=head["value_on"],
        maker_id=head["maker_id"],
        checker_id=head["checker_id"],
        officer_id=head["officer_id"],
        samity_id=head["samity_id"],
        reason=head["reason"],
        postings=tuple(
            Posting(line["account_id"], Side(line["side"]), line["amount"], line["of_row"], line["receipt"])
            for line in lines
        ),
    )
