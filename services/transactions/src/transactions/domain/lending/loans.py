"""A loan as the book knows it: what was agreed, where it stands, and how it is paid out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.errors import InvalidPayload, MakerIsChecker
from contracts.money import Paisa
from contracts.transactions.lending_errors import LoanEnded, NotItsDay
from contracts.transactions.lending_words import LoanStatus, PayoutHow, Split, SurplusTo
from transactions.domain.accounts import NewAccount
from transactions.domain.chart import Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.schedules import Amounts, Schedule

HELD_IN: dict[PayoutHow, Ledger] = {
    PayoutHow.CASH: Ledgers.VAULT,
    PayoutHow.BANK: Ledgers.BANK,
    PayoutHow.MOBILE_MONEY: Ledgers.MOBILE_MONEY,
}
"""From where the principal of each way of payout comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan in the book; what is paid of it, its accounts say (mechanics D5).

    Attributes:
        account_id: Where its principal stands; the balance is what is outstanding.
        office_id: In whose books it is.
        terms: The snapshot of its agreement, in its wire form (mechanics B1).
        schedule_version: Which of its schedules is in force.
        kept_class: The class that a rescheduled loan keeps for a while; None where it keeps none.
        version: Counts the changes of its state, so that the newer one wins.
        fingerprint: By which the payout, asked for again, is known.
    """

    id: str
    account_id: str
    member_id: str
    office_id: str
    code: str
    product_code: str
    fund: str
    sex: str
    split: Split
    principal: Paisa
    charge: Paisa
    disbursed_on: date
    matures_on: date
    schedule_version: int
    fingerprint: str
    terms: Mapping[str, Any]
    status: LoanStatus = LoanStatus.RUNNING
    ended_on: date | None = None
    ended_by_entry_id: str | None = None
    kept_class: int | None = None
    version: int = 1

    @property
    def whole(self) -> Amounts:
        """All that it asks for, from the first day to the last."""
        return Amounts(self.principal, self.charge)

    @property
    def is_running(self) -> bool:
        """Whether it has not come to its end."""
        return self.status is LoanStatus.RUNNING

    @property
    def charge_account(self) -> OfficeAccount:
        """Where its service charge is credited: an account of its own, so that no two loans wait."""
        return charge_of(self.id, self.office_id)

    @property
    def surplus_to(self) -> SurplusTo:
        """Where money goes that is more than the rest (rule M11)."""
        return SurplusTo(self.terms.get("surplus_to") or SurplusTo.SAVINGS)

    @property
    def prepayable_instalments(self) -> int | None:
        """How many instalments may be paid ahead at the counter; None is no limit (domain 4.8)."""
        value = self.terms.get("prepayable_instalments")
        return None if value is None else int(value)

    @property
    def allows_rebate(self) -> bool:
        """Whether a settlement leaves out the charge that is not earned yet."""
        return bool(self.terms.get("allows_rebate", True))

    @property
    def names(self) -> dict[str, str]:
        """How it is called where members are told."""
        return {
            "office_id": self.office_id,
            "member_id": self.member_id,
            "account_code": self.code,
            "product_name_bn": str(self.terms["product_name_bn"]),
            "product_name_en": str(self.terms["product_name_en"]),
        }


def charge_of(loan_id: str, office_id: str) -> OfficeAccount:
    """Return where a loan's service charge is credited in a branch's book."""
    return OfficeAccount(Ledgers.SERVICE_CHARGE, office_id, loan_id)


def require_running(loan: Loan) -> None:
    """Let something be done to a loan that has not ended.

    Raises:
        LoanEnded: it has.
    """
    if not loan.is_running:
        raise LoanEnded(status=loan.status.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """A loan that is to be paid out on exactly one day (mechanics B4), with its proof (rule L4).

    Attributes:
        on: The business day for which its schedule was made.
        paid_by: The staff person who pays; `approved_by` agreed to the loan, `witness_id` saw the payout.
        photo: The name of a document.
        account_last4: Of her own account, for bank and mobile money.
    """

    id: str
    member_id: str
    office_id: str
    code: str
    on: date
    principal: Paisa
    how: PayoutHow
    mark: str
    witness_id: str
    photo: str | None
    account_last4: str | None
    approved_by: str
    paid_by: str
    terms: Mapping[str, Any]
    schedule: Schedule
    fingerprint: str

    @property
    def account(self) -> NewAccount:
        """The account on which the principal will stand: it bears the loan's id."""
        return NewAccount(
            id=self.id,
            member_id=self.member_id,
            office_id=self.office_id,
            code=self.code,
            ledger=Ledgers.LOANS.code,
            version=int(self.terms["version"]),
            terms=self.terms,
        )

    @property
    def loan(self) -> Loan:
        """The loan as it begins."""
        return Loan(
            id=self.id,
            account_id=self.id,
            member_id=self.member_id,
            office_id=self.office_id,
            code=self.code,
            product_code=str(self.terms["product_code"]),
            fund=str(self.terms["fund"]),
            sex=str(self.terms["sex"]),
            split=self.schedule.split,
            principal=self.schedule.whole.principal,
            charge=self.schedule.whole.charge,
            disbursed_on=self.on,
            matures_on=self.schedule.matures_on,
            schedule_version=1,
            fingerprint=self.fingerprint,
            terms=self.terms,
        )

    @property
    def pays_from(self) -> OfficeAccount:
        """Where the money is that she gets."""
        return OfficeAccount(HELD_IN[self.how], self.office_id)


def require_payable_out(payout: Payout, day: OpenDay) -> None:
    """Let a loan be paid out on its day, whole, before a witness, by three different people.

    Raises:
        NotItsDay: the branch's day is another, so accounts makes the schedule anew (mechanics B4).
        InvalidPayload: the schedule is of another principal, or her own account is not named (rule L4).
        MakerIsChecker: who pays, who approved and who saw it are not three people (rules L4, M8).
    """
    if payout.on != day.on:
        raise NotItsDay(on=payout.on.isoformat(), open_on=day.on.isoformat())
    if payout.schedule.whole.principal != payout.principal:
        raise InvalidPayload.of(rows="INVALID")
    if payout.how is not PayoutHow.CASH and payout.account_last4 is None:
        raise InvalidPayload({"evidence.account_last4": ["REQUIRED"]})
    if len({payout.paid_by, payout.approved_by, payout.witness_id}) < _PEOPLE:
        raise MakerIsChecker


_PEOPLE = 3


def entry_of_payout(payout: Payout, receipt: str) -> Entry:
    """Debit her loan, credit where the money was: nothing is kept from the principal (rule L2)."""
    return Entry(
        id=payout.id,
        office_id=payout.office_id,
        kind=EntryKind.DISBURSEMENT,
        business_on=payout.on,
        value_on=payout.on,
        maker_id=payout.paid_by,
        checker_id=payout.approved_by,
        officer_id=payout.paid_by,
        fingerprint=payout.fingerprint,
        postings=(
            Posting(payout.id, Side.DEBIT, payout.principal, payout.id, receipt),
            Posting(payout.pays_from.id, Side.CREDIT, payout.principal),
        ),
    )
