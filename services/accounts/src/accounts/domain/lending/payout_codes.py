"""The code that goes to a borrower's telephone before a payout: how long, how often (rule L4). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.domain.lending.loans import Evidence, LendingLimits
from accounts.domain.number_changes import SENDS, TRIES
from contracts.accounts.loan_errors import (
    PayoutCodeExpired,
    PayoutCodeMissing,
    PayoutCodeNotSent,
    PayoutCodesSpent,
    PayoutCodeTriedOut,
    PhoneCallMissing,
)

SENDING_TIME = timedelta(minutes=10)
"""Within this at most `SENDS` codes go out for one payout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCode:
    """A code for one payout; the one that was sent last is the only one that opens anything.

    Attributes:
        send: Counts the codes of the payout, from 1.
        code_index: Its keyed digest; the code itself is nowhere kept.
        used_at: When the payout was proved by it; once.
    """

    loan_id: str
    send: int
    code_index: str
    sent_by: str
    sent_at: datetime
    ends_at: datetime
    tries_left: int = TRIES
    used_at: datetime | None = None


def require_sendable(lately: int) -> None:
    """Let another code go out.

    Args:
        lately: How many of this payout went out within `SENDING_TIME`.

    Raises:
        PayoutCodesSpent: as many as may.
    """
    if lately >= SENDS:
        raise PayoutCodesSpent(most=SENDS, minutes=SENDING_TIME // timedelta(minutes=1))


def require_tryable(code: PayoutCode | None, now: datetime) -> PayoutCode:
    """Return the code that was sent last, if it still opens anything.

    Raises:
        PayoutCodeNotSent: none was sent, or it was used for a payout that the book refused.
        PayoutCodeTriedOut: it was tried too often.
        PayoutCodeExpired: it is too old.
    """
    if code is None or code.used_at is not None:
        raise PayoutCodeNotSent(field="code")
    if code.tries_left == 0:
        raise PayoutCodeTriedOut(field="code")
    if now >= code.ends_at:
        raise PayoutCodeExpired(field="code")
    return code


def require_telephone(
    evidence: Evidence, sent: PayoutCode | None, limits: LendingLimits, payer: str, now: datetime
) -> None:
    """Prove by the telephone of a borrower who has one that she is there (rule L4).

    Args:
        evidence: How the payout is proved.
        sent: The code that was sent last; None where none ever was.
        limits: Whether a call may take a code's place, and for how long.
        payer: Who pays.
        now: The moment.

    Raises:
        PhoneCallMissing: no code, and nobody else than the payer called her.
        PayoutCodeMissing: no code, and a call does not take its place here.
        PayoutCodeNotSent: a call takes the place of a code that did not arrive, never of one that was not
            sent or that proved a payout before.
        PayoutCodeExpired: that code is long gone; the call would be about another day.
    """
    if evidence.called_back_by == payer:
        raise PhoneCallMissing(field="called_back_by")
    if evidence.said_code:
        return
    if not limits.call_for_code:
        raise PayoutCodeMissing(field="code")
    if sent is None or sent.used_at is not None:
        raise PayoutCodeNotSent(field="code")
    if now >= sent.sent_at + timedelta(minutes=limits.call_minutes):
        raise PayoutCodeExpired(field="code")
    if evidence.called_back_by is None:
        raise PhoneCallMissing(field="called_back_by")
