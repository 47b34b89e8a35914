"""What somebody asks for who proposes a loan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.lending.loans import LendingLimits
from accounts.domain.lending.people import BesidePerson
from contracts.errors import InvalidPayload
from contracts.money import Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanProposal:
    """A proposal as the officer entered it, numbers in their normal form; amounts in paisa.

    Attributes:
        planned_on: The day on which the payout is hoped for.
        bank_account: The number of her own bank account; None for a payout in cash.
        fingerprint: By which a repeated proposal is known.
    """

    id: str
    member_id: str
    product_code: str
    plan_code: str
    principal: Paisa
    purpose: str
    planned_on: date
    people: Sequence[BesidePerson]
    bank_account: str | None
    surplus_to: str
    cheque_security: str | None
    fingerprint: str


def check_planned(planned_on: date, *, today: date, limits: LendingLimits) -> None:
    """Refuse a payout that is planned in the past, or for when the proposal has lapsed.

    Raises:
        InvalidPayload: it is.
    """
    if planned_on < today:
        raise InvalidPayload.of(planned_on="IN_THE_PAST")
    if planned_on >= today + timedelta(days=limits.proposal_days):
        raise InvalidPayload.of(planned_on="TOO_FAR_AHEAD")
