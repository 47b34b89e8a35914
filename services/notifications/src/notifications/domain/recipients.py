"""To whom a message may go, and how much it tells. Rules P2 and P10."""

from dataclasses import dataclass

from notifications.domain.kinds import Kind

WAITING, NO_NUMBER, NO_CONSENT = "waiting", "no_number", "no_consent"
_SHOWN_FIRST = 4
_SHOWN_LAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A member as messages know her.

    Attributes:
        mobile: Her verified number, encrypted; None where she has none.
        consents: She agreed to messages (P10).
        detail: `full`, `no_balances` or `see_book`.
        confirmations: She wants deposits confirmed.
        language: `bn` or `en`.
    """

    member_id: str
    code: str | None
    branch_id: str
    mobile: str | None
    consents: bool
    detail: str
    confirmations: bool
    language: str


def is_written(kind: Kind, recipient: Recipient) -> bool:
    """Tell whether a message is written at all: only confirmations can be switched off, by herself (P2)."""
    return recipient.confirmations or not kind.is_confirmation


def standing(kind: Kind, *, has_number: bool, consents: bool) -> str:
    """Return whether a message may go out, or why not; what is left out is kept and counted (P10)."""
    if not consents and kind.duty is None:
        return NO_CONSENT
    return WAITING if has_number else NO_NUMBER


def mask(mobile: str) -> str:
    """Return a number as the branch may see it: `+880•••••••678`."""
    hidden = len(mobile) - _SHOWN_FIRST - _SHOWN_LAST
    return f"{mobile[:_SHOWN_FIRST]}{'•' * hidden}{mobile[-_SHOWN_LAST:]}"
