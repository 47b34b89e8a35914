"""Fees on a collection sheet: who paid which, and the entry that books it (domain §6, P3). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.chart import OfficeAccount, Side
from transactions.domain.handovers import SheetRows, Signed, held_in
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.counter import CounterMoney, fee_account
from transactions.domain.rows import StandingRow
from transactions.domain.sheets import Sheet


@dataclass(frozen=True, slots=True)
class FieldFee:
    """A fee that a member gave to the officer."""

    row: StandingRow
    kind: FeeKind
    sheet: Sheet

    @property
    def entry_id(self) -> str:
        """The id of its entry, which follows from the row: it is posted once."""
        return str(uuid5(UUID(self.row.row.row_id), "fee"))

    @property
    def account(self) -> OfficeAccount:
        """On which account it stands."""
        return fee_account(self.kind, self.sheet.office_id, self.row.row.member_id)

    def taken_by(self, officer_id: str) -> CounterMoney:
        """Return what it was for, as the register of fees keeps it."""
        said = self.row.row
        return CounterMoney(
            entry_id=self.entry_id,
            subject_id=said.member_id,
            what=self.kind,
            amount=said.money,
            paid_by=said.paid_by,
            taken_by=officer_id,
        )

    def entry(self, signed: Signed) -> Entry:
        """Return its entry: where the money is against the fee, with the date of the meeting (rule M3)."""
        said, officer_id = self.row.row, signed.handover.officer_id
        return Entry(
            id=self.entry_id,
            office_id=self.sheet.office_id,
            kind=EntryKind.FEE,
            business_on=signed.day.on,
            value_on=self.sheet.meeting_on,
            postings=(
                *held_in([self.row], self.sheet.office_id, officer_id),
                Posting(self.account.id, Side.CREDIT, said.money, said.row_id, said.receipt_number),
            ),
            maker_id=officer_id,
            checker_id=signed.authorised_by,
            officer_id=officer_id,
            samity_id=self.sheet.samity_id,
        )


def fees_of(sheets: Iterable[SheetRows]) -> Iterator[FieldFee]:
    """Return the fees on some sheets; one that could not be placed is an unallocated receipt (rule M5)."""
    for each in sheets:
        for row in each.rows:
            if row.row.fee is not None and row.is_fee and row.row.money:
                yield FieldFee(row, row.row.fee, each.sheet)
