"""The passbook register, within a scope."""

from datetime import date

import sqlalchemy as sa

from accounts.domain.passbooks import OPEN, Issue, Passbook
from accounts.domain.scope import Scope
from accounts.models import members, passbooks, samities
from accounts.repository.rows import add, every, find_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.errors import PassbookNotFound
from contracts.errors import IdConflict

_BOOK = tuple(passbooks.c[name] for name in Passbook.__dataclass_fields__)
_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    passbooks, passbooks.c.member_id == members.c.id
)


class PassbookStore:
    """Paper books of the members of a scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find(self, book_id: str) -> Passbook | None:
        """Return a book by its id, wherever it is; None where there is none."""
        row = find_one(self._session, sa.select(*_BOOK).where(passbooks.c.id == book_id))
        return None if row is None else Passbook(**row)

    def hold(self, scope: Scope, book_id: str) -> Passbook:
        """Return a book and keep it to oneself until the end of the work.

        Raises:
            PassbookNotFound: there is none in scope.
        """
        query = (
            sa.select(*_BOOK)
            .select_from(_PLACED)
            .where(passbooks.c.id == book_id, samity_in(scope))
            .with_for_update(of=passbooks)
        )
        row = find_one(self._session, query)
        if row is None:
            raise PassbookNotFound
        return Passbook(**row)

    def hold_open(self, member_id: str) -> Passbook | None:
        """Return the open book of a member who was found in scope, and hold it; None where she has none."""
        query = sa.select(*_BOOK).where(passbooks.c.member_id == member_id, passbooks.c.status == OPEN)
        row = find_one(self._session, query.with_for_update())
        return None if row is None else Passbook(**row)

    def of_member(self, member_id: str) -> list[Passbook]:
        """Return all books of a member who was found in scope, the newest first."""
        query = sa.select(*_BOOK).where(passbooks.c.member_id == member_id)
        newest = (passbooks.c.started_on.desc(), passbooks.c.issued_at.desc())
        return [Passbook(**row) for row in every(self._session, query.order_by(*newest))]

    def is_number_taken(self, branch_id: str, number: str, lot: str | None) -> bool:
        """Tell whether a book of the branch bears a number of a lot."""
        query = sa.select(passbooks.c.id).where(
            passbooks.c.branch_id == branch_id,
            passbooks.c.number == number,
            passbooks.c.lot.is_not_distinct_from(lot),
        )
        return self._session.execute(query.limit(1)).first() is not None

    def add(self, issue: Issue, *, branch_id: str, on: date, fingerprint: str) -> None:
        """Write a book that is given to a member.

        Raises:
            IdConflict: another book was written under the id, or for her, meanwhile.
        """
        row = {
            "id": issue.id,
            "member_id": issue.member_id,
            "branch_id": branch_id,
            "number": issue.number,
            "lot": issue.lot,
            "status": OPEN,
            "started_on": on,
            "issued_by": self._work.actor.person_id,
            "issued_at": self._work.now,
            "fingerprint": fingerprint,
        }
        refusals = {"passbooks_pkey": IdConflict(), "passbooks_one_open": IdConflict()}
        add(self._session, sa.insert(passbooks).values(row), refusals)

    def end(self, book_id: str, *, how: str, reason: str, on: date) -> None:
        """Write that a book is not in use any more, and why."""
        ended = sa.update(passbooks).where(passbooks.c.id == book_id)
        by = self._work.actor.person_id
        self._session.execute(ended.values(status=how, reason=reason, ended_on=on, ended_by=by))
