"""What each event has to say to whom: one draft a member and kind. Rules P2 and M6.

Nothing is drafted before money is posted: a submitted sheet says nothing to anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notifications.domain.kinds import (
    ACCOUNT_CLOSED,
    ACCOUNTS_MOVED,
    COMPLAINT_ACKNOWLEDGED,
    COMPLAINT_ANSWERED,
    CORRECTION_POSTED,
    COUNTER_MONEY,
    DEPOSIT_CONFIRMED,
    ENTRY_REVERSED,
    LOAN_CLOSED,
    LOAN_PAID_OUT,
    LOAN_RESCHEDULED,
    LOGIN_CHANGED,
    MEMBERSHIP_ENDED,
    NOTHING_RECEIVED,
    NUMBER_CHANGE_ASKED,
    NUMBER_CHANGED,
    NUMBER_CODE,
    PAYOUT_CODE,
    ROW_CHANGED,
    SAVINGS_MOVED,
    SAVINGS_OPENED,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_PAID,
    WITHDRAWAL_REQUESTED,
    Kind,
)

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said to one member.

    Attributes:
        kind: Which kind of message.
        member_id: To whom.
        subject: What it is about; with kind and member it is the message's natural key, so that no event,
            however often and under whatever id it comes, is told twice.
        facts: Domain values from the event.
        lines: Of each account of hers.
        mobile: Sealed: to which number it goes, where that is not simply hers at the moment of sending.
        secret: Sealed: what stands in the message as it is sent, and nowhere else.
    """

    kind: Kind
    member_id: str
    subject: str
    facts: Data
    lines: Sequence[Data] = ()
    mobile: str | None = None
    secret: str | None = None

    @property
    def key(self) -> str:
        """The message's natural key."""
        return f"{self.kind.name}:{self.subject}:{self.member_id}"


def of_sheet(data: Data) -> tuple[Draft, ...]:
    """Draft what a posted sheet says: money received, and, apart from it, nothing received."""
    paid = [line for line in data["lines"] if line["amount"] is not None]
    empty = [line for line in data["lines"] if line["amount"] is None and line["nothing_received"]]
    when = {"business_on": data["business_on"], "value_on": data["value_on"]}
    return tuple(
        Draft(kind, member_id, data["sheet_id"], when, lines)
        for kind, found in ((DEPOSIT_CONFIRMED, paid), (NOTHING_RECEIVED, empty))
        for member_id, lines in _by_member(found).items()
    )


def of_deposit(data: Data) -> tuple[Draft, ...]:
    """Draft what a deposit at the counter says."""
    return (Draft(DEPOSIT_CONFIRMED, data["member_id"], data["entry_id"], data, (data,)),)


def of_row_change(data: Data) -> tuple[Draft, ...]:
    """Draft what a change of a row says that the server had seen before (M6)."""
    subject = f"{data['row_id']}.{data['version']}"
    return (Draft(ROW_CHANGED, data["member_id"], subject, data),)


def of_reversal(data: Data) -> tuple[Draft, ...]:
    """Draft what a correction says to everybody whom it touches (M12)."""
    return tuple(
        Draft(ENTRY_REVERSED, member_id, data["entry_id"], data, lines)
        for member_id, lines in _by_member(data["lines"]).items()
    )


def of_withdrawal_request(data: Data) -> tuple[Draft, ...]:
    """Draft that somebody asked for money from her account (M9)."""
    return (Draft(WITHDRAWAL_REQUESTED, data["member_id"], data["id"], data, (data,)),)


def of_withdrawal_approval(data: Data) -> tuple[Draft, ...]:
    """Draft that she may fetch the money, and until when (M9)."""
    return (Draft(WITHDRAWAL_APPROVED, data["member_id"], data["id"], data, (data,)),)


def of_withdrawal(data: Data) -> tuple[Draft, ...]:
    """Draft that cash was paid from her account (M9)."""
    return (Draft(WITHDRAWAL_PAID, data["member_id"], data["entry_id"], data, (data,)),)


def of_account_closing(data: Data) -> tuple[Draft, ...]:
    """Draft that her account was closed and what she got."""
    return (Draft(ACCOUNT_CLOSED, data["member_id"], data["entry_id"], data, (data,)),)


def of_correction(data: Data) -> tuple[Draft, ...]:
    """Draft what the correction of an earlier day says to both whom it touches (M13)."""
    return tuple(
        Draft(CORRECTION_POSTED, member_id, data["entry_id"], data, lines)
        for member_id, lines in _by_member(data["lines"]).items()
    )


