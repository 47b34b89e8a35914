"""What transactions promises about loans: paid out once, re-dated, repaid, read (B1, B4, L1)."""

from contracts.calls import Event, Method
from contracts.transactions import lending_answers as answers
from contracts.transactions import lending_commands as commands
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE

_ACCOUNTS = frozenset({"accounts"})

PAY_OUT_LOAN = Method(
    service=SERVICE,
    name="pay_out_loan",
    command=commands.PayOutLoan,
    answer=answers.LoanPaidOutAnswer,
    callers=_ACCOUNTS,
    timeout=POSTING_TIMEOUT,
    changes=True,
)
REPLACE_SCHEDULE = Method(
    service=SERVICE,
    name="replace_schedule",
    command=commands.ReplaceSchedule,
    answer=answers.ScheduleReplaced,
    callers=_ACCOUNTS,
    changes=True,
)
LOAN_STANDINGS = Method(
    service=SERVICE,
    name="loan_standings",
    command=commands.LoansAsked,
    answer=answers.LoanStandings,
    callers=_ACCOUNTS,
)

POST_REPAYMENT = Method(
    service=SERVICE,
    name="post_repayment",
    command=commands.PostRepayment,
    answer=answers.Repayment,
    permission="repayment:post",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
READ_LOAN = Method(
    service=SERVICE,
    name="read_loan",
    command=commands.ReadLoan,
    answer=answers.LoanCard,
    permission="loan:read",
)
LIST_LOANS = Method(
    service=SERVICE,
    name="list_loans",
    command=commands.ListLoans,
    answer=answers.LoanPage,
    permission="loan:read",
)
READ_OWN_LOAN = Method(
    service=SERVICE,
    name="read_own_loan",
    command=commands.ReadLoan,
    answer=answers.LoanCard,
    permission="passbook:own",
)

LOAN_PAID_OUT = Event(
    service=SERVICE,
    name="loan_paid_out",
    data=answers.LoanPaidOut,
    consumers=("notifications.tell_loan_paid_out",),
)
LOAN_CLOSED = Event(
    service=SERVICE,
    name="loan_closed",
    data=answers.LoanClosed,
    consumers=("accounts.record_loan_closed", "notifications.tell_loan_closed"),
)

LOAN_REPAID = Event(
    service=SERVICE,
    name="loan_repaid",
    data=answers.LoanRepaid,
    consumers=("notifications.tell_loan_repaid",),
)

METHODS: tuple[Method, ...] = (
    PAY_OUT_LOAN,
    REPLACE_SCHEDULE,
    LOAN_STANDINGS,
    POST_REPAYMENT,
    READ_LOAN,
    LIST_LOANS,
    READ_OWN_LOAN,
)
EVENTS: tuple[Event, ...] = (LOAN_PAID_OUT, LOAN_CLOSED, LOAN_REPAID)
