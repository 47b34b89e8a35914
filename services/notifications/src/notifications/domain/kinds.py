"""The kinds of messages: what each is for, and which nobody can switch off. Rules P2 and P10."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    Attributes:
        name: As in the contracts.
        purpose: Named on every message and to every sender (P10).
        duty: Why it goes out without her consent to messages; None where it needs that.
        is_confirmation: She may switch it off herself.
    """

    name: str
    purpose: str
    duty: str | None = None
    is_confirmation: bool = False


_PROTECTION = "P2: what could hide a loss from her is told to every verified number"

DEPOSIT_CONFIRMED = Kind("deposit_confirmed", "deposit_confirmation", is_confirmation=True)
NOTHING_RECEIVED = Kind("nothing_received", "protection_of_savings", _PROTECTION)
ROW_CHANGED = Kind("row_changed", "protection_of_savings", _PROTECTION)
ENTRY_REVERSED = Kind("entry_reversed", "protection_of_savings", _PROTECTION)
LOGIN_CHANGED = Kind("login_changed", "protection_of_login", _PROTECTION)
WITHDRAWAL_REQUESTED = Kind("withdrawal_requested", "protection_of_savings", _PROTECTION)
WITHDRAWAL_APPROVED = Kind("withdrawal_approved", "protection_of_savings", _PROTECTION)
WITHDRAWAL_PAID = Kind("withdrawal_paid", "protection_of_savings", _PROTECTION)
ACCOUNT_CLOSED = Kind("account_closed", "protection_of_savings", _PROTECTION)
CORRECTION_POSTED = Kind("correction_posted", "protection_of_savings", _PROTECTION)
LOAN_PAID_OUT = Kind("loan_paid_out", "protection_of_loans", _PROTECTION)
LOAN_CLOSED = Kind("loan_closed", "protection_of_loans", _PROTECTION)
NUMBER_CHANGE_ASKED = Kind("number_change_asked", "protection_of_number", _PROTECTION)
NUMBER_CODE = Kind(
    "number_code", "proof_of_number", "P1: a number counts only when its holder has said the code"
)
NUMBER_CHANGED = Kind("number_changed", "protection_of_number", _PROTECTION)
PAYOUT_CODE = Kind("payout_code", "proof_of_payout", "L4: money goes to her alone, who has said the code")
MEMBERSHIP_ENDED = Kind("membership_ended", "protection_of_savings", _PROTECTION)
SAVINGS_MOVED = Kind("savings_moved", "protection_of_savings", _PROTECTION)
COUNTER_MONEY = Kind("counter_money", "protection_of_loans", _PROTECTION)
ACCOUNTS_MOVED = Kind("accounts_moved", "protection_of_savings", _PROTECTION)
LOAN_RESCHEDULED = Kind("loan_rescheduled", "protection_of_loans", _PROTECTION)
_ANSWERED = "P4: who complains is heard and answered, whatever else she lets be sent"
COMPLAINT_ACKNOWLEDGED = Kind("complaint_acknowledged", "answer_to_complaint", _ANSWERED)
COMPLAINT_ANSWERED = Kind("complaint_answered", "answer_to_complaint", _ANSWERED)
SAVINGS_OPENED = Kind("savings_opened", "membership_service")

KINDS = {
    kind.name: kind
    for kind in (
        DEPOSIT_CONFIRMED,
        NOTHING_RECEIVED,
        ROW_CHANGED,
        ENTRY_REVERSED,
        LOGIN_CHANGED,
        SAVINGS_OPENED,
        WITHDRAWAL_REQUESTED,
        WITHDRAWAL_APPROVED,
        WITHDRAWAL_PAID,
        ACCOUNT_CLOSED,
        CORRECTION_POSTED,
        LOAN_PAID_OUT,
        LOAN_CLOSED,
        NUMBER_CHANGE_ASKED,
        NUMBER_CODE,
        NUMBER_CHANGED,
        PAYOUT_CODE,
        MEMBERSHIP_ENDED,
        SAVINGS_MOVED,
        COUNTER_MONEY,
        ACCOUNTS_MOVED,
        LOAN_RESCHEDULED,
        COMPLAINT_ACKNOWLEDGED,
        COMPLAINT_ANSWERED,
    )
}
