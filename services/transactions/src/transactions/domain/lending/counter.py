"""Money at the counter that is on no account of hers: fees, premiums, recoveries (domain §6, 4.9). Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.money import Paisa
from contracts.transactions.collection_words import PaidBy, RowKind
from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.chart import Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.value_dates import value_date_of

LEDGER_OF_FEE: dict[FeeKind, Ledger] = {
    FeeKind.FORM: Ledgers.FEES,
    FeeKind.PASSBOOK: Ledgers.FEES,
    FeeKind.ADDITIONAL: Ledgers.FEES,
    FeeKind.RISK_PREMIUM: Ledgers.RISK_FUND,
}
"""Under which ledger each fee stands: a premium is no income, it belongs to those it insures."""

FEE_OF_ROW: dict[RowKind, FeeKind] = {
    RowKind.FORM_FEE: FeeKind.FORM,
    RowKind.PASSBOOK_FEE: FeeKind.PASSBOOK,
    RowKind.ADDITIONAL_FEE: FeeKind.ADDITIONAL,
    RowKind.RISK_PREMIUM: FeeKind.RISK_PREMIUM,
}
"""Which fee a row of a collection sheet is; the other kinds of rows are none."""

NAMES: dict[str, tuple[str, str]] = {
    FeeKind.FORM: ("ফরম ফি", "Form fee"),
    FeeKind.PASSBOOK: ("পাসবই ফি", "Passbook fee"),
    FeeKind.ADDITIONAL: ("অতিরিক্ত ফি", "Additional fee"),
    FeeKind.RISK_PREMIUM: ("ঝুঁকি তহবিলের প্রিমিয়াম", "Premium for the risk fund"),
}
"""How each fee is called on a receipt, in Bangla and English."""


def fee_account(kind: FeeKind, office_id: str, member_id: str) -> OfficeAccount:
    """Return the account of an office on which a member's fee stands: nobody waits for another's."""
    return OfficeAccount(LEDGER_OF_FEE[kind], office_id, member_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterMoney:
    """What somebody puts on the counter for a fee or a written-off loan.

    Attributes:
        entry_id: The client's, and the entry's.
        subject_id: The member who pays a fee, or the loan that is recovered.
        what: A kind of fee; None for a recovery.
        amount: Paisa, whole taka (rule M11).
        paid_by: Who put the money there (rule M10).
        taken_by: The staff person who took it.
        value_on: The provider's date of mobile money (rule M14); None is the business day.
    """

    entry_id: str
    subject_id: str
    what: FeeKind | None
    amount: Paisa
    paid_by: str
    taken_by: str
    value_on: date | None = None

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            self.kind.value,
            subject=self.subject_id,
            what=self.what.value if self.what else None,
            amount=self.amount,
            paid_by=self.paid_by,
            taken_by=self.taken_by,
            value_on=self.value_on.isoformat() if self.value_on else None,
        )

    @property
    def kind(self) -> EntryKind:
        """Which deed its entry books."""
        return EntryKind.FEE if self.what else EntryKind.RECOVERY

    def held_in(self, office_id: str) -> OfficeAccount:
        """Where the money is: what came by telephone is in no vault."""
        by_telephone = self.paid_by == PaidBy.MOBILE_MONEY
        return OfficeAccount(Ledgers.MOBILE_MONEY if by_telephone else Ledgers.VAULT, office_id)

    def credited_to(self, office_id: str) -> OfficeAccount:
        """What it is: of one member or loan, so that no two counters wait for each other."""
        if self.what is None:
            return OfficeAccount(Ledgers.RECOVERED_LOANS, office_id, self.subject_id)
        return fee_account(self.what, office_id, self.subject_id)


def entry_of_counter_money(money: CounterMoney, office_id: str, day: OpenDay, receipt: str) -> Entry:
    """Debit where the money is, credit what it is for: one row, which bears the entry's id.

    Raises:
        ValueDateOutside: as `value_date_of`.
    """
    return Entry(
        id=money.entry_id,
        office_id=office_id,
        kind=money.kind,
        business_on=day.on,
        value_on=value_date_of(money.value_on, money.paid_by, day.on),
        maker_id=money.taken_by,
        officer_id=money.taken_by,
        fingerprint=money.fingerprint,
        postings=(
            Posting(money.held_in(office_id).id, Side.DEBIT, money.amount),
            Posting(money.credited_to(office_id).id, Side.CREDIT, money.amount, money.entry_id, receipt),
        ),
    )