def of_loan_payout(data: Data) -> tuple[Draft, ...]:
    """Draft that a loan was paid out to her, and what she owes when (L4)."""
    return (Draft(LOAN_PAID_OUT, data["member_id"], data["loan_id"], data),)


def of_payout_code(data: Data) -> tuple[Draft, ...]:
    """Draft the code that she says when she gets the money of a loan (L4)."""
    subject = f"{data['loan_id']}.{data['send']}"
    code = Draft(PAYOUT_CODE, data["member_id"], subject, data, mobile=data["mobile"], secret=data["code"])
    return (code,)


def of_repayment(data: Data) -> tuple[Draft, ...]:
    """Draft what a repayment at the counter says; what was more than the rest is a line of its own (M11)."""
    return (Draft(DEPOSIT_CONFIRMED, data["member_id"], data["entry_id"], data, data["lines"]),)


def of_loan_closing(data: Data) -> tuple[Draft, ...]:
    """Draft how a loan of hers came to its end, or that it runs again."""
    return (Draft(LOAN_CLOSED, data["member_id"], f"{data['loan_id']}.{data['version']}", data),)


def of_membership_end(data: Data) -> tuple[Draft, ...]:
    """Draft that she left for good, or that her leaving was undone (rules L7, P2)."""
    return (Draft(MEMBERSHIP_ENDED, data["member_id"], str(data["version"]), data),)


def of_savings_moved(data: Data) -> tuple[Draft, ...]:
    """Draft that her savings paid her loan: they went down by her signature (L7)."""
    return (Draft(SAVINGS_MOVED, data["member_id"], data["entry_id"], data),)


def of_counter_money(data: Data) -> tuple[Draft, ...]:
    """Draft that a fee, a premium or money for a written-off loan was taken at the counter."""
    return (Draft(COUNTER_MONEY, data["member_id"], data["entry_id"], data),)


def of_accounts_moved(data: Data) -> tuple[Draft, ...]:
    """Draft that her accounts are in another branch's book, with what stands on them (rules L6, P2)."""
    return (Draft(ACCOUNTS_MOVED, data["member_id"], data["transfer_id"], data),)


def of_reschedule(data: Data) -> tuple[Draft, ...]:
    """Draft that a loan has new days and amounts, and no charge more (rules L1, P2)."""
    return (Draft(LOAN_RESCHEDULED, data["member_id"], data["id"], data),)


def of_complaint_heard(data: Data) -> tuple[Draft, ...]:
    """Draft that somebody looks at what she said is wrong, and until when she is answered (rule P4)."""
    return (Draft(COMPLAINT_ACKNOWLEDGED, data["member_id"], data["complaint_id"], data),)


def of_complaint_answer(data: Data) -> tuple[Draft, ...]:
    """Draft that she is answered; the answer itself is read in the app or at the branch (rule P4)."""
    return (Draft(COMPLAINT_ANSWERED, data["member_id"], data["complaint_id"], data),)


def of_opening(data: Data) -> tuple[Draft, ...]:
    """Draft the welcome to a new account."""
    return (Draft(SAVINGS_OPENED, data["member_id"], data["account_id"], data),)


def of_login(data: Data) -> tuple[Draft, ...]:
    """Draft what happened to her login: number, PIN and deactivation are always told (P2)."""
    return (Draft(LOGIN_CHANGED, data["member_id"], str(data["version"]), data),)


def of_number_code(data: Data) -> tuple[Draft, ...]:
    """Draft the code for a new number, and, with the first one, the warning to the old number (P1, P2)."""
    subject = f"{data['id']}.{data['send']}"
    code = Draft(NUMBER_CODE, data["member_id"], subject, data, mobile=data["mobile"], secret=data["code"])
    if data["old_mobile"] is None or data["send"] > 1:
        return (code,)
    warning = Draft(NUMBER_CHANGE_ASKED, data["member_id"], data["id"], data, mobile=data["old_mobile"])
    return (code, warning)


def of_number_change(data: Data) -> tuple[Draft, ...]:
    """Draft that another number counts, to the new one and to the old (P2)."""
    return tuple(
        Draft(NUMBER_CHANGED, data["member_id"], f"{data['id']}.{which}", data, mobile=data[which])
        for which in ("mobile", "old_mobile")
        if data[which] is not None
    )


def _by_member(lines: Sequence[Data]) -> dict[str, list[Data]]:
    found: dict[str, list[Data]] = {}
    for line in lines:
        found.setdefault(line["member_id"], []).append(line)
    return found
