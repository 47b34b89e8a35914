"""Withdrawals, and what the rules need to know of the accounts they are taken from."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.savings_errors import WithdrawalNotFound
from contracts.transactions.savings_words import CautionReason, WithdrawalState
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.models.ledger import account_terms, accounts
from transactions.models.savings import member_contacts, withdrawals
from transactions.repository.scope import Scope

_COLUMNS = (
    withdrawals.c.id,
    withdrawals.c.account_id,
    withdrawals.c.member_id,
    withdrawals.c.office_id,
    withdrawals.c.amount,
    withdrawals.c.state,
    withdrawals.c.reason,
    withdrawals.c.caution,
    withdrawals.c.approval_id,
    withdrawals.c.maker_id,
    withdrawals.c.asked_on,
    withdrawals.c.made_at,
    withdrawals.c.fingerprint,
    withdrawals.c.approved_by,
    withdrawals.c.lapses_on,
    withdrawals.c.in_field,
    withdrawals.c.float_id,
)
_UNFINISHED = (WithdrawalState.REQUESTED, WithdrawalState.APPROVED, WithdrawalState.CARRIED)


class WithdrawalStore:
    """What members asked for, and what became of it."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def agreement(self, account_id: str) -> Agreement:
        """Return a savings account with its terms, and when her number changed.

        Raises:
            NotFound: it is no savings account.
        """
        found = self.agreements([account_id])
        if account_id not in found:
            raise NotFound
        return found[account_id]

    def agreements(self, account_ids: Collection[str]) -> dict[str, Agreement]:
        """Return those of some accounts that are savings, each with its terms."""
        query = (
            select(
                accounts.c.id.label("account_id"),
                accounts.c.member_id,
                accounts.c.office_id,
                accounts.c.ledger,
                accounts.c.opened_on,
                accounts.c.dormant_since,
                account_terms.c.terms,
                member_contacts.c.mobile_changed_on.label("number_changed_on"),
            )
            .join(
                account_terms,
                (account_terms.c.account_id == accounts.c.id)
                & (account_terms.c.version == accounts.c.terms_version),
            )
            .outerjoin(member_contacts, member_contacts.c.id == accounts.c.member_id)
            .where(accounts.c.id.in_(account_ids), accounts.c.ledger.in_(SAVINGS_LEDGERS))
        )
        return {row["account_id"]: Agreement(**row) for row in self._session.execute(query).mappings()}

    def has_running_loan(self, member_id: str) -> bool:
        """Tell whether a member has a loan that is not closed."""
        running = exists().where(
            accounts.c.member_id == member_id, accounts.c.ledger == Ledgers.LOANS.code, ~accounts.c.closed
        )
        return bool(self._session.execute(select(running)).scalar())

    def add(self, withdrawal: Withdrawal) -> bool:
        """Write a withdrawal.

        Returns:
            False when the id is known.
        """
        row = {column.name: getattr(withdrawal, column.name) for column in _COLUMNS} | _plain(withdrawal)
        statement = insert(withdrawals).values(**row).on_conflict_do_nothing()
        return self._session.execute(statement.returning(withdrawals.c.id)).first() is not None

    def find(self, withdrawal_id: str) -> Withdrawal | None:
        """Return a withdrawal, whoever asks: for a request that is repeated."""
        query = select(*_COLUMNS).where(withdrawals.c.id == withdrawal_id)
        row = self._session.execute(query).mappings().first()
        return _withdrawal(row) if row else None

    def office_of(self, withdrawal_id: str, scope: Scope) -> str:
        """Return whose day a withdrawal is paid on; that is taken hold of before its own row (mechanics D4).

        Raises:
            WithdrawalNotFound: there is none, or not for this caller.
        """
        query = select(withdrawals.c.office_id).where(
            withdrawals.c.id == withdrawal_id, scope.sees_office(withdrawals.c.office_id)
        )
        office_id: str | None = self._session.execute(query).scalar()
        if office_id is None:
            raise WithdrawalNotFound
        return office_id

    def lock(self, withdrawal_id: str, scope: Scope) -> Withdrawal:
        """Return a withdrawal that nobody else changes until this transaction ends.

        Raises:
            WithdrawalNotFound: there is none, or not for this caller.
        """
        query = (
            select(*_COLUMNS)
            .where(withdrawals.c.id == withdrawal_id, scope.sees_office(withdrawals.c.office_id))
            .with_for_update()
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise WithdrawalNotFound
        return _withdrawal(row)

    def unfinished(self, office_id: str, after: Withdrawal | None, limit: int) -> tuple[Withdrawal, ...]:
        """Return what waits in an office, to be decided or to be paid, the oldest first."""
        query = select(*_COLUMNS).where(
            withdrawals.c.office_id == office_id, withdrawals.c.state.in_(_UNFINISHED)
        )
        if after is not None:
            query = query.where(
                tuple_(withdrawals.c.made_at, withdrawals.c.id)
                > tuple_(literal(after.made_at), literal(after.id, withdrawals.c.id.type))
            )
        rows = self._session.execute(
            query.order_by(withdrawals.c.made_at, withdrawals.c.id).limit(limit)
        ).mappings()
        return tuple(_withdrawal(row) for row in rows)

    def lock_all(self, withdrawal_ids: Collection[str], scope: Scope) -> tuple[Withdrawal, ...]:
        """Return withdrawals that nobody else changes until this transaction ends, in the order of their ids.

        Raises:
            WithdrawalNotFound: one of them is not there, or not for this caller.
        """
        query = select(*_COLUMNS).where(
            withdrawals.c.id.in_(withdrawal_ids), scope.sees_office(withdrawals.c.office_id)
        )
        found = self._locked(query)
        if len(found) != len(withdrawal_ids):
            raise WithdrawalNotFound
        return found

    def lock_carried(self, float_ids: Collection[str]) -> tuple[Withdrawal, ...]:
        """Return the withdrawals whose cash is in some floats, locked in the order of their ids."""
        return self._locked(_carried_in(float_ids)) if float_ids else ()

    def carried(self, float_ids: Collection[str]) -> tuple[Withdrawal, ...]:
        """Return the withdrawals whose cash is in some floats, in the order of their ids."""
        rows = self._session.execute(_carried_in(float_ids).order_by(withdrawals.c.id)).mappings()
        return tuple(_withdrawal(row) for row in rows)

    def _locked(self, query: Select[Any]) -> tuple[Withdrawal, ...]:
        rows = self._session.execute(query.order_by(withdrawals.c.id).with_for_update()).mappings()
        return tuple(_withdrawal(row) for row in rows)

    def asked_on(self, account_id: str, on: date) -> int:
        """Return what was asked of an account on a day and not dropped, in paisa: small sums add up."""
        query = select(func.coalesce(func.sum(withdrawals.c.amount), 0)).where(
            withdrawals.c.account_id == account_id,
            withdrawals.c.asked_on == on,
            withdrawals.c.state.in_((*_UNFINISHED, WithdrawalState.PAID)),
        )
        return int(self._session.execute(query).scalar_one())

    def wishes_of(self, account_id: str) -> tuple[str, ...]:
        """Return the withdrawals from an account that nobody has agreed to yet."""
        query = select(withdrawals.c.id).where(
            withdrawals.c.account_id == account_id, withdrawals.c.state == WithdrawalState.REQUESTED
        )
        return tuple(self._session.execute(query.order_by(withdrawals.c.id)).scalars())

    def overdue(self, office_id: str, on: date) -> tuple[str, ...]:
        """Return the approved withdrawals of an office whose last day is behind it."""
        query = (
            select(withdrawals.c.id)
            .where(
                withdrawals.c.office_id == office_id,
                withdrawals.c.state == WithdrawalState.APPROVED,
                withdrawals.c.lapses_on < on,
            )
            .order_by(withdrawals.c.id)
        )
        return tuple(self._session.execute(query).scalars())

    def offices_with_overdue(self) -> tuple[str, ...]:
        """Return the offices that have approved withdrawals."""
        query = select(withdrawals.c.office_id).where(withdrawals.c.state == WithdrawalState.APPROVED)
        return tuple(self._session.execute(query.distinct()).scalars())

    def change(self, withdrawal: Withdrawal) -> None:
        """Write where a withdrawal stands now."""
        self._update(withdrawal.id, _plain(withdrawal))

    def finish(self, withdrawal: Withdrawal, by: str | None, why: str | None = None) -> None:
        """Write how a withdrawal ended without a payment."""
        ended = {"finished_by": by, "finished_at": self._now, "finish_reason": why}
        self._update(withdrawal.id, _plain(withdrawal) | ended)

    def pay(self, withdrawal: Withdrawal, by: str, evidence: Mapping[str, str]) -> None:
        """Write that it was paid, against which mark and before which witness."""
        paid = {"finished_by": by, "finished_at": self._now}
        self._update(withdrawal.id, _plain(withdrawal) | paid | dict(evidence))

    def _update(self, withdrawal_id: str, values: Mapping[str, Any]) -> None:
        self._session.execute(update(withdrawals).where(withdrawals.c.id == withdrawal_id).values(**values))


def _carried_in(float_ids: Collection[str]) -> Select[Any]:
    return select(*_COLUMNS).where(
        withdrawals.c.float_id.in_(float_ids), withdrawals.c.state == WithdrawalState.CARRIED
    )


def _plain(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "state": withdrawal.state.value,
        "caution": [reason.value for reason in withdrawal.caution],
        "approved_by": list(withdrawal.approved_by),
        "lapses_on": withdrawal.lapses_on,
        "float_id": withdrawal.float_id,
    }


def _withdrawal(row: Mapping[Any, Any]) -> Withdrawal:
    return Withdrawal(
        **{
            **row,
            "state": WithdrawalState(row["state"]),
            "caution": tuple(CautionReason(reason) for reason in row["caution"]),
            "approved_by": tuple(row["approved_by"]),
        }
    )
