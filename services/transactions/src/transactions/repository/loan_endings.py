"""How loans ended by a decision, what is recovered of them, and fees; with their registers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, literal, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import NOTHING, Paisa
from contracts.transactions.lending_endings_words import EndingKind
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.chart import Side
from transactions.domain.lending.counter import CounterMoney
from transactions.domain.lending.schedules import Amounts
from transactions.domain.lending.waivers import Payment
from transactions.models.days import days
from transactions.models.endings import fees, loan_endings
from transactions.models.ledger import accounts, entries, postings, receipts
from transactions.models.lending import loans
from transactions.models.metadata import ID
from transactions.models.projections import members
from transactions.repository.scope import Scope

_PAYMENTS = text(
    """
    SELECT postings.entry_id, postings.row_id, postings.value_on,
           coalesce(sum(amount) FILTER (WHERE account_id = :principal), 0)::bigint AS principal,
           coalesce(sum(amount) FILTER (WHERE account_id = :charge), 0)::bigint AS charge
      FROM postings JOIN entries ON entries.id = postings.entry_id
     WHERE postings.account_id IN (:principal, :charge)
       AND postings.side = 'credit' AND postings.value_on > :after
       AND entries.kind IN
           ('collection', 'repayment', 'mobile_money', 'unallocated', 'correction', 'reversal')
       AND postings.row_id IS NOT NULL
       AND NOT EXISTS (
               SELECT FROM entries AS undoing
                WHERE undoing.reverses_entry_id = postings.entry_id
                  AND undoing.reverses_row_id = postings.row_id
           )
     GROUP BY postings.entry_id, postings.row_id, postings.value_on
     ORDER BY postings.value_on, postings.row_id
    """
).columns(entry_id=ID, row_id=ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a loan ended by a decision; amounts in paisa."""

    id: str
    loan_id: str
    office_id: str
    kind: EndingKind
    on: date
    value_on: date
    amounts: Amounts
    rebate: Paisa
    evidence: str
    maker_id: str
    checker_id: str
    claim: Paisa = NOTHING
    died_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedQuestion:
    """Which ended loans are asked for; `after` is the last line of the page before."""

    office_id: str
    kind: EndingKind | None
    from_on: date | None
    to_on: date | None
    after: tuple[date, str] | None
    limit: int


