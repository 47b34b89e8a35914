"""What transactions promises about the ledger: accounts, days, deposits, corrections, passbooks."""

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApprovals
from contracts.calls import Event, Method
from contracts.transactions import ledger_answers as answers
from contracts.transactions import ledger_commands as commands

SERVICE = "transactions"
POSTING_TIMEOUT = 20
"""Seconds: posting takes longer than a question."""

OPEN_ACCOUNT = Method(
    service=SERVICE,
    name="open_account",
    command=commands.OpenAccount,
    answer=answers.AccountOpened,
    callers=frozenset({"accounts"}),
    changes=True,
)
OPEN_DAY = Method(
    service=SERVICE,
    name="open_day",
    command=commands.OfficeDay,
    answer=answers.Day,
    permission="day:open",
    changes=True,
)
GET_DAY = Method(
    service=SERVICE,
    name="get_day",
    command=commands.OfficeOnly,
    answer=answers.Day,
    permission="day:read",
)
CLOSE_DAY = Method(
    service=SERVICE,
    name="close_day",
    command=commands.OfficeDay,
    answer=answers.DayClosing,
    permission="day:close",
    changes=True,
)
LIST_DAYS = Method(
    service=SERVICE,
    name="list_days",
    command=commands.ListDays,
    answer=answers.DayPage,
    permission="day:read",
)
RECORD_VAULT_COUNT = Method(
    service=SERVICE,
    name="record_vault_count",
    command=commands.RecordVaultCount,
    answer=answers.VaultCount,
    permission="cash:count",
    changes=True,
)
CONFIRM_VAULT_COUNT = Method(
    service=SERVICE,
    name="confirm_vault_count",
    command=commands.ConfirmVaultCount,
    answer=answers.VaultCount,
    permission="cash:confirm",
    changes=True,
)
POST_DEPOSIT = Method(
    service=SERVICE,
    name="post_deposit",
    command=commands.PostDeposit,
    answer=answers.Deposit,
    permission="deposit:post",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
GET_RECEIPT = Method(
    service=SERVICE,
    name="get_receipt",
    command=commands.EntryOnly,
    answer=answers.Receipt,
    permission="receipt:read",
    changes=True,
)
PROPOSE_REVERSAL = Method(
    service=SERVICE,
    name="propose_reversal",
    command=commands.ProposeReversal,
    answer=answers.Proposed,
    permission="reversal:propose",
    changes=True,
)
LIST_APPROVALS = Method(
    service=SERVICE,
    name="list_approvals",
    command=ListApprovals,
    answer=PendingApprovals,
    permission="approval:read",
)
DECIDE_APPROVAL = Method(
    service=SERVICE,
    name="decide_approval",
    command=DecideApproval,
    answer=Decision,
    permission="approval:read",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
TRIAL_BALANCE = Method(
    service=SERVICE,
    name="trial_balance",
    command=commands.TrialBalanceOf,
    answer=answers.TrialBalance,
    permission="book:read",
    timeout=30,
)
LIST_ENTRIES = Method(
    service=SERVICE,
    name="list_entries",
    command=commands.ListEntries,
    answer=answers.EntryPage,
    permission="book:read",
)
READ_OWN_PASSBOOK = Method(
    service=SERVICE,
    name="read_own_passbook",
    command=commands.ReadOwnPassbook,
    answer=answers.Passbook,
    permission="passbook:own",
)
READ_PASSBOOK = Method(
    service=SERVICE,
    name="read_passbook",
    command=commands.ReadPassbook,
    answer=answers.Passbook,
    permission="passbook:read",
)
READ_OWN_LINES = Method(
    service=SERVICE,
    name="read_own_lines",
    command=commands.ReadLines,
    answer=answers.LinePage,
    permission="passbook:own",
)
READ_LINES = Method(
    service=SERVICE,
    name="read_lines",
    command=commands.ReadLines,
    answer=answers.LinePage,
    permission="passbook:read",
)

DEPOSIT_POSTED = Event(
    service=SERVICE,
    name="deposit_posted",
    data=answers.DepositPosted,
    consumers=("notifications.tell_deposit_posted",),
)
ENTRY_REVERSED = Event(
    service=SERVICE,
    name="entry_reversed",
    data=answers.EntryReversed,
    consumers=("notifications.tell_entry_reversed",),
)
DAY_CLOSED = Event(service=SERVICE, name="day_closed", data=answers.DayClosed, broadcast=True)

METHODS: tuple[Method, ...] = (
    OPEN_ACCOUNT,
    OPEN_DAY,
    GET_DAY,
    CLOSE_DAY,
    LIST_DAYS,
    RECORD_VAULT_COUNT,
    CONFIRM_VAULT_COUNT,
    POST_DEPOSIT,
    GET_RECEIPT,
    PROPOSE_REVERSAL,
    LIST_APPROVALS,
    DECIDE_APPROVAL,
    TRIAL_BALANCE,
    LIST_ENTRIES,
    READ_OWN_PASSBOOK,
    READ_PASSBOOK,
    READ_OWN_LINES,
    READ_LINES,
)
EVENTS: tuple[Event, ...] = (DEPOSIT_POSTED, ENTRY_REVERSED, DAY_CLOSED)
