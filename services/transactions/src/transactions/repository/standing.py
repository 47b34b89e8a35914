"""What is on its way for a member beside her accounts, and what her closed accounts paid (rule L7)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from chassis.work import Work
from transactions.domain.approvals import ApprovalState
from transactions.models.approvals import approvals
from transactions.models.collection import sheet_rows, unallocated_receipts
from transactions.models.ledger import account_terms, accounts, receipts
from transactions.models.savings import account_closings


class StandingStore:
    """Questions about one member, whoever asks: the caller has found her."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def unallocated(self, member_id: str) -> int:
        """Return her money without an account, in paisa: in the book and not settled, or still on a sheet."""
        booked = select(func.coalesce(func.sum(unallocated_receipts.c.amount), 0)).where(
            unallocated_receipts.c.member_id == member_id, unallocated_receipts.c.state == "open"
        )
        coming = (
            select(func.coalesce(func.sum(sheet_rows.c.amount), 0))
            .join(unallocated_receipts, unallocated_receipts.c.row_id == sheet_rows.c.row_id, isouter=True)
            .where(
                sheet_rows.c.member_id == member_id,
                sheet_rows.c.state == "unallocated",
                unallocated_receipts.c.row_id.is_(None),
            )
        )
        return int(self._session.execute(booked).scalar_one()) + int(
            self._session.execute(coming).scalar_one()
        )

    def waiting(self, member_id: str) -> int:
        """Return how many requests about her money wait for a second person."""
        query = select(func.count()).where(
            approvals.c.state == ApprovalState.WAITING, approvals.c.facts["member_id"].astext == member_id
        )
        return int(self._session.execute(query.select_from(approvals)).scalar_one())

    def closings(self, member_id: str) -> list[Mapping[Any, Any]]:
        """Return what her closed accounts paid, by code; a closing that was undone is none."""
        query = (
            select(
                accounts.c.id.label("account_id"),
                accounts.c.code,
                account_terms.c.terms["product_name_bn"].astext.label("product_name_bn"),
                account_terms.c.terms["product_name_en"].astext.label("product_name_en"),
                account_closings.c.on.label("closed_on"),
                account_closings.c.how,
                account_closings.c.balance,
                account_closings.c.interest,
                account_closings.c.charge,
                account_closings.c.rounding,
                account_closings.c.payout,
                receipts.c.text.label("receipt_number"),
            )
            .join(accounts, accounts.c.id == account_closings.c.account_id)
            .join(
                account_terms,
                (account_terms.c.account_id == accounts.c.id)
                & (account_terms.c.version == accounts.c.terms_version),
            )
            .join(receipts, receipts.c.entry_id == account_closings.c.id, isouter=True)
            .where(accounts.c.member_id == member_id, account_closings.c.undone_by.is_(None))
            .order_by(accounts.c.code)
        )
        return list(self._session.execute(query).mappings())
