"""Monthly term accounts as a samity's sheet asks for them."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from chassis.work import Work
from transactions.domain.chart import Ledgers
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.dues import TermOnSheet, on_sheet, plan_of
from transactions.models.ledger import accounts
from transactions.models.projections import members
from transactions.repository.account_closings import AccountClosingStore
from transactions.repository.withdrawals import WithdrawalStore


class TermSavingsStore:
    """What samities' members promised to pay every month."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._histories = AccountClosingStore(work)
        self._agreements = WithdrawalStore(work)

    def on_sheet(self, samity_id: str, on: date) -> tuple[tuple[Agreement, TermOnSheet], ...]:
        """Return a samity's open term accounts with what the sheet of a day asks for, by member and code."""
        ids = self._of_samity(samity_id)
        return tuple(self._asked(ids, on)) if ids else ()

    def _asked(self, ids: tuple[str, ...], on: date) -> Iterator[tuple[Agreement, TermOnSheet]]:
        agreements, histories = self._agreements.agreements(ids), self._histories.histories(ids)
        for account_id in ids:
            plan = plan_of(agreements[account_id])
            if plan is not None and plan.begins_on <= on:
                yield agreements[account_id], on_sheet(plan, histories[account_id].paid, on)

    def _of_samity(self, samity_id: str) -> tuple[str, ...]:
        query = (
            select(accounts.c.id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                members.c.samity_id == samity_id,
                members.c.status == "active",
                accounts.c.ledger == Ledgers.TERM_SAVINGS.code,
                ~accounts.c.closed,
            )
            .order_by(members.c.code, accounts.c.code)
        )
        return tuple(self._session.execute(query).scalars())
