"""Withdrawals that were paid at a samity: as agreed to, from the float, on her slip (rule M9). Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.handovers import SheetRows, Signed
from transactions.domain.ledger import Entry, EntryKind, PendingDelta, Posting
from transactions.domain.rows import Carried, StandingRow
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.domain.sheets import Sheet


@dataclass(frozen=True, slots=True)
class FieldPayout:
    """A withdrawal that the officer paid to her."""

    row: StandingRow
    withdrawal: Withdrawal
    sheet: Sheet

    @property
    def releases(self) -> PendingDelta:
        """What is held no longer."""
        return self.withdrawal.releases

    def entry(self, signed: Signed) -> Entry:
        """Return its entry: her account against the officer's cash, with the meeting's date (rule M3)."""
        said, officer_id = self.row.row, signed.handover.officer_id
        cash = OfficeAccount(Ledgers.OFFICER_CASH, self.sheet.office_id, officer_id)
        return Entry(
            id=self.withdrawal.id,
            office_id=self.sheet.office_id,
            kind=EntryKind.WITHDRAWAL,
            business_on=signed.day.on,
            value_on=self.sheet.meeting_on,
            postings=(
                Posting(self.withdrawal.account_id, Side.DEBIT, said.money, said.row_id, said.receipt_number),
                Posting(cash.id, Side.CREDIT, said.money),
            ),
            maker_id=self.withdrawal.maker_id,
            checker_id=self.withdrawal.approved_by[-1],
            officer_id=officer_id,
            samity_id=self.sheet.samity_id,
            reason=self.withdrawal.reason,
            fingerprint=self.withdrawal.fingerprint,
        )


def payable(withdrawals: Iterable[Withdrawal]) -> dict[str, Carried]:
    """Return what an officer may pay at a meeting: each in its whole amount, to nobody else."""
    return {
        each.id: Carried(
            withdrawal_id=each.id,
            account_id=each.account_id,
            member_id=each.member_id,
            amount=each.amount,
        )
        for each in withdrawals
    }


def payouts_of(sheets: Iterable[SheetRows], carried: Mapping[str, Withdrawal]) -> Iterator[FieldPayout]:
    """Return the withdrawals that were paid on some sheets; each row was held against its agreement."""
    for each in sheets:
        for row in each.rows:
            if row.row.withdrawal_id is not None and row.row.paid_out:
                yield FieldPayout(row, carried[row.row.withdrawal_id], each.sheet)
