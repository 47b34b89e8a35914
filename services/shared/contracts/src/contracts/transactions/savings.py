"""What transactions promises about a savings account's life, and about putting right an earlier day."""

from contracts.calls import Event, Method
from contracts.transactions import savings_answers as answers
from contracts.transactions import savings_commands as commands
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE
from contracts.transactions.ledger_answers import Proposed

PROPOSE_WITHDRAWAL = Method(
    service=SERVICE,
    name="propose_withdrawal",
    command=commands.ProposeWithdrawal,
    answer=answers.Withdrawal,
    permission="withdrawal:propose",
    changes=True,
)
PAY_WITHDRAWAL = Method(
    service=SERVICE,
    name="pay_withdrawal",
    command=commands.PayWithdrawal,
    answer=answers.WithdrawalReceipt,
    permission="withdrawal:pay",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
CANCEL_WITHDRAWAL = Method(
    service=SERVICE,
    name="cancel_withdrawal",
    command=commands.CancelWithdrawal,
    answer=answers.Withdrawal,
    permission="withdrawal:propose",
    changes=True,
)
LIST_WITHDRAWALS = Method(
    service=SERVICE,
    name="list_withdrawals",
    command=commands.ListWithdrawals,
    answer=answers.WithdrawalPage,
    permission="savings:read",
)
QUOTE_CLOSING = Method(
    service=SERVICE,
    name="quote_closing",
    command=commands.AccountOnly,
    answer=answers.ClosingTerms,
    permission="savings:read",
)
PROPOSE_CLOSING = Method(
    service=SERVICE,
    name="propose_closing",
    command=commands.ProposeClosing,
    answer=answers.ClosingProposed,
    permission="savings:close",
    changes=True,
)
READ_TERM_DUES = Method(
    service=SERVICE,
    name="read_term_dues",
    command=commands.AccountOnly,
    answer=answers.TermDues,
    permission="savings:read",
)
PROPOSE_CORRECTION = Method(
    service=SERVICE,
    name="propose_correction",
    command=commands.ProposeCorrection,
    answer=Proposed,
    permission="correction:propose",
    changes=True,
)

WITHDRAWAL_REQUESTED = Event(
    service=SERVICE,
    name="withdrawal_requested",
    data=answers.WithdrawalTold,
    consumers=("notifications.tell_withdrawal_requested",),
)
WITHDRAWAL_APPROVED = Event(
    service=SERVICE,
    name="withdrawal_approved",
    data=answers.WithdrawalTold,
    consumers=("notifications.tell_withdrawal_approved",),
)
WITHDRAWAL_PAID = Event(
    service=SERVICE,
    name="withdrawal_paid",
    data=answers.WithdrawalPaid,
    consumers=("notifications.tell_withdrawal_paid",),
)
ACCOUNT_CLOSED = Event(
    service=SERVICE,
    name="account_closed",
    data=answers.AccountClosed,
    consumers=("notifications.tell_account_closed",),
)
ACCOUNT_STATE_CHANGED = Event(
    service=SERVICE,
    name="account_state_changed",
    data=answers.AccountStateChanged,
    consumers=("accounts.record_account_state",),
)
CORRECTION_POSTED = Event(
    service=SERVICE,
    name="correction_posted",
    data=answers.CorrectionPosted,
    consumers=("notifications.tell_correction_posted",),
)
MEMBER_DORMANT = Event(
    service=SERVICE,
    name="member_dormant",
    data=answers.MemberDormant,
    consumers=("accounts.mark_dormant",),
)
MEMBER_WOKE = Event(
    service=SERVICE,
    name="member_woke",
    data=answers.MemberWoke,
    consumers=("accounts.mark_woken",),
)

METHODS: tuple[Method, ...] = (
    PROPOSE_WITHDRAWAL,
    PAY_WITHDRAWAL,
    CANCEL_WITHDRAWAL,
    LIST_WITHDRAWALS,
    QUOTE_CLOSING,
    PROPOSE_CLOSING,
    READ_TERM_DUES,
    PROPOSE_CORRECTION,
)
EVENTS: tuple[Event, ...] = (
    WITHDRAWAL_REQUESTED,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_PAID,
    ACCOUNT_CLOSED,
    ACCOUNT_STATE_CHANGED,
    CORRECTION_POSTED,
    MEMBER_DORMANT,
    MEMBER_WOKE,
)
