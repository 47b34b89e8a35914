"""Withdrawals: how much she may take, who must agree, and what each state leads to (rule M9). Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.money import PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.savings_errors import (
    OverWithdrawable,
    WithdrawalLapsed,
    WithdrawalNeedsArea,
    WithdrawalNotAllowed,
    WithdrawalNotOpen,
)
from contracts.transactions.savings_words import CautionReason, WithdrawalState
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, PendingDelta, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.savings.agreements import Agreement

APPROVAL_DAYS = 3
"""How many days an approval waits for its payment (rule M9)."""
NUMBER_DAYS = 7
"""For how many days a changed telephone number makes a withdrawal one for manager and area (rule M9)."""
_WHOLE = 10_000
_APPROVALS = UUID("0b0c7f1a-6a34-5e0c-8f55-2f7f8a1d9c44")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRequest:
    """What the maker asks; the id becomes the id of the entry.

    Attributes:
        amount: Paisa, whole taka (rule M11).
        in_field: It is to be paid at her samity.
    """

    id: str
    account_id: str
    amount: Paisa
    reason: str | None
    maker_id: str
    in_field: bool = False

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        where = {"in_field": True} if self.in_field else {}
        return fingerprint(
            "withdrawal",
            **where,
            account=self.account_id,
            amount=self.amount,
            reason=self.reason,
            maker=self.maker_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A withdrawal as it stands.

    Attributes:
        caution: Why manager and area must both agree; empty for the common case.
        approval_id: The request that waits or was decided; None within the counter's limit.
        approved_by: The people who agreed.
        lapses_on: The last day on which it may be paid.
        in_field: It was agreed to for her samity.
        float_id: In which float its cash is, or was when it was paid.
    """

    id: str
    account_id: str
    member_id: str
    office_id: str
    amount: Paisa
    state: WithdrawalState
    reason: str | None
    caution: tuple[CautionReason, ...]
    approval_id: str | None
    maker_id: str
    asked_on: date
    made_at: datetime
    fingerprint: str
    approved_by: tuple[str, ...] = ()
    lapses_on: date | None = None
    in_field: bool = False
    float_id: str | None = None

    @property
    def holds(self) -> PendingDelta:
        """What it keeps back once it is approved."""
        return PendingDelta(self.account_id, outgoing=self.amount)

    @property
    def releases(self) -> PendingDelta:
        """What is free again once it is paid or dropped."""
        return PendingDelta(self.account_id, outgoing=-self.amount)


