"""Applicants, and what the branch holds of their money (rule L8)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.transactions.applicant_errors import ApplicantNotFound
from contracts.transactions.applicant_words import ApplicantMoneyState
from transactions.domain.applicants import Applicant, ApplicantRefundRequest
from transactions.models.applicants import applicant_moves, applicant_receipts, applicants
from transactions.models.ledger import receipts
from transactions.repository.scope import Scope

_HELD = applicant_receipts.c.state == ApplicantMoneyState.HELD


class ApplicantStore:
    """What is held, moved and refunded."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def lock(self, applicant_id: str, scope: Scope) -> Applicant:
        """Return an applicant and let nobody else move her money until this transaction ends.

        Raises:
            ApplicantNotFound: there is none, or not for this caller.
        """
        query = select(applicants).where(
            applicants.c.id == applicant_id, scope.sees_samity(applicants.c.samity_id)
        )
        row = self._session.execute(query.with_for_update()).mappings().first()
        if row is None:
            raise ApplicantNotFound
        return Applicant(**{name: row[name] for name in Applicant.__dataclass_fields__})

    def branch_of(self, applicant_id: str, scope: Scope) -> str:
        """Return the branch of an applicant, without a lock: its day is taken hold of first (mechanics D4).

        Raises:
            ApplicantNotFound: there is none, or not for this caller.
        """
        query = select(applicants.c.branch_id).where(
            applicants.c.id == applicant_id, scope.sees_samity(applicants.c.samity_id)
        )
        branch_id: str | None = self._session.execute(query).scalar()
        if branch_id is None:
            raise ApplicantNotFound
        return branch_id

    def last_receipt(self, moved_by: str) -> str:
        """Return the number of the newest receipt that she holds for money that an entry moved."""
        query = (
            select(receipts.c.text)
            .join(applicant_receipts, applicant_receipts.c.entry_id == receipts.c.entry_id)
            .where(applicant_receipts.c.ended_by_entry_id == moved_by)
            .order_by(receipts.c.year.desc(), receipts.c.number.desc())
            .limit(1)
        )
        return str(self._session.execute(query).scalar_one())

    def of_receipt(self, entry_id: str, scope: Scope) -> Applicant | None:
        """Return whose money a receipt is of, taken or given back; None where no applicant's is."""
        query = (
            select(applicants)
            .join(applicant_receipts, applicant_receipts.c.applicant_id == applicants.c.id)
            .where(
                (applicant_receipts.c.entry_id == entry_id)
                | (applicant_receipts.c.ended_by_entry_id == entry_id),
                scope.sees_samity(applicants.c.samity_id),
            )
            .limit(1)
        )
        row = self._session.execute(query).mappings().first()
        return (
            None if row is None else Applicant(**{name: row[name] for name in Applicant.__dataclass_fields__})
        )

    def find_move(self, applicant_id: str) -> Mapping[Any, Any] | None:
        """Return how her money went onto her account; None while it did not."""
        query = select(applicant_moves).where(applicant_moves.c.applicant_id == applicant_id)
        return self._session.execute(query).mappings().first()

    def add_receipt(self, receipt: Mapping[str, Any]) -> None:
        """Write money that is held from now on."""
        self._session.execute(
            insert(applicant_receipts).values(**receipt, state=ApplicantMoneyState.HELD.value)
        )

    def add_move(self, applicant_id: str, account_id: str, *, amount: int, on: date) -> None:
        """Write that her money is on her account, and that no more is taken of her as an applicant."""
        self._session.execute(
            insert(applicant_moves).values(
                applicant_id=applicant_id, account_id=account_id, amount=amount, moved_on=on
            )
        )

    def end_moved(self, applicant_id: str, entry_id: str) -> None:
        """Write that what was held went onto her account."""
        self._end(applicant_id, state=ApplicantMoneyState.MOVED.value, ended_by_entry_id=entry_id)

    def end_refunded(self, request: ApplicantRefundRequest) -> None:
        """Write that what was held is back in her hand."""
        self._end(
            request.applicant_id,
            state=ApplicantMoneyState.REFUNDED.value,
            ended_by_entry_id=request.id,
            mark=request.mark,
            witness_id=request.witness_id,
            reason=request.reason,
        )

    def held_in(
        self, office_id: str, *, before: date | None, after: str | None, limit: int
    ) -> list[Mapping[Any, Any]]:
        """Return what an office holds, what is to be refunded first at the head.

        Args:
            office_id: Whose books.
            before: Only what was to be refunded before this day.
            after: The entry of the last one seen.
            limit: How many.
        """
        query = (
            select(
                applicant_receipts.c.entry_id,
                applicant_receipts.c.applicant_id,
                applicants.c.name_bn.label("applicant_bn"),
                applicants.c.name_en.label("applicant_en"),
                applicants.c.status.label("applicant_status"),
                applicant_receipts.c.amount,
                receipts.c.text.label("receipt_number"),
                applicant_receipts.c.received_on,
                applicant_receipts.c.refund_by,
            )
            .join(applicants, applicants.c.id == applicant_receipts.c.applicant_id)
            .join(receipts, receipts.c.entry_id == applicant_receipts.c.entry_id)
            .where(applicant_receipts.c.office_id == office_id, _HELD)
            .order_by(applicant_receipts.c.refund_by, applicant_receipts.c.entry_id)
            .limit(limit)
        )
        if before is not None:
            query = query.where(applicant_receipts.c.refund_by < before)
        if after is not None:
            last = select(applicant_receipts.c.refund_by, applicant_receipts.c.entry_id).where(
                applicant_receipts.c.entry_id == after
            )
            key = tuple_(applicant_receipts.c.refund_by, applicant_receipts.c.entry_id)
            query = query.where(key > last.scalar_subquery())
        return list(self._session.execute(query).mappings())

    def _end(self, applicant_id: str, **values: object) -> None:
        held = update(applicant_receipts).where(applicant_receipts.c.applicant_id == applicant_id, _HELD)
        self._session.execute(held.values(values))
