"""What a member who died leaves: accounts to nothing, whole taka to each nominee (rules L5, M11). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.money import PAISA_PER_TAKA, Paisa, round_half_up
from contracts.transactions.nominee_errors import ClaimNotClosed, MemberDeceased, NomineePaid
from contracts.transactions.nominee_words import ClaimState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint

_WHOLE = 100
_PARTS = UUID("2c7a52ce-6f0b-5f6c-8b6e-7d7f35b0a0e4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One nominee; the amount, in paisa, is known when her accounts are closed.

    Attributes:
        guardian: Who receives it for a nominee under age.
        entry_id: By which it was paid.
    """

    number: int
    name: str
    relation: str
    share_percent: int
    guardian: str | None
    amount: Paisa | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """All that she leaves with a branch; the id is the case's in accounts."""

    id: str
    member_id: str
    office_id: str
    state: ClaimState
    died_on: date
    shares: Sequence[Share]
    total: Paisa | None = None
    closed_on: date | None = None

    @property
    def money(self) -> OfficeAccount:
        """Where the branch keeps what it owes her nominees."""
        return OfficeAccount(Ledgers.NOMINEES_MONEY, self.office_id, self.member_id)

    @property
    def named(self) -> Mapping[int, tuple[Any, ...]]:
        """The nominees as they were named, by which the same request is known again."""
        return {
            share.number: (share.name, share.relation, share.share_percent, share.guardian)
            for share in self.shares
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineePayment:
    """A share that is put into somebody's hand; the id becomes the entry's."""

    id: str
    claim_id: str
    number: int
    mark: str
    witness_id: str
    paid_by: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "nominee_payout",
            claim=self.claim_id,
            number=self.number,
            mark=self.mark,
            witness=self.witness_id,
            paid_by=self.paid_by,
        )


def frozen_at(deceased_on: date | None, day: date) -> date:
    """Return until when dues and ages of a member run: from her death on they stand still (rule L5)."""
    return day if deceased_on is None else min(day, deceased_on)


def require_alive(deceased_on: date | None) -> None:
    """Let money of a member go in or out at the counter.

    Raises:
        MemberDeceased: she has died, so that only her nominees are paid (rule L5).
    """
    if deceased_on is not None:
        raise MemberDeceased(deceased_on=deceased_on.isoformat())


def share_of(total: Paisa, percent: int) -> Paisa:
    """Return a share of a total in whole taka, half up (rule M11)."""
    return Paisa(round_half_up(total * percent, _WHOLE * PAISA_PER_TAKA) * PAISA_PER_TAKA)


def rounding_entry(
    claim: Claim, amounts: Sequence[Paisa], total: Paisa, day: OpenDay, by: str
) -> Entry | None:
    """Return the entry for what whole taka add to all shares, or take away; None where they are exact."""
    difference = sum(amounts) - total
    if not difference:
        return None
    ledger = Ledgers.ROUNDING_LOSS if difference > 0 else Ledgers.ROUNDING_GAIN
    side = Side.CREDIT if difference > 0 else Side.DEBIT
    amount = Paisa(abs(difference))
    return Entry(
        id=part_id(claim.id, "rounding"),
        office_id=claim.office_id,
        kind=EntryKind.NOMINEE_PAYOUT,
        business_on=day.on,
        value_on=day.on,
        maker_id=by,
        postings=(
            Posting(claim.money.id, side, amount),
            Posting(OfficeAccount(ledger, claim.office_id).id, side.other, amount),
        ),
    )


def part_id(claim_id: str, part: str) -> str:
    """Return the id of what belongs to a claim: an account's closing, or the rounding."""
    return str(uuid5(_PARTS, f"{claim_id}:{part}"))


def require_payable(claim: Claim, payment: NomineePayment) -> Share:
    """Return the share that is to be paid, before a witness other than the payer.

    Raises:
        ClaimNotClosed: her accounts are not closed yet.
        NomineePaid: he has it, or there is no such nominee.
        MakerIsChecker: the payer is his own witness (rule M8).
    """
    if claim.state is not ClaimState.CLOSED:
        raise ClaimNotClosed(state=str(claim.state))
    share = next((share for share in claim.shares if share.number == payment.number), None)
    if share is None or share.entry_id is not None or not share.amount:
        raise NomineePaid(number=payment.number)
    if payment.paid_by == payment.witness_id:
        raise MakerIsChecker
    return share


def entry_of_payment(
    claim: Claim, share: Share, payment: NomineePayment, day: OpenDay, receipt: str
) -> Entry:
    """Debit what the branch owes her nominees, credit the vault."""
    amount = share.amount or Paisa(0)
    return Entry(
        id=payment.id,
        office_id=claim.office_id,
        kind=EntryKind.NOMINEE_PAYOUT,
        business_on=day.on,
        value_on=day.on,
        maker_id=payment.paid_by,
        checker_id=payment.witness_id,
        officer_id=payment.paid_by,
        reason=share.guardian or share.name,
        fingerprint=payment.fingerprint,
        postings=(
            Posting(claim.money.id, Side.DEBIT, amount, payment.id, receipt),
            Posting(OfficeAccount(Ledgers.VAULT, claim.office_id).id, Side.CREDIT, amount),
        ),
    )


def unpaid(shares: Sequence[Share]) -> Iterator[Share]:
    """Yield the nominees who still have something to get."""
    for share in shares:
        if share.entry_id is None and share.amount:
            yield share