def withdrawable(balance: Paisa, promised: Paisa, floor: Paisa, maximum_bps: int | None) -> Paisa:
    """Return how much may be taken, in whole taka: above the floor, beside what is promised, within a share.

    Args:
        balance: What is in the book; what is pending does not count (rule M1).
        promised: What approved withdrawals keep back.
        floor: What must stay.
        maximum_bps: The greatest share of the balance, in basis points; None is all of it.
    """
    free = balance - floor
    if maximum_bps is not None:
        free = min(free, balance * maximum_bps // _WHOLE)
    free = max(0, free - promised)
    return Paisa(free - free % PAISA_PER_TAKA)


def require_withdrawable(
    agreement: Agreement, account: MemberAccount, amount: Paisa, *, with_loan: bool
) -> None:
    """Let an amount be taken from an account as it stands.

    Raises:
        WithdrawalNotAllowed: a term or lump deposit pays out when it is closed.
        OverWithdrawable: with the greatest amount that may be taken.
    """
    if not agreement.is_free:
        raise WithdrawalNotAllowed(family=agreement.ledger)
    share = agreement.maximum_with_loan if with_loan else agreement.maximum_without_loan
    greatest = withdrawable(account.balance, account.pending_out, agreement.floor, share)
    if amount > greatest:
        raise OverWithdrawable(
            withdrawable=format_taka(greatest),
            floor=format_taka(agreement.floor),
            with_loan=with_loan,
            maximum_bps=share,
        )


def caution_of(agreement: Agreement, on: date) -> tuple[CautionReason, ...]:
    """Return why a withdrawal needs the manager and the area (rule M9)."""
    changed = agreement.number_changed_on
    reasons = (
        (CautionReason.DORMANT, agreement.dormant_since is not None),
        (CautionReason.NUMBER_CHANGED, changed is not None and on - changed <= timedelta(days=NUMBER_DAYS)),
    )
    return tuple(reason for reason, holds in reasons if holds)


def needs_approval(agreement: Agreement, amount: Paisa, caution: Collection[CautionReason]) -> bool:
    """Tell whether a second person must agree: above the counter's limit, or where caution is due.

    Args:
        agreement: Whose limit holds.
        amount: All that is asked of the account on one day, in paisa: a limit is not passed in small steps.
        caution: As `caution_of`.
    """
    return bool(caution) or amount > agreement.counter_limit


def require_no_new_caution(withdrawal: Withdrawal, caution: Collection[CautionReason]) -> None:
    """Let a withdrawal be paid that was agreed to under every caution that is due by now.

    Raises:
        WithdrawalNeedsArea: her number changed, or she became dormant, after the agreement (rule M9).
    """
    if caution and not withdrawal.caution:
        raise WithdrawalNeedsArea(caution=[reason.value for reason in caution])


def area_approval_id(withdrawal_id: str) -> str:
    """Return the id of the second approval of a withdrawal under caution."""
    return str(uuid5(_APPROVALS, withdrawal_id))


def lapses_on(approved_on: date) -> date:
    """Return the last day on which an approved withdrawal may be paid."""
    return approved_on + timedelta(days=APPROVAL_DAYS)


def require_state(withdrawal: Withdrawal, *states: WithdrawalState) -> None:
    """Let a deed follow only from the states in which it makes sense.

    Raises:
        WithdrawalLapsed: its approval ran out.
        WithdrawalNotOpen: it stands otherwise.
    """
    if withdrawal.state is WithdrawalState.LAPSED:
        raise WithdrawalLapsed(lapsed_on=_text(withdrawal.lapses_on))
    if withdrawal.state not in states:
        raise WithdrawalNotOpen(state=withdrawal.state.value)


def require_payable_on(withdrawal: Withdrawal, day: OpenDay) -> None:
    """Let a withdrawal be paid in time.

    Raises:
        WithdrawalLapsed: its last day is over.
    """
    if withdrawal.lapses_on is not None and day.on > withdrawal.lapses_on:
        raise WithdrawalLapsed(lapsed_on=_text(withdrawal.lapses_on))


def require_payable(withdrawal: Withdrawal, day: OpenDay, *, payer_id: str, witness_id: str) -> None:
    """Let an approved withdrawal be paid in time, by somebody who neither asked for nor gave its approval.

    Raises:
        WithdrawalNotOpen, WithdrawalLapsed: as `require_state`; also after its last day.
        MakerIsChecker: the payer had a hand in the approval, or is his own witness (rules M8, M9).
    """
    require_state(withdrawal, WithdrawalState.APPROVED)
    require_payable_on(withdrawal, day)
    concerned = set(withdrawal.approved_by)
    if withdrawal.approval_id is not None:
        concerned.add(withdrawal.maker_id)
    if payer_id in concerned or payer_id == witness_id:
        raise MakerIsChecker


def entry_of_withdrawal(
    withdrawal: Withdrawal, account: MemberAccount, day: OpenDay, *, payer_id: str, receipt: str
) -> Entry:
    """Debit the member, credit the vault: one row, which bears the withdrawal's id."""
    vault = OfficeAccount(Ledgers.VAULT, account.office_id)
    return Entry(
        id=withdrawal.id,
        office_id=account.office_id,
        kind=EntryKind.WITHDRAWAL,
        business_on=day.on,
        value_on=day.on,
        maker_id=withdrawal.maker_id,
        checker_id=withdrawal.approved_by[-1] if withdrawal.approved_by else None,
        officer_id=payer_id,
        reason=withdrawal.reason,
        fingerprint=withdrawal.fingerprint,
        postings=(
            Posting(account.id, Side.DEBIT, withdrawal.amount, withdrawal.id, receipt),
            Posting(vault.id, Side.CREDIT, withdrawal.amount),
        ),
    )


def _text(on: date | None) -> str:
    return on.isoformat() if on else ""
