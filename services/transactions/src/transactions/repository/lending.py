"""Loans in the book: what was agreed, the schedule in force, and what their accounts say is paid."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import IdConflict
from contracts.money import Paisa
from contracts.transactions.lending_errors import LoanNotFound
from contracts.transactions.lending_words import LoanStatus, PayoutHow, ScheduleReason, Split
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.classes import LoanClass
from transactions.domain.lending.collecting import LoanOnSheet, on_sheet
from transactions.domain.lending.loans import HELD_IN, Loan, Payout
from transactions.domain.lending.redating import NewSchedule
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.models.ledger import account_terms, accounts
from transactions.models.lending import loan_payouts, loan_schedules, loans
from transactions.models.metadata import ID
from transactions.models.projections import members
from transactions.repository.scope import Scope

_PAID_BY = text(
    """
    WITH held AS (
        SELECT loans.id, loans.account_id, true AS is_principal FROM loans
         WHERE loans.id = ANY(CAST(:ids AS uuid[]))
         UNION ALL
        SELECT loan_id, account_id, true FROM transferred_accounts
         WHERE loan_id = ANY(CAST(:ids AS uuid[]))
         UNION ALL
        SELECT accounts.owner_id, accounts.id, false FROM accounts
         WHERE accounts.ledger = :charge AND accounts.owner_id = ANY(CAST(:ids AS uuid[]))
    ), moved AS (
        SELECT held.id, held.is_principal,
               CASE postings.side WHEN 'credit' THEN postings.amount ELSE -postings.amount END AS amount
          FROM held JOIN postings ON postings.account_id = held.account_id AND postings.value_on <= :on
    )
    SELECT id, coalesce(sum(amount) FILTER (WHERE is_principal), 0)::bigint AS credited,
           coalesce(sum(amount) FILTER (WHERE NOT is_principal), 0)::bigint AS charge
      FROM moved GROUP BY id
    """
).columns(id=ID)


class LoanStore:
    """Loans, their schedules and their payouts, of one database transaction."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, loan: Loan, schedule: Schedule) -> None:
        """Write a loan with the first version of its schedule; its account is there already.

        Raises:
            IdConflict: the id is known.
        """
        row = {name: getattr(loan, name) for name in _READ}
        plain = {"split": loan.split.value, "status": loan.status.value, "recorded_at": self._now}
        statement = insert(loans).values(**row, **plain).on_conflict_do_nothing().returning(loans.c.id)
        if self._session.execute(statement).first() is None:
            raise IdConflict
        first = NewSchedule(loan_id=loan.id, version=1, reason=ScheduleReason.PAYOUT, schedule=schedule)
        self._add_schedule(first, loan.disbursed_on)

    def prove(self, payout: Payout) -> None:
        """Keep how a loan was paid out."""
        names = ("mark", "paid_by", "witness_id", "approved_by", "photo", "account_last4")
        proof = {name: getattr(payout, name) for name in names}
        self._session.execute(
            insert(loan_payouts).values(
                loan_id=payout.id, how=payout.how.value, recorded_at=self._now, **proof
            )
        )

    def replace_schedule(self, new: NewSchedule, recorded_on: date, kept: LoanClass | None) -> None:
        """Put another version in force, with the class that it keeps now; the caller holds the loan."""
        self._add_schedule(new, recorded_on)
        values: dict[str, Any] = {"schedule_version": new.version, "matures_on": new.schedule.matures_on}
        if kept is not None:
            values["kept_class"] = int(kept)
        self._session.execute(update(loans).where(loans.c.id == new.loan_id).values(**values))

    def get(self, loan_id: str, scope: Scope) -> Loan:
        """Return a loan.

        Raises:
            LoanNotFound: there is none, or not for this caller.
        """
        return self._one(_loans(scope).where(loans.c.id == loan_id))

    def of_account(self, account_id: str, scope: Scope) -> Loan:
        """Return the loan whose principal stands on an account.

        Raises:
            LoanNotFound: there is none, or not for this caller.
        """
        return self._one(_loans(scope).where(loans.c.account_id == account_id))

    def lock(self, loan_id: str, scope: Scope) -> Loan:
        """Return a loan to which nobody else does anything until this transaction ends.

        The branch's day is taken hold of before, the accounts after (mechanics D4).

        Raises:
            LoanNotFound: there is none, or not for this caller.
        """
        return self._one(_loans(scope).where(loans.c.id == loan_id).with_for_update(of=loans, key_share=True))

    def hold(self, loan_ids: Collection[str]) -> dict[str, Loan]:
        """Return loans to which nobody else does anything until this transaction ends, locked by id."""
        query = _loans(Scope.everything()).where(loans.c.id.in_(loan_ids)).order_by(loans.c.id)
        return self._all(query.with_for_update(of=loans, key_share=True))

    def hold_by_account(self, account_ids: Collection[str]) -> dict[str, Loan]:
        """Hold the loans whose principal stands on some accounts; return them by loan."""
        query = _loans(Scope.everything()).where(loans.c.account_id.in_(account_ids)).order_by(loans.c.id)
        return self._all(query.with_for_update(of=loans, key_share=True))

    def find(self, loan_ids: Collection[str]) -> dict[str, Loan]:
        """Return those of some ids that are loans, by id, whoever asks."""
        return self._all(_loans(Scope.everything()).where(loans.c.id.in_(loan_ids)))

    def by_accounts(self, account_ids: Collection[str]) -> dict[str, Loan]:
        """Return those of some accounts on which a loan's principal stands, by account, whoever asks."""
        query = _loans(Scope.everything()).where(loans.c.account_id.in_(account_ids))
        return {loan.account_id: loan for loan in self._all(query).values()}

    def of_member(self, member_id: str, scope: Scope) -> tuple[Loan, ...]:
        """Return all loans of a member, by code."""
        query = _loans(scope).where(loans.c.member_id == member_id).order_by(loans.c.code)
        return tuple(self._all(query).values())

    def of_charge_accounts(self, account_ids: Collection[str]) -> dict[str, str]:
        """Return for those of some accounts that hold a loan's charge the account of its principal."""
        query = (
            select(accounts.c.id, loans.c.account_id)
            .join(loans, loans.c.id == accounts.c.owner_id)
            .where(accounts.c.id.in_(account_ids), accounts.c.ledger == Ledgers.SERVICE_CHARGE.code)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def paid_out_from(self, loan: Loan) -> OfficeAccount:
        """Return from where a loan was paid out."""
        query = select(loan_payouts.c.how).where(loan_payouts.c.loan_id == loan.id)
        how = PayoutHow(self._session.execute(query).scalar_one())
        return OfficeAccount(HELD_IN[how], loan.office_id)

    def running_of_member(self, member_id: str) -> tuple[Loan, ...]:
        """Return the running loans of a member, by code, whoever asks."""
        hers = self.of_member(member_id, Scope.everything())
        return tuple(loan for loan in hers if loan.is_running)

    def running_of_office(
        self, office_id: str, after: str | None, limit: int, scope: Scope
    ) -> tuple[Loan, ...]:
        """Return the next running loans of an office after an id, by id."""
        query = _loans(scope).where(loans.c.office_id == office_id, loans.c.status == LoanStatus.RUNNING)
        if after is not None:
            query = query.where(loans.c.id > after)
        return tuple(self._all(query.order_by(loans.c.id).limit(limit)).values())

    def on_sheet(self, samity_id: str, on: date) -> tuple[LoanOnSheet, ...]:
        """Return the running loans of a samity's active members with what the sheet of a day asks for."""
        query = (
            _loans(Scope.everything())
            .join(members, members.c.id == loans.c.member_id)
            .where(
                members.c.samity_id == samity_id,
                members.c.status == "active",
                loans.c.status == LoanStatus.RUNNING,
                loans.c.disbursed_on <= on,
            )
            .order_by(members.c.code, loans.c.code)
        )
        found = tuple(self._all(query).values())
        schedules, paid = self.schedules(found), self.paid(found)
        return tuple(on_sheet(loan, schedules[loan.id], paid[loan.id], on) for loan in found)

    def schedules(self, of: Iterable[Loan]) -> dict[str, Schedule]:
        """Return the schedule in force of each loan, by loan."""
        wanted = {loan.id: loan for loan in of}
        query = (
            select(loan_schedules)
            .join(loans, loans.c.id == loan_schedules.c.loan_id)
            .where(loans.c.id.in_(wanted), loan_schedules.c.version == loans.c.schedule_version)
        )
        rows = self._session.execute(query).mappings()
        return {row["loan_id"]: _schedule(row, wanted[row["loan_id"]].split) for row in rows}

    def schedule(self, loan: Loan) -> Schedule:
        """Return the schedule in force of a loan."""
        return self.schedules([loan])[loan.id]

    def schedule_of_version(self, loan: Loan, version: int) -> NewSchedule | None:
        """Return a version of a loan's schedule with why it was made; None if there is none."""
        query = select(loan_schedules).where(
            loan_schedules.c.loan_id == loan.id, loan_schedules.c.version == version
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            return None
        return NewSchedule(
            loan_id=loan.id,
            version=version,
            reason=ScheduleReason(row["reason"]),
            schedule=_schedule(row, loan.split),
            good_instalments=row["good_instalments"],
        )

    def paid(self, of: Iterable[Loan]) -> dict[str, Amounts]:
        """Return what is paid of each loan, as its accounts stand now (mechanics D5), by loan."""
        wanted = {loan.id: loan for loan in of}
        standing = self._session.execute(
            select(loans.c.id, accounts.c.balance)
            .join(accounts, accounts.c.id == loans.c.account_id)
            .where(loans.c.id.in_(wanted))
        )
        charges = self._session.execute(
            select(accounts.c.owner_id, func.sum(accounts.c.balance))
            .where(accounts.c.ledger == Ledgers.SERVICE_CHARGE.code, accounts.c.owner_id.in_(wanted))
            .group_by(accounts.c.owner_id)
        )
        charged = {row[0]: int(row[1]) for row in charges}
        return {
            row.id: _amounts(wanted[row.id].principal - row.balance, charged.get(row.id, 0))
            for row in standing
        }

    def paid_by(self, of: Iterable[Loan], on: date) -> dict[str, Amounts]:
        """Return what was paid of each loan by the end of a day, by value date, whenever it was booked."""
        wanted = {loan.id: loan for loan in of}
        asked = {"ids": list(wanted), "on": on, "charge": Ledgers.SERVICE_CHARGE.code}
        rows = self._session.execute(_PAID_BY, asked)
        found = {
            row.id: _amounts(wanted[row.id].principal + row.credited, row.charge)
            for row in rows
            if wanted[row.id].disbursed_on <= on
        }
        return {loan_id: found.get(loan_id, Amounts()) for loan_id in wanted}

    def end(self, loan: Loan, status: LoanStatus, on: date, entry_id: str) -> None:
        """Write how and by which entry a loan came to its end; the caller holds it."""
        self._change(loan, status=status.value, ended_on=on, ended_by_entry_id=entry_id)

    def reopen(self, loan: Loan) -> None:
        """Write that a loan runs again, because its end was undone; the caller holds it."""
        self._change(loan, status=LoanStatus.RUNNING.value, ended_on=None, ended_by_entry_id=None)

    def move(self, loan: Loan, account_id: str, office_id: str, code: str) -> None:
        """Write that a held loan stands on another account, in another branch's book (rule L6)."""
        self._change(loan, account_id=account_id, office_id=office_id, code=code)

    def _change(self, loan: Loan, **values: Any) -> None:
        counted = {"version": loan.version + 1, **values}
        self._session.execute(update(loans).where(loans.c.id == loan.id).values(**counted))

    def _add_schedule(self, new: NewSchedule, recorded_on: date) -> None:
        due = new.schedule.due
        self._session.execute(
            insert(loan_schedules).values(
                loan_id=new.loan_id,
                version=new.version,
                reason=new.reason.value,
                good_instalments=new.good_instalments,
                recorded_on=recorded_on,
                begins_on=new.schedule.begins_on,
                due_on=list(new.schedule.due_on),
                principal=[amounts.principal for amounts in due],
                charge=[amounts.charge for amounts in due],
                recorded_at=self._now,
            )
        )

    def _one(self, query: Select[Any]) -> Loan:
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise LoanNotFound
        return _loan(row)

    def _all(self, query: Select[Any]) -> dict[str, Loan]:
        return {row["id"]: _loan(row) for row in self._session.execute(query).mappings()}


_READ = (
    "id",
    "account_id",
    "member_id",
    "office_id",
    "code",
    "product_code",
    "fund",
    "sex",
    "principal",
    "charge",
    "disbursed_on",
    "matures_on",
    "schedule_version",
    "fingerprint",
    "ended_on",
    "ended_by_entry_id",
    "kept_class",
    "version",
)


def _loans(scope: Scope) -> Select[Any]:
    """Return the question for loans with the terms in force, within a scope."""
    query = (
        select(loans, account_terms.c.terms)
        .join(accounts, accounts.c.id == loans.c.account_id)
        .join(
            account_terms,
            (account_terms.c.account_id == accounts.c.id)
            & (account_terms.c.version == accounts.c.terms_version),
        )
    )
    if scope.all:
        return query
    return query.join(members, members.c.id == loans.c.member_id).where(
        scope.sees_member(members.c.id, members.c.samity_id)
    )


def _loan(row: Mapping[Any, Any]) -> Loan:
    return Loan(
        **{name: row[name] for name in _READ},
        split=Split(row["split"]),
        status=LoanStatus(row["status"]),
        terms=row["terms"],
    )


def _schedule(row: Mapping[Any, Any], split: Split) -> Schedule:
    return Schedule(
        begins_on=row["begins_on"],
        split=split,
        due_on=tuple(row["due_on"]),
        due=tuple(map(_amounts, row["principal"], row["charge"])),
    )


def _amounts(principal: int, charge: int) -> Amounts:
    return Amounts(Paisa(principal), Paisa(charge))
