"""Ending a loan ahead of time with a rebate (domain 4.8, L1, M11), or out of her savings (L7). Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.money import NOTHING, Paisa, format_taka, whole_taka
from contracts.transactions.lending_endings_errors import OverSavings, OverTheLoan
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited, part_id
from transactions.domain.lending.payments import allocate
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.savings.closing import Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementTerms:
    """What ends a loan today, in paisa: outstanding + charge = payoff; payoff + rounding = cash.

    Attributes:
        outstanding: The principal that is not paid.
        charge: Charge that is earned and not paid; less than nothing where more was paid than is earned,
            which she gets back.
        rebate: Charge of the schedule that is never asked for.
    """

    on: date
    outstanding: Paisa
    charge: Paisa
    rebate: Paisa

    @property
    def payoff(self) -> Paisa:
        """What she owes, to the paisa (rule L1)."""
        return Paisa(self.outstanding + self.charge)

    @property
    def cash(self) -> Paisa:
        """What she pays in whole taka, half up (rule M11); less than nothing is paid to her."""
        return whole_taka(self.payoff)

    @property
    def rounding(self) -> Paisa:
        """What whole taka add or take away."""
        return Paisa(self.cash - self.payoff)

    @property
    def amounts(self) -> Amounts:
        """Principal and charge of it."""
        return Amounts(self.outstanding, self.charge)


def settlement_terms(
    schedule: Schedule, paid: Amounts, on: date, *, allows_rebate: bool = True
) -> SettlementTerms:
    """Return what ends a running loan on a day.

    Payoff = P − principal paid + charge earned − charge paid (rule L1). A product without a rebate asks for
    the whole charge of the schedule.
    """
    asked = schedule.earned(on) if allows_rebate else schedule.whole.charge
    return SettlementTerms(
        on=on,
        outstanding=Paisa(schedule.whole.principal - paid.principal),
        charge=Paisa(asked - paid.charge),
        rebate=Paisa(schedule.whole.charge - asked),
    )


def entry_of_settlement(
    terms: SettlementTerms, loan: Loan, day: OpenDay, signed: Signed, *, receipt: str | None
) -> Entry | None:
    """Return the entry that brings a loan to exactly nothing; None where there is nothing to book."""
    vault = OfficeAccount(Ledgers.VAULT, loan.office_id)
    postings = (
        *credited(loan, terms.amounts, signed.id, receipt),
        *_signed(vault, Side.DEBIT, terms.cash),
        *_rounding(loan.office_id, terms.rounding),
    )
    return _entry(EntryKind.SETTLEMENT, loan, day, signed, postings) if postings else None


def settlement_accounts(loan: Loan) -> tuple[OfficeAccount, ...]:
    """Return the accounts of the office that a settlement may touch."""
    ledgers = (Ledgers.VAULT, Ledgers.ROUNDING_GAIN, Ledgers.ROUNDING_LOSS)
    return (loan.charge_account, *(OfficeAccount(ledger, loan.office_id) for ledger in ledgers))


def amounts_from_savings(
    schedule: Schedule, paid: Amounts, terms: SettlementTerms, amount: Paisa | None
) -> Amounts:
    """Return what an amount from her savings pays of her loan; without an amount it is settled to the paisa.

    Raises:
        OverTheLoan: it is more than all that remains of the loan.
        OverSavings: nothing is to be moved, because the loan owes her more than she owes.
    """
    if amount is None:
        if terms.payoff <= 0:
            raise OverSavings(withdrawable=format_taka(NOTHING), wanted=format_taka(terms.payoff))
        return terms.amounts
    allocation = allocate(schedule, paid, amount)
    if allocation.surplus:
        raise OverTheLoan(left=format_taka(allocation.loan.total))
    return allocation.loan


def require_savings(savings: MemberAccount, wanted: Paisa) -> None:
    """Let savings pay up to their balance, without what is promised already (rule L7).

    Raises:
        OverSavings: with what they can give.
    """
    free = Paisa(max(0, savings.balance - savings.pending_out))
    if wanted > free:
        raise OverSavings(withdrawable=format_taka(free), wanted=format_taka(wanted))


def entry_from_savings(
    amounts: Amounts, savings: MemberAccount, loan: Loan, day: OpenDay, signed: Signed
) -> Entry:
    """Return the entry that pays a loan out of her savings, without cash (domain §6)."""
    postings = (
        *_signed_row(savings.id, amounts.total, part_id(signed.id, "savings")),
        *credited(loan, amounts, signed.id),
    )
    return _entry(EntryKind.SAVINGS_TO_LOAN, loan, day, signed, postings)


def _signed_row(account_id: str, amount: Paisa, row_id: str) -> tuple[Posting, ...]:
    return (Posting(account_id, Side.DEBIT, amount, row_id),)


def _rounding(office_id: str, rounding: Paisa) -> tuple[Posting, ...]:
    ledger = Ledgers.ROUNDING_GAIN if rounding > 0 else Ledgers.ROUNDING_LOSS
    return _signed(OfficeAccount(ledger, office_id), Side.CREDIT, rounding)


def _signed(account: OfficeAccount, side: Side, amount: Paisa) -> tuple[Posting, ...]:
    """Return the posting of a signed amount: less than nothing stands on the other side."""
    if not amount:
        return ()
    return (Posting(account.id, side if amount > 0 else side.other, Paisa(abs(amount))),)


def _entry(kind: EntryKind, loan: Loan, day: OpenDay, signed: Signed, postings: tuple[Posting, ...]) -> Entry:
    return Entry(
        id=signed.id,
        office_id=loan.office_id,
        kind=kind,
        business_on=day.on,
        value_on=day.on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        officer_id=signed.checker_id,
        reason=signed.reason,
        postings=postings,
    )
