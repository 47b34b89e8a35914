"""Loans written straight into a branch's book, with any schedule and payments of any value date.

What is tried with them is the age of loans, which asks tables only; how loans get there is tried elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.money import Paisa
from contracts.transactions.lending_words import Split
from tests.support.branch import id_of, new_id
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.models.ledger import account_terms, accounts
from transactions.models.lending import loan_schedules, loans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.branch import Branch

LENT_BY_HAND = pytest.mark.spoils_the_books(
    "LOAN_IS_NOT_ITS_ACCOUNT",
    "SCHEDULE_IN_FORCE_IS_NOT_THERE",
    "PAID_AND_OUTSTANDING_ARE_NOT_THE_PRINCIPAL",
    "LOAN_STANDS_OTHERWISE_THAN_IT_WAS_TOLD",
    "REPAID_LOAN_OWES_CHARGE",
    "CLASS_TOTAL_IS_NOT_THE_LOANS",
    "UNALLOCATED_IS_NOT_THE_RECEIPTS",
)
"""Loans that no deed has lent: their ends are marked, and nobody was told."""
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def weekly(first_due_on: date, instalments: int, each: Amounts, **more: Any) -> Schedule:
    """Return a schedule of equal weekly instalments."""
    rows = [(first_due_on + timedelta(weeks=n), each) for n in range(instalments)]
    said = {"begins_on": first_due_on - timedelta(days=15), "split": Split.BY_INSTALMENT, **more}
    return Schedule.of_rows(rows=rows, **said)


def once(due_on: date, principal: int, charge: int = 0) -> Schedule:
    """Return a schedule of a single instalment, lent thirty days before; amounts in paisa."""
    rows = [(due_on, Amounts(Paisa(principal), Paisa(charge)))]
    return Schedule.of_rows(due_on - timedelta(days=30), Split.BY_INSTALMENT, rows)


@dataclass
class LoanBook:
    """The loans of a branch, and what was paid on them."""

    branch: Branch
    paid: dict[str, list[tuple[date, Amounts]]] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)

    def lend(self, schedule: Schedule, member: str = "Rahima", **more: Any) -> str:
        """Put a loan into the book as if it had been paid out when its schedule begins."""
        loan_id, account_id, terms = new_id(), new_id(), more.pop("terms", {})
        with self.branch.harness.service().books() as books:
            session = books.work.session
            session.execute(sa.insert(accounts).values(**self._account(account_id, loan_id, member)))
            session.execute(
                sa.insert(account_terms).values(
                    account_id=account_id, version=1, terms=terms, recorded_at=LONG_AGO
                )
            )
            row = {**self._loan(loan_id, account_id, schedule, member), **more}
            session.execute(sa.insert(loans).values(**row))
            self._add_schedule(session, loan_id, 1, schedule, schedule.begins_on)
            other = OfficeAccount(Ledgers.OWN_FUND, self.branch.id)
            books.ledger.ensure([other, self.charge_account(loan_id)])
            self._post(
                books,
                EntryKind.TRANSFER_IN,
                schedule.begins_on,
                [
                    Posting(account_id, Side.DEBIT, schedule.whole.principal),
                    Posting(other.id, Side.CREDIT, schedule.whole.principal),
                ],
            )
        self.paid[loan_id], self.schedules[loan_id] = [], schedule
        return loan_id

    def pay(self, loan_id: str, amounts: Amounts, on: date) -> None:
        """Book a payment with a value date."""
        with self.branch.harness.service().books() as books:
            bank = OfficeAccount(Ledgers.BANK, self.branch.id)
            books.ledger.ensure([bank])
            account_id = books.work.session.execute(
                sa.select(loans.c.account_id).where(loans.c.id == loan_id)
            ).scalar_one()
            parts = ((account_id, amounts.principal), (self.charge_account(loan_id).id, amounts.charge))
            credited = [Posting(account, Side.CREDIT, amount) for account, amount in parts if amount]
            self._post(
                books, EntryKind.REPAYMENT, on, [Posting(bank.id, Side.DEBIT, amounts.total), *credited]
            )
        self.paid[loan_id].append((on, amounts))

    def replace(
        self, loan_id: str, version: int, schedule: Schedule, recorded_on: date, *, good_instalments: int = 0
    ) -> None:
        """Put another version of a schedule in force."""
        with self.branch.harness.service().books() as books:
            session = books.work.session
            self._add_schedule(session, loan_id, version, schedule, recorded_on, good_instalments)
            session.execute(sa.update(loans).where(loans.c.id == loan_id).values(schedule_version=version))

    def end(self, loan_id: str, on: date) -> None:
        """Mark a loan repaid."""
        with self.branch.harness.service().books() as books:
            books.work.session.execute(
                sa.update(loans).where(loans.c.id == loan_id).values(status="repaid", ended_on=on)
            )

    def paid_by(self, loan_id: str, on: date) -> Amounts:
        """Return what was paid by the end of a day, by value date."""
        total = Amounts()
        for paid_on, amounts in self.paid[loan_id]:
            total = total + amounts if paid_on <= on else total
        return total

    def charge_account(self, loan_id: str) -> OfficeAccount:
        return OfficeAccount(Ledgers.SERVICE_CHARGE, self.branch.id, loan_id)

    def _post(self, books: Any, kind: EntryKind, value_on: date, lines: Sequence[Posting]) -> None:
        day = books.days.hold_open(self.branch.id)
        books.ledger.post(
            [
                Entry(
                    id=new_id(),
                    office_id=self.branch.id,
                    kind=kind,
                    business_on=day.on,
                    value_on=value_on,
                    postings=tuple(lines),
                    maker_id=self.branch.accountant.person_id,
                )
            ]
        )

    def _account(self, account_id: str, loan_id: str, member: str) -> dict[str, Any]:
        return {
            "id": account_id,
            "office_id": self.branch.id,
            "ledger": Ledgers.LOANS.code,
            "code": f"L.{loan_id[:30]}",
            "member_id": id_of(member),
            "grows_on": "debit",
            "floor": 0,
            "terms_version": 1,
            "opened_at": LONG_AGO,
        }

    def _loan(self, loan_id: str, account_id: str, schedule: Schedule, member: str) -> dict[str, Any]:
        return {
            "id": loan_id,
            "account_id": account_id,
            "member_id": id_of(member),
            "office_id": self.branch.id,
            "code": f"L.{loan_id[:30]}",
            "product_code": "JAG",
            "fund": "own",
            "sex": "female",
            "split": schedule.split.value,
            "principal": schedule.whole.principal,
            "charge": schedule.whole.charge,
            "disbursed_on": schedule.begins_on,
            "matures_on": schedule.matures_on,
            "schedule_version": 1,
            "status": "running",
            "fingerprint": "1:test",
            "recorded_at": LONG_AGO,
        }

    @staticmethod
    def _add_schedule(
        session: Any, loan_id: str, version: int, schedule: Schedule, on: date, good_instalments: int = 0
    ) -> None:
        session.execute(
            sa.insert(loan_schedules).values(
                loan_id=loan_id,
                version=version,
                reason="payout" if version == 1 else "holiday",
                recorded_on=on,
                good_instalments=good_instalments,
                begins_on=schedule.begins_on,
                due_on=list(schedule.due_on),
                principal=[due.principal for due in schedule.due],
                charge=[due.charge for due in schedule.due],
                recorded_at=LONG_AGO,
            )
        )