class LoanEndingStore:
    """The ends of loans, and money that is on no account of hers."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, ending: Ending) -> None:
        """Write how a loan ended; the caller holds it."""
        self._session.execute(
            insert(loan_endings).values(
                id=ending.id,
                loan_id=ending.loan_id,
                office_id=ending.office_id,
                kind=ending.kind.value,
                on=ending.on,
                value_on=ending.value_on,
                principal=ending.amounts.principal,
                charge=ending.amounts.charge,
                rebate=ending.rebate,
                claim=ending.claim,
                died_on=ending.died_on,
                evidence=ending.evidence,
                maker_id=ending.maker_id,
                checker_id=ending.checker_id,
                recorded_at=self._now,
            )
        )

    def undo(self, ending_id: str, undone_by: str) -> None:
        """Write which entry undid an ending; the caller holds the loan."""
        self._session.execute(
            update(loan_endings).where(loan_endings.c.id == ending_id).values(undone_by=undone_by)
        )

    def payments_after(self, principal_id: str, charge_id: str, after: date) -> tuple[Payment, ...]:
        """Return the money that was paid on a loan and valued after a day, and stands; the oldest first."""
        asked = {"principal": principal_id, "charge": charge_id, "after": after}
        return tuple(
            Payment(
                entry_id=row.entry_id,
                row_id=row.row_id,
                value_on=row.value_on,
                amounts=Amounts(Paisa(row.principal), Paisa(row.charge)),
            )
            for row in self._session.execute(_PAYMENTS, asked)
        )

    def claimed(self, loan_id: str) -> Paisa:
        """Return what is claimed of a written-off loan, in paisa."""
        query = select(loan_endings.c.claim).where(
            loan_endings.c.loan_id == loan_id, loan_endings.c.undone_by.is_(None)
        )
        return Paisa(self._session.execute(query).scalar() or 0)

    def balances(self, account_ids: Collection[str]) -> dict[str, int]:
        """Return what accounts hold, in paisa; one that was never used is left out."""
        query = select(accounts.c.id, accounts.c.balance).where(accounts.c.id.in_(account_ids))
        return {row.id: row.balance for row in self._session.execute(query)}

    def first_day_after(self, office_id: str, after: date) -> date | None:
        """Return an office's first business day after a date; None while there is none."""
        query = select(func.min(days.c.on)).where(days.c.office_id == office_id, days.c.on > after)
        return self._session.execute(query).scalar()

    def running_since(self, office_id: str, disbursed_by: date) -> tuple[str, ...]:
        """Return the running loans of an office that were paid out by a day."""
        query = select(loans.c.id).where(
            loans.c.office_id == office_id,
            loans.c.status == LoanStatus.RUNNING,
            loans.c.disbursed_on <= disbursed_by,
        )
        return tuple(self._session.execute(query.order_by(loans.c.id)).scalars())

    def ended(self, asked: EndedQuestion, scope: Scope) -> Sequence[Mapping[Any, Any]]:
        """Return ended loans of an office in a scope, the newest first, with what was booked then."""
        seen = scope.sees_member(members.c.id, members.c.samity_id)
        query = _ended().where(loans.c.office_id == asked.office_id, seen)
        if asked.kind is not None:
            query = query.where(loans.c.status == asked.kind.value)
        if asked.from_on is not None:
            query = query.where(loans.c.ended_on >= asked.from_on)
        if asked.to_on is not None:
            query = query.where(loans.c.ended_on <= asked.to_on)
        if asked.after is not None:
            on, loan_id = asked.after
            query = query.where(
                tuple_(loans.c.ended_on, loans.c.id) < tuple_(literal(on), literal(loan_id, loans.c.id.type))
            )
        query = query.order_by(loans.c.ended_on.desc(), loans.c.id.desc()).limit(asked.limit)
        return self._session.execute(query).mappings().all()

    def add_fee(self, fee: CounterMoney, office_id: str, on: date) -> None:
        """Write what a fee was for."""
        assert fee.what is not None
        self._session.execute(
            insert(fees).values(
                entry_id=fee.entry_id,
                member_id=fee.subject_id,
                office_id=office_id,
                kind=fee.what.value,
                amount=fee.amount,
                on=on,
                recorded_at=self._now,
            )
        )

    def fee(self, entry_id: str) -> Mapping[Any, Any] | None:
        """Return what a fee was for; None where an entry is none."""
        return self._session.execute(select(fees).where(fees.c.entry_id == entry_id)).mappings().first()

    def owner_of(self, account_id: str) -> str | None:
        """Return whose an office's account is: of a loan, a member, an officer."""
        return self._session.execute(select(accounts.c.owner_id).where(accounts.c.id == account_id)).scalar()

    def fees_of(self, member_id: str, after: str | None, limit: int) -> Sequence[Mapping[Any, Any]]:
        """Return the fees of a member, the newest first, with the receipt that was printed for each."""
        undoing = entries.alias("undoing")
        reversed_ = exists().where(undoing.c.reverses_entry_id == fees.c.entry_id).label("reversed")
        in_the_field = (
            select(postings.c.receipt)
            .where(
                postings.c.business_on == entries.c.business_on,
                postings.c.entry_id == fees.c.entry_id,
                postings.c.side == Side.CREDIT.value,
            )
            .scalar_subquery()
        )
        query = (
            select(fees, func.coalesce(receipts.c.text, in_the_field).label("receipt_number"), reversed_)
            .join(entries, entries.c.id == fees.c.entry_id)
            .outerjoin(
                receipts, receipts.c.entry_id == func.coalesce(entries.c.reverses_entry_id, fees.c.entry_id)
            )
            .where(fees.c.member_id == member_id)
        )
        if after is not None:
            last = select(fees.c.recorded_at).where(fees.c.entry_id == after).scalar_subquery()
            same = and_(fees.c.recorded_at == last, fees.c.entry_id < after)
            query = query.where(or_(fees.c.recorded_at < last, same))
        query = query.order_by(fees.c.recorded_at.desc(), fees.c.entry_id.desc()).limit(limit)
        return self._session.execute(query).mappings().all()


def _ended() -> Select[Any]:
    zero = literal(0)
    return (
        select(
            loans.c.id.label("loan_id"),
            loans.c.code,
            loans.c.member_id,
            members.c.code.label("member_code"),
            members.c.name_bn.label("member_bn"),
            members.c.name_en.label("member_en"),
            loans.c.status.label("kind"),
            loans.c.ended_on,
            loans.c.disbursed_on,
            loans.c.principal.label("lent"),
            func.coalesce(loan_endings.c.principal, zero).label("principal"),
            func.coalesce(loan_endings.c.charge, zero).label("charge"),
            func.coalesce(loan_endings.c.rebate, zero).label("rebate"),
            func.coalesce(loan_endings.c.claim, zero).label("claim"),
            loan_endings.c.evidence,
            loans.c.ended_by_entry_id.label("entry_id"),
        )
        .join(members, members.c.id == loans.c.member_id)
        .outerjoin(
            loan_endings, (loan_endings.c.loan_id == loans.c.id) & (loan_endings.c.undone_by.is_(None))
        )
        .where(loans.c.status.in_([kind.value for kind in EndingKind]))
    )
