"""A loan between her wish and its end: which step follows which, and who may take it (rules L4, M8). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contracts.accounts.loan_errors import (
    AmountConsentMissing,
    AmountNeverRises,
    LoanNotInState,
    PayoutAccountNotHers,
    PhotoMissing,
    PhotoNotAgreed,
    WitnessUnfit,
)
from contracts.accounts.loan_words import LoanState
from contracts.errors import InvalidPayload, MakerIsChecker
from contracts.money import Paisa, format_taka
from contracts.transactions.lending_words import PayoutHow

UNDECIDED = frozenset({LoanState.PROPOSED, LoanState.RECOMMENDED, LoanState.APPROVED})
"""Before any money; what stands there too long lapses."""
PAID = frozenset({LoanState.DISBURSING, LoanState.DISBURSED})


@dataclass(frozen=True, slots=True)
class LendingLimits:
    """What the institution sets; the defaults are the usual ones (domain 4.1, rule L4).

    Attributes:
        guarantees: For how many open loans one person may stand in.
        samity_a_week: How many members of one samity get loans in one week.
        proposal_days: After how many days a proposal that is not paid out lapses.
        call_back_percent: How many payouts in a hundred the area asks members about.
        call_back_days: Within how many days.
        reschedules: How often one loan may be rescheduled.
        good_instalments: How many must be paid before a rescheduled loan gives up the class it keeps.
        call_for_code: Whether a call to her may take the place of a code that did not arrive.
        call_minutes: For how long after the code was sent it may.
    """

    guarantees: int = 2
    samity_a_week: int = 5
    proposal_days: int = 90
    call_back_percent: int = 10
    call_back_days: int = 7
    reschedules: int = 2
    good_instalments: int = 3
    call_for_code: bool = True
    call_minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """What of a loan decides what may be done with it; amounts in paisa.

    Attributes:
        asked: What she asked for.
        principal: What is agreed, never more.
        serial: Counts her loans of the product; None before the first try to pay it out.
        approver_id: Who approved; with the maker and the recommender three different people.
        payout: How it is or was paid out, in the wire's form; None before.
    """

    id: str
    member_id: str
    state: LoanState
    product_code: str
    product_version: int
    plan_code: str
    cycle: int
    asked: Paisa
    principal: Paisa
    surplus_to: str
    planned_on: date
    proposed_on: date
    fingerprint: str
    maker_id: str
    recommender_id: str | None
    approver_id: str | None
    payer_id: str | None
    bank_account: str | None
    bank_account_seen: bool
    serial: int | None
    code: str | None
    payout: Mapping[str, Any] | None
    disbursed_on: date | None
    ended_version: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a payout is proved (rule L4).

    Attributes:
        said_code: She said a code; whether it is the right one, the caller compares.
        called_back_by: Who, other than the payer, called her telephone before.
    """

    how: PayoutHow
    witness_id: str
    photo: str | None
    account_last4: str | None
    said_code: bool
    called_back_by: str | None


@dataclass(frozen=True, slots=True)
class OwnAccounts:
    """Of what she has agreed to and owns, what a payout is held against.

    Attributes:
        agreed_to_photo: Her latest answer to being photographed (rule P10).
        mobile_last4: Of her effective telephone number; None where she has none.
        bank_last4: Of her own bank account, seen by who recommended; None where none was.
    """

    agreed_to_photo: bool
    mobile_last4: str | None
    bank_last4: str | None


def require_state(loan: Loan, *states: LoanState) -> None:
    """Let a deed go on only from where it belongs.

    Raises:
        LoanNotInState: with where it stands.
    """
    if loan.state not in states:
        raise LoanNotInState(state=str(loan.state))


def require_other_people(person_id: str, *others: str | None) -> None:
    """Each step of a loan is another person's, in whatever role (rule M8).

    Raises:
        MakerIsChecker: this one took a step before.
    """
    if person_id in others:
        raise MakerIsChecker


def require_visit(visited_on: date, *, proposed_on: date, today: date) -> None:
    """A home is seen between the proposal and today.

    Raises:
        InvalidPayload: it was seen on another day.
    """
    if visited_on > today:
        raise InvalidPayload.of(visited_on="IN_THE_FUTURE")
    if visited_on < proposed_on:
        raise InvalidPayload.of(visited_on="BEFORE_THE_PROPOSAL")


def require_consented(loan: Loan, principal: Paisa, consent: Mapping[str, Any] | None) -> None:
    """An approved amount is never more than she asked for, and less only with her consent (rule L4).

    Raises:
        AmountNeverRises: it is more.
        AmountConsentMissing: it is less, and she was not asked.
    """
    if principal > loan.principal:
        raise AmountNeverRises(field="principal", most=format_taka(loan.principal))
    if principal < loan.principal and consent is None:
        raise AmountConsentMissing(field="consent")


def lapses_on(proposed_on: date, limits: LendingLimits) -> date:
    """Return the first day on which a proposal counts no more."""
    return proposed_on + timedelta(days=limits.proposal_days)


def require_evidence(evidence: Evidence, own: OwnAccounts, *, payer_id: str, approver_id: str) -> None:
    """Pay only to herself, proved (rule L4): whether the witness works here, the caller looks up.

    Raises:
        WitnessUnfit: the witness pays or approved himself.
        PhotoMissing, PhotoNotAgreed: against what she agreed to (rule P10).
        PayoutAccountNotHers: the money would go to an account that was not verified as hers.
    """
    if evidence.witness_id in (payer_id, approver_id):
        raise WitnessUnfit(field="evidence.witness_id")
    if own.agreed_to_photo and evidence.photo is None:
        raise PhotoMissing(field="evidence.photo")
    if not own.agreed_to_photo and evidence.photo is not None:
        raise PhotoNotAgreed(field="evidence.photo")
    hers = {
        PayoutHow.CASH: None,
        PayoutHow.BANK: own.bank_last4,
        PayoutHow.MOBILE_MONEY: own.mobile_last4,
    }[evidence.how]
    if evidence.account_last4 != hers or (hers is None and evidence.how is not PayoutHow.CASH):
        raise PayoutAccountNotHers(field="evidence.account_last4")
