"""Waiving a dead member's loan against the risk fund (domain 4.9, rule L5). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts.errors import InvalidPayload
from contracts.money import NOTHING, Paisa, format_taka
from contracts.transactions.lending_endings_errors import PaidAfterDeath
from contracts.transactions.lending_endings_words import WaiverKind
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Reversed, total
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited, part_id
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.savings.closing import Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What was paid on a loan and stands: one row, in paisa."""

    entry_id: str
    row_id: str
    value_on: date
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverTerms:
    """What the risk fund bears of a loan, in paisa.

    Attributes:
        principal: The whole principal that is not paid.
        charge: The charge that is waived with it; nothing where only the principal is.
        rebate: The charge that is not asked for.
        paid_after: What was paid after the death: it is refunded before anything is waived.
    """

    on: date
    died_on: date
    kind: WaiverKind
    principal: Paisa
    charge: Paisa
    rebate: Paisa
    paid_after: tuple[Payment, ...] = ()

    @property
    def from_risk_fund(self) -> Paisa:
        """What the fund bears."""
        return Paisa(self.principal + self.charge)


def waiver_terms(
    schedule: Schedule, paid: Amounts, *, died_on: date, on: date, kind: WaiverKind
) -> WaiverTerms:
    """Return what waiving a loan costs the risk fund.

    Args:
        schedule: The one in force.
        paid: All that was paid, and not refunded.
        died_on: The day of her death.
        on: The business day.
        kind: Whether the charge that is left is waived with the principal, or rebated.

    Raises:
        InvalidPayload: on `died_on`, which is not a day to come.
    """
    if died_on > on:
        raise InvalidPayload.of(died_on="IN_THE_FUTURE")
    left = Paisa(max(NOTHING, schedule.whole.charge - paid.charge))
    waived = left if kind is WaiverKind.WITH_CHARGE else NOTHING
    return WaiverTerms(
        on=on,
        died_on=died_on,
        kind=kind,
        principal=Paisa(schedule.whole.principal - paid.principal),
        charge=waived,
        rebate=Paisa(left - waived),
    )


def with_payments(terms: WaiverTerms, payments: Sequence[Payment]) -> WaiverTerms:
    """Return the terms with what was paid after the death (rule L5)."""
    return replace(terms, paid_after=tuple(each for each in payments if each.value_on > terms.died_on))


def require_nothing_paid_after(terms: WaiverTerms) -> None:
    """Let a loan be waived once all that was paid after the death is refunded.

    Raises:
        PaidAfterDeath: with the number of the payments and what they are worth.
    """
    if terms.paid_after:
        paid = sum(payment.amounts.total for payment in terms.paid_after)
        raise PaidAfterDeath(
            payments=len(terms.paid_after), amount=format_taka(Paisa(paid)), died_on=terms.died_on.isoformat()
        )


def entry_of_waiver(terms: WaiverTerms, loan: Loan, day: OpenDay, signed: Signed) -> Entry | None:
    """Return the entry by which the risk fund pays the loan; None where it has nothing to pay."""
    fund = OfficeAccount(Ledgers.RISK_FUND, loan.office_id)
    paid = credited(loan, Amounts(terms.principal, terms.charge), signed.id)
    if not paid:
        return None
    return Entry(
        id=signed.id,
        office_id=loan.office_id,
        kind=EntryKind.WAIVER,
        business_on=day.on,
        value_on=day.on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        reason=signed.reason,
        postings=(Posting(fund.id, Side.DEBIT, total(paid, Side.CREDIT)), *paid),
    )


def entry_of_refund(payment: Payment, loan: Loan, day: OpenDay, signed: Signed) -> Entry:
    """Return the entry that pays one row back from the vault, with the row's own value date (rule L5)."""
    back = Amounts(Paisa(-payment.amounts.principal), Paisa(-payment.amounts.charge))
    debited = credited(loan, back, payment.row_id)
    vault = OfficeAccount(Ledgers.VAULT, loan.office_id)
    return Entry(
        id=part_id(signed.id, payment.row_id),
        office_id=loan.office_id,
        kind=EntryKind.REVERSAL,
        business_on=day.on,
        value_on=payment.value_on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        reason=signed.reason,
        reverses=Reversed(payment.entry_id, payment.row_id),
        postings=(*debited, Posting(vault.id, Side.CREDIT, payment.amounts.total)),
    )
