"""The chart with what head office added, and the offices' accounts at banks."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from chassis.work import Work
from transactions.domain.approvals import Approval
from transactions.domain.book.additions import BankAccount
from transactions.domain.book.manual import in_force
from transactions.domain.chart import SHIPPED, Chart, Ledger, LedgerClass
from transactions.models.book import bank_accounts, ledgers


class ChartStore:
    """Ledgers and accounts at banks, of which nothing is ever changed."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def whole(self) -> Chart:
        """Return every ledger, in force or to come: what names any posting of any day."""
        return whole_chart(self._session)

    def begins(self) -> Mapping[str, date]:
        """Return from which day on each added ledger is in force."""
        rows = self._session.execute(select(ledgers.c.code, ledgers.c.effective_on))
        return {row.code: row.effective_on for row in rows}

    def on(self, day: date) -> Chart:
        """Return the chart that is in force on a day."""
        return in_force(self.begins(), self.whole(), day)

    def add(self, ledger: Ledger, effective_on: date, approval: Approval, approved_by: str) -> bool:
        """Put a ledger into the chart.

        Returns:
            False where its code has a meaning already.
        """
        statement = (
            insert(ledgers)
            .values(
                code=ledger.code,
                parent=ledger.parent,
                name_bn=ledger.name_bn,
                name_en=ledger.name_en,
                is_control=ledger.is_control,
                effective_on=effective_on,
                approval_id=approval.id,
                proposed_by=approval.maker_id,
                approved_by=approved_by,
                recorded_at=self._now,
            )
            .on_conflict_do_nothing()
            .returning(ledgers.c.code)
        )
        return self._session.execute(statement).first() is not None

    def banks(self, office_id: str) -> tuple[BankAccount, ...]:
        """Return an office's accounts at banks, by bank and number."""
        query = (
            select(
                bank_accounts.c.id,
                bank_accounts.c.office_id,
                bank_accounts.c.bank_bn,
                bank_accounts.c.bank_en,
                bank_accounts.c.branch,
                bank_accounts.c.number,
            )
            .where(bank_accounts.c.office_id == office_id)
            .order_by(bank_accounts.c.bank_en, bank_accounts.c.number)
        )
        return tuple(BankAccount(**row) for row in self._session.execute(query).mappings())

    def add_bank(self, account: BankAccount, proposed_by: str, approved_by: str) -> bool:
        """Keep an account at a bank.

        Returns:
            False where the bank's account of that number is kept already.
        """
        statement = (
            insert(bank_accounts)
            .values(
                id=account.id,
                office_id=account.office_id,
                bank_bn=account.bank_bn,
                bank_en=account.bank_en,
                branch=account.branch,
                number=account.number,
                proposed_by=proposed_by,
                approved_by=approved_by,
                recorded_at=self._now,
            )
            .on_conflict_do_nothing()
            .returning(bank_accounts.c.id)
        )
        return self._session.execute(statement).first() is not None

    def bank_is_known(self, account: BankAccount) -> bool:
        """Tell whether the bank's account of that number is kept already, of whichever office."""
        query = select(bank_accounts.c.id).where(
            bank_accounts.c.bank_en == account.bank_en, bank_accounts.c.number == account.number
        )
        return self._session.execute(query).first() is not None


def whole_chart(session: Session) -> Chart:
    """Return the shipped chart with every ledger that head office ever added."""
    return SHIPPED.with_added(
        Ledger(
            code=row.code,
            ledger_class=LedgerClass.of_code(row.code),
            name_bn=row.name_bn,
            name_en=row.name_en,
            floor=None,
            parent=row.parent,
            is_control=row.is_control,
        )
        for row in session.execute(select(ledgers))
    )
