"""What a proposal is held against: the member, her other loans, her samity's week, her guarantors."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from accounts.domain.lending.eligibility import Borrower, BorrowingSoFar, week_of
from accounts.domain.lending.loans import PAID, UNDECIDED
from accounts.domain.lending.people import GuarantorSoFar
from accounts.domain.scope import Scope
from accounts.models import loan_people, loans, members, samities
from accounts.repository.rows import every, find_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.loan_words import LoanRole, LoanState
from contracts.errors import NotFound
from contracts.transactions.lending_words import LoanStatus

_BORROWER = (
    members.c.id,
    members.c.status,
    members.c.admitted_on,
    members.c.samity_id,
    samities.c.branch_id,
    members.c.code,
    members.c.name_bn,
    members.c.name_en,
    members.c.sex,
    members.c.nid_index,
    members.c.deceased_on,
)
_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id)
_OPEN = loans.c.state.in_((*UNDECIDED, *PAID))
_WAS_PAID = sa.or_(
    loans.c.state.in_(PAID),
    sa.and_(loans.c.state == LoanState.ENDED, loans.c.ended_as != LoanStatus.UNDONE),
)


class Borrowers:
    """Members as they borrow. Guarantors are looked up in the whole institution; nobody is shown by it."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def hold(self, scope: Scope, member_id: str, beside: Collection[str] = ()) -> Borrower:
        """Return a member, and keep others from making loans for her or those beside her until the end.

        Raises:
            NotFound: she is not in scope.
        """
        held = sa.select(members.c.id).where(members.c.id.in_({member_id, *beside})).order_by(members.c.id)
        self._session.execute(held.with_for_update()).all()
        query = sa.select(*_BORROWER).select_from(_PLACED)
        row = find_one(self._session, query.where(members.c.id == member_id, samity_in(scope)))
        if row is None:
            raise NotFound(field="member_id")
        return Borrower(**row)

    def hold_guarantors(self, nid_indexes: Collection[str]) -> None:
        """Keep others from counting for whom these people stand in until the end, members or not."""
        together = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        for index in sorted(nid_indexes):
            self._session.execute(together, {"key": f"guarantor:{index}"})

    def indexes_of(self, member_ids: Collection[str]) -> dict[str, str]:
        """Return the blind indexes of members' identity numbers, by member."""
        query = sa.select(members.c.id, members.c.nid_index).where(members.c.id.in_(member_ids))
        return {row["id"]: row["nid_index"] for row in every(self._session, query)}

    def so_far(self, borrower: Borrower, on: date, *, besides: str) -> BorrowingSoFar:
        """Return her loans and her samity's week, without one loan; of earlier memberships too.

        Args:
            borrower: She, held.
            on: When the loan would be paid out.
            besides: The loan that is left out.
        """
        hers = (_hers(borrower.id), loans.c.id != besides)
        counted = sa.select(
            sa.func.count().filter(_WAS_PAID).label("paid_out"), sa.func.count().filter(_OPEN).label("open")
        )
        row = self._session.execute(counted.where(*hers)).mappings().one()
        last = (
            sa.select(loans.c.principal)
            .where(*hers, _WAS_PAID)
            .order_by(loans.c.disbursed_on.desc().nulls_first(), loans.c.proposed_at.desc())
            .limit(1)
        )
        return BorrowingSoFar(
            paid_out=row["paid_out"],
            open=row["open"],
            last_principal=self._session.execute(last).scalar_one_or_none(),
            samity_that_week=self._members_paid_in_week(borrower.samity_id, on, besides),
        )

    def _members_paid_in_week(self, samity_id: str, on: date, besides: str) -> int:
        """Count the others of a samity in a week; who asks at the same time waits until this is decided."""
        first, last = week_of(on)
        together = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        self._session.execute(together, {"key": f"loans-of-week:{samity_id}:{first.isoformat()}"})
        day = sa.func.coalesce(loans.c.disbursed_on, loans.c.planned_on)
        query = (
            sa.select(sa.func.count(loans.c.member_id.distinct()))
            .select_from(loans.join(members, members.c.id == loans.c.member_id))
            .where(
                members.c.samity_id == samity_id,
                loans.c.id != besides,
                sa.or_(_OPEN, _WAS_PAID),
                day.between(first, last),
            )
        )
        return self._session.execute(query).scalar_one()

    def guarantor(self, nid_index: str, *, besides: str) -> GuarantorSoFar:
        """Return for how many open loans somebody stands in besides one, and which member he is, if any."""
        query = (
            sa.select(sa.func.count(loans.c.id.distinct()))
            .select_from(loans.join(loan_people, loan_people.c.loan_id == loans.c.id))
            .where(
                loan_people.c.nid_index == nid_index,
                loan_people.c.role == LoanRole.GUARANTOR,
                loans.c.id != besides,
                _OPEN,
            )
        )
        member = (
            sa.select(*_BORROWER)
            .select_from(_PLACED)
            .where(members.c.nid_index == nid_index, members.c.status != "rejected")
            .order_by((members.c.status == "active").desc(), members.c.admitted_on.desc())
            .limit(1)
        )
        row = find_one(self._session, member)
        return GuarantorSoFar(
            self._session.execute(query).scalar_one(), None if row is None else Borrower(**row)
        )

    def guarantees_of(self, member_id: str) -> int:
        """Return for how many open loans of others a member stands in, also by her number alone (rule L7)."""
        number = sa.select(members.c.nid_index).where(members.c.id == member_id).scalar_subquery()
        query = (
            sa.select(sa.func.count(loans.c.id.distinct()))
            .select_from(loans.join(loan_people, loan_people.c.loan_id == loans.c.id))
            .where(loan_people.c.nid_index == number, loan_people.c.role == LoanRole.GUARANTOR, _OPEN)
        )
        return self._session.execute(query).scalar_one()

    def running_loans_of(self, member_id: str) -> list[str]:
        """Return her loans that are paid out and have not ended, of whichever membership."""
        query = sa.select(loans.c.id).where(_hers(member_id), loans.c.state == LoanState.DISBURSED)
        return [row["id"] for row in every(self._session, query.order_by(loans.c.id))]

    def open_loans_of(self, member_id: str) -> list[str]:
        """Return her loans that have not come to an end, asked for or running, of whichever membership."""
        query = sa.select(loans.c.id).where(_hers(member_id), _OPEN).order_by(loans.c.id)
        return [row["id"] for row in every(self._session, query)]


def _hers(member_id: str) -> sa.ColumnElement[bool]:
    """Loans of the person who is this member now: a rejoin is another membership of the same one."""
    now, ever = members.alias("now"), members.alias("ever")
    same = sa.select(ever.c.id).join(now, now.c.person_id == ever.c.person_id)
    return loans.c.member_id.in_(same.where(now.c.id == member_id))
